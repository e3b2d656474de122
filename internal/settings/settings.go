// Package settings is a vendor's object in the provider's configuration: its attributes, what no vendor could use in them, and the two
// settings that every vendor has (settings.go), the environment variables that stand in for them (values.go), and the errors for what is
// missing and what is there twice (credentials.go).
//
// It decides when a vendor counts as configured; what a vendor does with its settings is the vendor's.
package settings

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// Setting is one attribute of a vendor's object: text, true and false, or a number.
type Setting struct {
	Name        string
	Env         string // the environment variable that stands in for it; empty for none
	Description string // Markdown
	Bool        bool   // a boolean attribute, without Validators; its variable holds "true" or "false"
	Number      bool   // a whole number from 1 to 60,000, without Validators and without a variable
	Sensitive   bool
	// Credential is a setting whose variable alone configures the vendor, without the object.
	Credential bool
	Validators []validator.String // run over the variable's value too
	// EmptyIsValue is a setting whose written "" says something. Elsewhere it is not set, and the variable counts.
	EmptyIsValue bool
}

// Object is a vendor's object in the provider's configuration.
type Object struct {
	Name        string // of the attribute
	Description string // Markdown
	Settings    []Setting
	// Authorization is how tokens come about that a person has to allow; nil where credentials are given out as they are.
	Authorization *Authorization
}

// Attribute returns the object as part of the provider's schema.
func (o Object) Attribute() schema.SingleNestedAttribute {
	nested := map[string]schema.Attribute{}
	for _, s := range o.allSettings() {
		nested[s.Name] = s.attribute()
	}
	return schema.SingleNestedAttribute{MarkdownDescription: o.Description, Optional: true, Attributes: nested}
}

// allSettings are the vendor's own and those that every vendor has without declaring them.
func (o Object) allSettings() []Setting { return append(slices.Clone(o.Settings), requestsPerMinute) }

func (s Setting) attribute() schema.Attribute {
	description := s.Description
	if s.Env != "" {
		description += " Falls back to the environment variable `" + s.Env + "`."
	}
	switch {
	case s.Bool:
		return schema.BoolAttribute{MarkdownDescription: description, Optional: true, Sensitive: s.Sensitive}
	case s.Number:
		return schema.NumberAttribute{
			MarkdownDescription: description, Optional: true, Sensitive: s.Sensitive,
			Validators: []validator.Number{tfvalue.IntegerBetween(1, maxRequestsPerMinute, "Invalid number of requests", "must be a whole number from 1 to 60000")},
		}
	}
	return schema.StringAttribute{MarkdownDescription: description, Optional: true, Sensitive: s.Sensitive, Validators: s.allValidators()}
}

// allValidators are the setting's own and the one of every text: whatever it is, it ends in a header, a body or a path.
func (s Setting) allValidators() []validator.String {
	if s.Bool || s.Number {
		return nil
	}
	return append([]validator.String{noControl{"value must not contain line breaks or other control characters"}}, s.Validators...)
}

// maxRequestsPerMinute is more than any vendor allows, or any machine sends.
const maxRequestsPerMinute = 60_000

// requestsPerMinute is a setting that every vendor has: the provider itself obeys it.
var requestsPerMinute = Setting{
	Name: "requests_per_minute", Number: true,
	Description: "Maximum requests per minute, from 1 to 60,000, shared by everything that this provider configuration does at the vendor, " +
		"including retries and token requests. Up to a third may be sent as a burst; the rest are spaced evenly. Waiting counts towards `timeouts`, not towards `retry_budget`. Default: no limit.",
}

// URL returns the setting of the base URL of an API. What URLs are allowed is added to the description.
func URL(name, env, description string) Setting {
	return Setting{
		Name: name, Env: env, Description: description + " `http://` is allowed only for localhost.",
		Validators: []validator.String{tfvalue.StringRule{
			Rule: "must be an https URL; http is allowed only for localhost", Summary: "Invalid URL",
			Problem: func(text string) string {
				if err := rest.ValidateBaseURL(text); err != nil {
					return err.Error() + "."
				}
				return ""
			},
		}},
	}
}

// HeaderSecret returns the setting of a credential that is sent in a header.
func HeaderSecret(name, env, description string, validators ...validator.String) Setting {
	return Setting{Name: name, Env: env, Description: description, Sensitive: true, Credential: true, Validators: append([]validator.String{NoWhitespace()}, validators...)}
}

// Account returns the setting that every vendor declares: the user's own name for the account. env is its environment variable.
func Account(env string) Setting {
	return Setting{
		Name: "account",
		Env:  env,
		Description: "Your own name for the account behind the credentials. It is stored with each link. If a link is not found under a different account, " +
			"the provider reports an error instead of treating the link as deleted.",
	}
}

// NoWhitespace returns a validator for the values of HTTP headers. It refuses blanks, which were most often copied along; line
// breaks are refused in every setting.
func NoWhitespace() validator.String { return noWhitespace{"value must not contain spaces"} }

type noWhitespace struct{ tfvalue.Describer }

func (noWhitespace) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if strings.ContainsFunc(req.ConfigValue.ValueString(), func(r rune) bool { return unicode.IsSpace(r) && !unicode.IsControl(r) }) {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid header value", req.Path.String()+" contains a space. Check how it was copied.")
	}
}

// noControl refuses control characters. Without it a line break that was copied along shows as a request that cannot be sent, or
// as credentials that the vendor does not know.
type noControl struct{ tfvalue.Describer }

func (noControl) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if HasControl(req.ConfigValue.ValueString()) {
		resp.Diagnostics.AddAttributeError(req.Path, "Control character in a setting", req.Path.String()+" contains a line break or another control character. Check how it was copied.")
	}
}

// HasControl reports whether a text contains a line break or another control character.
func HasControl(text string) bool { return strings.ContainsFunc(text, unicode.IsControl) }
