package protocoltest

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// question is what a plan is made from, and the names of what a sandbox chose in it.
func (s *Server) question(req *tfprotov6.PlanResourceChangeRequest) (string, names) {
	n := names{}
	var out strings.Builder
	out.WriteString(n.of(s.comparison.settings, true))
	for _, req := range append(slices.Clone(s.comparison.creates), req) {
		out.WriteString("\n" + req.TypeName + "\n")
		for _, v := range []*tfprotov6.DynamicValue{req.Config, req.PriorState, req.ProposedNewState} {
			out.WriteString(n.of(s.contentText(req.TypeName, v), true) + "\n")
		}
		out.WriteString(n.of(lines(privateText(req.PriorPrivate), identityText(req.PriorIdentity)), false))
	}
	return out.String(), n
}

// answer is all that a plan says, with a question's names.
func (s *Server) answer(name string, resp *tfprotov6.PlanResourceChangeResponse, n names) string {
	if resp == nil {
		return ""
	}
	return n.of(lines(s.contentText(name, resp.PlannedState), privateText(resp.PlannedPrivate), identityText(resp.PlannedIdentity), consequences(resp)), false)
}

func digest(texts ...string) [sha256.Size]byte { return sha256.Sum256([]byte(lines(texts...))) }

func lines(texts ...string) string { return strings.Join(texts, "\n") }

// contentText is the same for equal values: as they are encoded, a map has any order.
func (s *Server) contentText(name string, v *tfprotov6.DynamicValue) string {
	if s.schema.withMaps[name] {
		return fmt.Sprintf("%#v", plain(s.static(name, v)))
	}
	return dynamicText(v)
}

func hasMap(t tftypes.Type) bool {
	switch t := t.(type) {
	case tftypes.Map:
		return true
	case tftypes.Object:
		for _, nested := range t.AttributeTypes {
			if hasMap(nested) {
				return true
			}
		}
	case tftypes.List:
		return hasMap(t.ElementType)
	}
	return false
}

func settingsText(config Object) string {
	if config["journal"] != nil {
		config = tfconfig.Changed(config, Object{"journal": "a file of its own"})
	}
	return fmt.Sprint(config)
}

// privateText is private state without its encoding.
func privateText(encoded []byte) string {
	var private map[string][]byte
	if len(encoded) > 0 && json.Unmarshal(encoded, &private) != nil {
		return string(encoded)
	}
	var out []string
	for _, key := range slices.Sorted(maps.Keys(private)) {
		out = append(out, key, string(private[key]))
	}
	return lines(out...)
}

func identityText(identity *tfprotov6.ResourceIdentityData) string {
	if identity == nil {
		return "none"
	}
	return dynamicText(identity.IdentityData)
}

// Fresh begins the values with which tests tell links apart that are otherwise equal.
const Fresh = "fresh-"

// names are given to those, and to what a sandbox chooses: its address, moments, ids and secrets. Equal ones have equal names.
type names map[string]string

// of is a text with names for what is known, for addresses and moments, and (all) for every id. An id that only private state has could be
// a checksum, which is not chosen.
func (n names) of(text string, all bool) string {
	var out strings.Builder
	for len(text) > 0 {
		end := strings.IndexFunc(text, func(r rune) bool { return !isOfWord(r) })
		if end < 0 {
			end = len(text)
		}
		if end > 0 {
			out.WriteString(n.word(text[:end], all))
		}
		next := strings.IndexFunc(text[end:], isOfWord)
		if next < 0 {
			next = len(text) - end
		}
		out.WriteString(text[end : end+next])
		text = text[end+next:]
	}
	return out.String()
}

func isOfWord(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == ':' || r == '.'
}

func (n names) word(word string, all bool) string {
	if name, ok := n[word]; ok {
		return name
	}
	isHex := len(word) >= 24 && strings.Trim(word, "0123456789abcdefABCDEF-") == ""
	isTime := len(word) >= len("2006-01-02T15:04:05Z") && word[4] == '-' && word[10] == 'T' && word[13] == ':'
	if !strings.HasPrefix(word, "127.0.0.1:") && !strings.HasPrefix(word, Fresh) && !isTime && (!isHex || !all) {
		return word
	}
	n[word] = "#" + strconv.Itoa(len(n))
	return n[word]
}
