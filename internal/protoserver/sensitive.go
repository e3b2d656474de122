package protoserver

import (
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
)

// minDigits is how many digits a text has from which it is also hidden without its punctuation: numbers of people and their phones are
// written in several ways.
const minDigits = 6

// resourceSchema returns what finds the schema of a resource.
func resourceSchema(name string) func(*tfprotov6.GetProviderSchemaResponse) *tfprotov6.Schema {
	return func(all *tfprotov6.GetProviderSchemaResponse) *tfprotov6.Schema { return all.ResourceSchemas[name] }
}

// sensitiveTexts returns the texts of an object's sensitive attributes, also of those below others.
func sensitiveTexts(attributes []*tfprotov6.SchemaAttribute, object tftypes.Value) (out []string) {
	values := diff.Attributes(object)
	for _, a := range attributes {
		v := values[a.Name]
		switch {
		case a.NestedType != nil && a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle:
			out = append(out, sensitiveTexts(a.NestedType.Attributes, v)...)
		case a.NestedType != nil:
			for _, element := range diff.Elements(v) {
				out = append(out, sensitiveTexts(a.NestedType.Attributes, element)...)
			}
		case a.Sensitive:
			for _, text := range diff.Strings(v) {
				out = append(out, text, withoutPunctuation(text))
			}
		}
	}
	return out
}

// withoutPunctuation returns the letters and digits of a text with enough digits; "" for another.
func withoutPunctuation(text string) string {
	digits := 0
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsDigit(r):
			digits++
		case !unicode.IsLetter(r):
			return -1
		}
		return r
	}, text)
	if digits < minDigits {
		return ""
	}
	return plain
}
