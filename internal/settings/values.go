package settings

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Values is what one vendor is configured with, by the configuration and the environment. The configuration wins.
type Values struct {
	object Object
	texts  map[string]string // by the setting's name; what is not set is not there
	// InConfiguration reports whether the object is written, so that what is wrong with it is wrong whether or not it is used.
	InConfiguration bool
}

// Read takes the object from the configuration and fills it from the environment. configured is false when the vendor
// is neither declared nor given a credential. A written "" is not set. A value that is not known yet is an error on its attribute.
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
	for _, s := range o.allSettings() {
		value, ok := written[s.Name]
		switch {
		case ok && value.IsUnknown():
			diags.AddAttributeError(root.AtName(s.Name), "Value not known yet", unknownValue(s.Name))
		case ok && !value.IsNull() && (textOf(value) != "" || s.EmptyIsValue):
			values.texts[s.Name] = textOf(value)
		case s.Env != "" && os.Getenv(s.Env) != "":
			values.texts[s.Name] = os.Getenv(s.Env)
			configured = configured || s.Credential
			diags.Append(s.validateText(ctx, root.AtName(s.Name), values.texts[s.Name])...)
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
	return "`" + name + "` depends on something that does not exist yet, but the provider is configured before anything is planned. " +
		"Use a variable or the environment, or apply the other resource first with -target."
}

// validateText runs the attribute's validators over a value from the environment.
func (s Setting) validateText(ctx context.Context, at path.Path, text string) (diags diag.Diagnostics) {
	if s.Bool && text != "true" && text != "false" {
		diags.AddAttributeError(at, "Invalid boolean", "From the environment variable "+s.Env+": must be true or false.")
	}
	for _, v := range s.allValidators() {
		var resp validator.StringResponse
		v.ValidateString(ctx, validator.StringRequest{Path: at, PathExpression: at.Expression(), ConfigValue: types.StringValue(text)}, &resp)
		for _, d := range resp.Diagnostics {
			diags.AddAttributeError(at, d.Summary(), "From the environment variable "+s.Env+": "+d.Detail())
		}
	}
	return diags
}

// Text returns a setting's value; empty when it is not set.
func (v Values) Text(name string) string { return v.texts[name] }

// Lookup is [Values.Text], and whether the setting is set at all.
func (v Values) Lookup(name string) (string, bool) {
	text, ok := v.texts[name]
	return text, ok
}

// Bool returns a boolean setting's value, or byDefault when it is not set.
func (v Values) Bool(name string, byDefault bool) bool {
	if text := v.texts[name]; text != "" {
		return text == "true"
	}
	return byDefault
}

// RequestsPerMinute returns the limit that the user has set for the vendor; 0 for none.
func (v Values) RequestsPerMinute() int {
	n, err := strconv.Atoi(v.texts[requestsPerMinute.Name])
	if err != nil { // not set, or beyond what any machine could send
		return 0
	}
	return n
}

// Path returns where a setting is written in the provider's configuration.
func (v Values) Path(name string) path.Path { return path.Root(v.object.Name).AtName(name) }

// env is the environment variable of a setting; empty for none.
func (v Values) env(name string) string {
	for _, s := range v.object.Settings {
		if s.Name == name {
			return s.Env
		}
	}
	return ""
}

// MissingError returns the error for settings of which one is needed, at the first of them. why is its first sentence.
func (v Values) MissingError(why string, names ...string) diag.Diagnostic {
	var ways []string
	for _, name := range names {
		way := "`" + name + "`"
		if env := v.env(name); env != "" {
			way += " (or " + env + ")"
		}
		ways = append(ways, way)
	}
	return diag.NewAttributeErrorDiagnostic(v.Path(names[0]), "Incomplete provider configuration",
		fmt.Sprintf("%s Set %s in the provider's `%s` object.", why, strings.Join(ways, " or "), v.object.Name))
}
