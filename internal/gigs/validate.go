package gigs

import (
	"context"
	"net/url"
	"strings"
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
		diags.AddAttributeError(path.Root("ebanx").AtName("user_wo"), "Two payers for one link",
			"Both `user` and `user_wo` are written. Keep one: `user` (in state) or `user_wo` (write-only).")
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

// cpfForm accepts a CPF, with or without its punctuation. Its check digits are the vendor's to judge (contract 8.3).
func cpfForm() validator.String {
	return tfvalue.StringRule{
		Rule: "must have 11 digits once . and - are removed", Summary: "Not a CPF", Advice: ", as NNN.NNN.NNN-NN has",
		IsValid: func(text string) bool {
			bare := digits(text)
			return len(bare) == 11 && strings.Trim(bare, "0123456789") == ""
		},
	}
}

// pathSegment accepts what can be one part of an address, and of an import id.
func pathSegment() validator.String {
	return tfvalue.StringRule{
		Rule: "must be the id of a project: not empty, without slashes and blanks", Summary: "Not a project",
		IsValid: func(text string) bool {
			isOdd := func(c rune) bool { return c == '/' || c == '\\' || unicode.IsSpace(c) || unicode.IsControl(c) }
			return text != "" && text != "." && text != ".." && !strings.ContainsFunc(text, isOdd)
		},
	}
}

// httpURL accepts an absolute http or https URL (contract 8.4).
func httpURL() validator.String {
	return tfvalue.StringRule{
		Rule: "must be an absolute address that begins with http:// or https://", Summary: "Not a web address", Advice: ", as in https://example.com/thanks",
		IsValid: func(text string) bool {
			u, err := url.Parse(text)
			return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
		},
	}
}
