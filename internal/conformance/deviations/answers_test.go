package deviations_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// answers are a vendor's answers about one link of a shape, by the name of the call.
type answers map[string][]byte

// shape is one kind of link, with the answers about it.
type shape struct {
	config descriptor.Object
	answers
	ids []string // of the links that they are about
	own []string // the attributes in which equal links differ
}

// shapes are the vendor's kinds of links, those with the longest answers first: what the first has, the others need not show again.
func shapes(t *testing.T, d descriptor.Descriptor) []shape {
	t.Helper()
	var out []shape
	for _, name := range slices.Sorted(maps.Keys(d.Shapes)) {
		config := d.Shapes[name]
		if d.Activation != nil {
			config = tfconfig.With(config, "activate", nil) // the answer to a create is the last one
		}
		out = append(out, observe(t, d, config))
	}
	slices.SortStableFunc(out, func(a, b shape) int {
		return len(b.answers[d.Operations.Create]) - len(a.answers[d.Operations.Create])
	})
	return out
}

// observe has each of the vendor's calls made once, and keeps what it answers.
func observe(t *testing.T, d descriptor.Descriptor, config descriptor.Object) shape {
	t.Helper()
	f := newFixture(t, d)
	var mu sync.Mutex
	out := answers{}
	f.Sandbox.StartChaos(fault.Chaos{After: func(e fault.Event) {
		mu.Lock()
		defer mu.Unlock()
		out[e.Op] = e.Reply
	}})
	first := f.Create(config)
	if d.Activation != nil {
		f.ApplyConfig(first, tfconfig.With(config, "activate", true))
	}
	f.Refresh(first)
	second := f.make(f.second(config))
	if d.List != nil {
		f.ReadDataSource(d.LinksType(), nil)
	}
	third := f.make(f.third(config))
	f.Destroy(third)
	own := slices.DeleteFunc(differing(first, second), func(path string) bool { return path == d.Unique })
	mu.Lock()
	defer mu.Unlock()
	return shape{config, maps.Clone(out), []string{first.Text("id"), second.Text("id"), third.Text("id")}, own}
}

// place is one value of an answer.
type place struct {
	pointer string // RFC 6901
	name    string // the key of the value, or of the list that holds it
	value   any
	// element is the index of the link in a list that the value is of, or -1.
	element int
	// isElement: the value is one of a list's, or of a map's.
	isElement bool
	// holdsID: the value is the link's id, or holds it: without it an answer says nothing about the link.
	holdsID bool
}

// id reports whether the place is the id itself.
func (p place) id() bool {
	switch p.value.(type) {
	case string, json.Number:
		return p.holdsID
	}
	return false
}

// path is the pointer without indexes: what every element of a list has in common.
func (p place) path() string { return index.ReplaceAllString(p.pointer, "/*") }

var index = regexp.MustCompile(`/[0-9]+`)

// places are all values of an answer about a link, the whole of it first.
func places(body []byte, ids, mapNames []string) []place {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var document any
	if decoder.Decode(&document) != nil {
		return nil // no body, or none that says anything
	}
	var out []place
	walk(place{value: document, element: -1}, ids, mapNames, &out)
	return out
}

func walk(at place, ids, mapNames []string, out *[]place) {
	raw, _ := json.Marshal(at.value)
	at.holdsID = slices.ContainsFunc(ids, func(id string) bool {
		return regexp.MustCompile(`(^|[:,\[])("` + regexp.QuoteMeta(id) + `"|` + regexp.QuoteMeta(id) + `)([,}\]]|$)`).Match(raw)
	})
	*out = append(*out, at)
	switch value := at.value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			step := strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
			walk(place{pointer: at.pointer + "/" + step, name: key, value: value[key], element: at.element, isElement: slices.Contains(mapNames, at.name)}, ids, mapNames, out)
		}
	case []any:
		for i, element := range value {
			inside := at.element
			if at.holdsID {
				inside = i // the list of links
			}
			walk(place{pointer: at.pointer + "/" + strconv.Itoa(i), name: at.name, value: element, element: inside, isElement: true}, ids, mapNames, out)
		}
	}
}

// kindOf is the kind of a JSON value.
func kindOf(value any) string { return fmt.Sprintf("%T", value) }

// title names the place in a test's name.
func (p place) title() string {
	if p.pointer == "" {
		return "body"
	}
	return strings.ReplaceAll(strings.TrimPrefix(p.pointer, "/"), "/", ".")
}
