// Package settings is a vendor's object in the provider's configuration: its attributes, the environment variables
// that stand in for them, and the errors for what is missing.
package settings

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Setting is one attribute of a vendor's object: text, true and false, or a number.
type Setting struct {
	Name        string
	Env         string // the variable that stands in for it; empty for none
	Description string
	Bool        bool // a boolean attribute, without Validators; its variable holds "true" or "false"
	Number      bool // a whole number above zero, without Validators and without a variable
	Sensitive   bool
	// Credential: its variable alone configures the vendor, without the object.
	Credential bool
	Validators []validator.String
}

// Object is a vendor's object in the provider's configuration.
type Object struct {
	Name        string // "qonto"
	Description string
	Settings    []Setting
}

// Attribute is the object as part of the provider's schema.
func (o Object) Attribute() schema.SingleNestedAttribute {
	nested := map[string]schema.Attribute{}
	for _, s := range o.all() {
		nested[s.Name] = s.attribute()
	}
	return schema.SingleNestedAttribute{MarkdownDescription: o.Description, Optional: true, Attributes: nested}
}

// all are the vendor's own settings and those that every vendor has without a word.
func (o Object) all() []Setting { return append(slices.Clone(o.Settings), requestsPerMinute) }

// attribute is a setting as part of the provider's schema.
func (s Setting) attribute() schema.Attribute {
	description := s.Description
	if s.Env != "" {
		description += " Falls back to the environment variable `" + s.Env + "`."
	}
	switch {
	case s.Bool:
		return schema.BoolAttribute{MarkdownDescription: description, Optional: true, Sensitive: s.Sensitive}
	case s.Number:
		return schema.NumberAttribute{MarkdownDescription: description, Optional: true, Sensitive: s.Sensitive, Validators: []validator.Number{whole{}}}
	}
	return schema.StringAttribute{MarkdownDescription: description, Optional: true, Sensitive: s.Sensitive, Validators: s.Validators}
}

// Values is what one vendor is configured with.
type Values struct {
	object Object
	texts  map[string]string
	// InConfiguration: the object is written, so that what is wrong with it is wrong whether or not it is used.
	InConfiguration bool
}

// Read takes the object from the configuration and fills it from the environment. configured is false when the vendor
// is neither declared nor given a credential. A value that is not known yet is an error on its attribute.
func (o Object) Read(ctx context.Context, config tfsdk.Config) (values Values, configured bool, diags diag.Diagnostics) {
	values = Values{object: o, texts: map[string]string{}}
	root := path.Root(o.Name)
	var object types.Object
	diags.Append(config.GetAttribute(ctx, root, &object)...)
	if diags.HasError() {
		return values, false, diags
	}
	if object.IsUnknown() {
		diags.AddAttributeError(root, "Value not known yet", unknownValue(o.Name))
		return values, false, diags
	}
	values.InConfiguration = !object.IsNull()
	configured = values.InConfiguration
	written := object.Attributes()
	for _, s := range o.all() {
		value, ok := written[s.Name]
		switch {
		case ok && value.IsUnknown():
			diags.AddAttributeError(root.AtName(s.Name), "Value not known yet", unknownValue(s.Name))
		case ok && !value.IsNull():
			values.texts[s.Name] = textOf(value)
		case s.Env != "" && os.Getenv(s.Env) != "":
			values.texts[s.Name] = os.Getenv(s.Env)
			configured = configured || s.Credential
			diags.Append(s.check(ctx, root.AtName(s.Name), values.texts[s.Name])...)
		}
	}
	return values, configured, diags
}

// textOf is a written value as its variable would hold it.
func textOf(value attr.Value) string {
	switch value := value.(type) {
	case types.String:
		return value.ValueString()
	case types.Bool:
		return strconv.FormatBool(value.ValueBool())
	case types.Number:
		return value.ValueBigFloat().Text('f', 0)
	}
	return ""
}

// unknownValue explains why a setting must be known while planning.
func unknownValue(name string) string {
	return "`" + name + "` comes from something that does not exist yet, and the provider is configured before anything is planned. " +
		"Use a variable or the environment, or apply the other resource first with -target."
}

// check runs the attribute's validators over a value from the environment.
func (s Setting) check(ctx context.Context, at path.Path, text string) (diags diag.Diagnostics) {
	if s.Bool && text != "true" && text != "false" {
		diags.AddAttributeError(at, "Not true or false", "From the environment variable "+s.Env+": write true or false.")
	}
	for _, v := range s.Validators {
		var resp validator.StringResponse
		v.ValidateString(ctx, validator.StringRequest{Path: at, PathExpression: at.Expression(), ConfigValue: types.StringValue(text)}, &resp)
		for _, d := range resp.Diagnostics {
			diags.AddAttributeError(at, d.Summary(), "From the environment variable "+s.Env+": "+d.Detail())
		}
	}
	return diags
}

// Text is a setting's value; empty when it is not set.
func (v Values) Text(name string) string { return v.texts[name] }

// Bool is a boolean setting's value, or byDefault when it is not set.
func (v Values) Bool(name string, byDefault bool) bool {
	if text := v.texts[name]; text != "" {
		return text == "true"
	}
	return byDefault
}

// RequestsPerMinute is the limit that the user has set for the vendor; 0 for none.
func (v Values) RequestsPerMinute() int {
	n, err := strconv.Atoi(v.texts[requestsPerMinute.Name])
	if err != nil { // not set, or beyond what any machine could send
		return 0
	}
	return n
}

// Lookup is Text, and whether the setting is set at all.
func (v Values) Lookup(name string) (string, bool) {
	text, ok := v.texts[name]
	return text, ok
}

// Path is where a setting is written.
func (v Values) Path(name string) path.Path { return path.Root(v.object.Name).AtName(name) }

// MissingError is the error for settings of which one is needed.
func (v Values) MissingError(why string, names ...string) diag.Diagnostic {
	var ways []string
	for _, name := range names {
		way := "`" + name + "`"
		for _, s := range v.object.Settings {
			if s.Name == name && s.Env != "" {
				way += " (or " + s.Env + ")"
			}
		}
		ways = append(ways, way)
	}
	return diag.NewAttributeErrorDiagnostic(v.Path(names[0]), "Incomplete provider configuration",
		fmt.Sprintf("%s Set %s in the provider's `%s` object.", why, strings.Join(ways, " or "), v.object.Name))
}

// requestsPerMinute is a setting that every vendor has: the provider itself obeys it.
var requestsPerMinute = Setting{
	Name: "requests_per_minute", Number: true,
	Description: "How many requests the provider may send within any minute, at most: one limit for everything that this provider configuration does at the vendor, " +
		"repeats and tokens included. A third of them may go at once, the others are spaced evenly; waiting counts towards `timeouts`, not towards `retry_budget`. Default: no limit.",
}

// Account is the setting that every vendor has: the user's own name for the account.
func Account(env string) Setting {
	return Setting{
		Name: "account",
		Env:  env,
		Description: "A name of your own for the account behind the credentials. Every link remembers it, so that a link which another account's credentials cannot find " +
			"is an error, and one that is gone from this account is known to be gone.",
	}
}
