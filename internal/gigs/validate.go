package gigs

import (
	"context"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// Validate refuses two payers. None at all is right for a link that exists (ValidateCreate).
func (vendor) Validate(_ context.Context, m *model) (diags diag.Diagnostics) {
	object := tfvalue.Read(m.Ebanx)
	if object.Object("user").IsKnown() && object.Object("user_wo").IsKnown() {
		diags.AddAttributeError(path.Root("ebanx").AtName("user_wo"), "Conflicting payers",
			"Set only one of `user` (stored in state) and `user_wo` (write-only).")
	}
	return diags
}

// notBlank refuses text of nothing but blanks. The text itself is not repeated: it is payer data.
func notBlank() validator.String {
	return tfvalue.StringRule{
		Rule: "must not be empty", Summary: "Empty value",
		IsValid: func(text string) bool { return strings.TrimSpace(text) != "" },
	}
}

// taxNumberPattern is a CPF, of 11 digits, or a CNPJ, of 14 signs of which letters may stand among the first 12.
var taxNumberPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([0-9]{11}|[0-9A-Z]{12}[0-9]{2})$`) })

// taxNumberForm warns of what is neither a CPF nor a CNPJ, with or without its punctuation. Check digits are the vendor's to judge
// (contract 8.3).
func taxNumberForm() validator.String {
	return tfvalue.StringRule{
		Rule: "should contain exactly 11 digits (CPF) or 14 digits (CNPJ)", Summary: "Tax number may be invalid", Advice: ", optionally formatted as NNN.NNN.NNN-NN", Warns: true,
		IsValid: func(text string) bool {
			return strings.TrimSpace(text) == "" || taxNumberPattern().MatchString(digits(text))
		},
	}
}

// pathSegment accepts what can be one part of an address, and of an import id.
func pathSegment() validator.String {
	return tfvalue.StringRule{
		Rule: "must be a project ID: not empty, no slashes, no spaces", Summary: "Invalid project",
		IsValid: func(text string) bool {
			isOdd := func(c rune) bool { return c == '/' || c == '\\' || unicode.IsSpace(c) || unicode.IsControl(c) }
			return text != "" && text != "." && text != ".." && !strings.ContainsFunc(text, isOdd)
		},
	}
}

// absoluteURI warns of what is no absolute URI: an app's own scheme is as good as https (contract 8.4).
func absoluteURI() validator.String {
	return tfvalue.StringRule{
		Rule: "should be an absolute URL", Summary: "URL may be invalid", Advice: ", such as https://example.com/thanks or myapp://thanks", Warns: true,
		IsValid: func(text string) bool {
			u, err := url.Parse(text)
			return err == nil && u.IsAbs() && (u.Scheme != "http" && u.Scheme != "https" || u.Hostname() != "")
		},
	}
}
