package protoserver

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
)

// What follows converts between the protocol and a resource, in the framework's way.

// privateOf returns what private state holds under the link's key; nil for an empty one. It is false for one that holds something else.
func privateOf(encoded []byte) ([]byte, bool) {
	if len(encoded) == 0 {
		return nil, true
	}
	var private map[string][]byte
	if json.Unmarshal(encoded, &private) != nil || len(private) != 1 || private[link.PrivateStateKey] == nil {
		return nil, false
	}
	return private[link.PrivateStateKey], true
}

// requiresReplace converts paths in the framework's way: sorted, each once.
func requiresReplace(paths path.Paths) []*tftypes.AttributePath {
	sorted := slices.Clone(paths)
	slices.SortFunc(sorted, func(a, b path.Path) int { return cmp.Compare(a.String(), b.String()) })
	var out []*tftypes.AttributePath
	for _, at := range slices.CompactFunc(sorted, path.Path.Equal) {
		out = append(out, attributePath(at))
	}
	return out
}

// diagnostics converts diagnostics in the framework's way.
func diagnostics(diags diag.Diagnostics) []*tfprotov6.Diagnostic {
	var out []*tfprotov6.Diagnostic
	for _, d := range diags {
		converted := &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityError, Summary: d.Summary(), Detail: d.Detail()}
		if d.Severity() == diag.SeverityWarning {
			converted.Severity = tfprotov6.DiagnosticSeverityWarning
		}
		if at, ok := d.(diag.DiagnosticWithPath); ok {
			converted.Attribute = attributePath(at.Path())
		}
		out = append(out, converted)
	}
	return out
}

// cannotEncode returns the error for what a resource has returned and the protocol cannot carry.
func cannotEncode(what string, err error) diag.Diagnostics {
	return diag.Diagnostics{diag.NewErrorDiagnostic("Cannot encode the payment link",
		what+" cannot be encoded: "+err.Error()+". This is a bug in the provider: please report it to the provider developers.")}
}

// attributePath converts a path up to its first step into a set, as the framework does.
func attributePath(at path.Path) *tftypes.AttributePath {
	out := tftypes.NewAttributePath()
	for _, step := range at.Steps() {
		switch step := step.(type) {
		case path.PathStepAttributeName:
			out = out.WithAttributeName(string(step))
		case path.PathStepElementKeyInt:
			out = out.WithElementKeyInt(int(step))
		case path.PathStepElementKeyString:
			out = out.WithElementKeyString(string(step))
		default:
			return out
		}
	}
	return out
}
