package gigs

import (
	"context"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Validate refuses two payers. None at all is right for a link that exists (Demand).
func (vendor) Validate(_ context.Context, m *model) (diags diag.Diagnostics) {
	user, writeOnly := m.user("user"), m.user("user_wo")
	if !user.IsNull() && !user.IsUnknown() && !writeOnly.IsNull() && !writeOnly.IsUnknown() {
		diags.AddAttributeError(path.Root("ebanx").AtName("user_wo"), "Two payers for one link",
			"Both `user` and `user_wo` are written. Keep one: `user` (in state) or `user_wo` (write-only).")
	}
	return diags
}

// filled refuses text of nothing but blanks. The text itself is not repeated: it is payer data.
type filled struct{}

func (filled) Description(context.Context) string { return "value must not be empty" }

func (v filled) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (filled) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !req.ConfigValue.IsNull() && !req.ConfigValue.IsUnknown() && strings.TrimSpace(req.ConfigValue.ValueString()) == "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Empty value", req.Path.String()+": the value must not be empty.")
	}
}

// elevenDigits accepts a CPF, with or without its punctuation. Its check digits are the vendor's to judge (row 3).
type elevenDigits struct{}

func (elevenDigits) Description(context.Context) string {
	return "value must have 11 digits once . and - are removed"
}

func (v elevenDigits) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v elevenDigits) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	bare := digits(req.ConfigValue.ValueString())
	if len(bare) != 11 || strings.Trim(bare, "0123456789") != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Not a CPF", req.Path.String()+": the "+v.Description(ctx)+", as NNN.NNN.NNN-NN has.")
	}
}

// segment accepts what can be one part of an address, and of an import id.
type segment struct{}

func (segment) Description(context.Context) string {
	return "value must be the id of a project: not empty, without slashes and blanks"
}

func (v segment) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v segment) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	text := req.ConfigValue.ValueString()
	odd := func(c rune) bool { return c == '/' || c == '\\' || unicode.IsSpace(c) || unicode.IsControl(c) }
	if text == "" || text == "." || text == ".." || strings.ContainsFunc(text, odd) {
		resp.Diagnostics.AddAttributeError(req.Path, "Not a project", req.Path.String()+": the "+v.Description(ctx)+".")
	}
}
