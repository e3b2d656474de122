package protoserver

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// reader is a resource that can be read without the framework, whose own share of a refresh is two thirds of its time. Its method
// Read is the same evaluation behind the framework; TestReadEqualsTheFramework compares both answers byte for byte.
type reader interface {
	TypeName() string
	StateType() tftypes.Type
	EvaluateRead(ctx context.Context, providerData any, state tftypes.Value, private []byte) link.ReadResult
	IdentityData(key driver.Key) (*tfprotov6.ResourceIdentityData, error)
}

// readLink reads a link. It returns nil for reads that it leaves to the framework: before the provider is configured, and where
// private state holds keys of the framework's own, as at the first read of an import.
func readLink(ctx context.Context, resource reader, providerData any, req *tfprotov6.ReadResourceRequest) *tfprotov6.ReadResourceResponse {
	if providerData == nil || req.CurrentState == nil {
		return nil
	}
	var private map[string][]byte
	if json.Unmarshal(req.Private, &private) != nil || len(private) != 1 || private[link.PrivateStateKey] == nil {
		return nil
	}
	state, err := req.CurrentState.Unmarshal(resource.StateType())
	if err != nil || state.IsNull() || !state.IsFullyKnown() {
		return nil
	}
	result := resource.EvaluateRead(ctx, providerData, state, private[link.PrivateStateKey])
	resp, err := readResponse(req, resource, result)
	if err != nil {
		return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private, NewIdentity: req.CurrentIdentity,
			Diagnostics: []*tfprotov6.Diagnostic{{Severity: tfprotov6.DiagnosticSeverityError, Summary: "Cannot encode the payment link",
				Detail: "The result of the read cannot be encoded: " + err.Error() + ". This is a bug in the provider: please report it to the provider developers."}}}
	}
	return resp
}

// readResponse encodes the result of a read. A response without a new identity keeps the one that the request had.
func readResponse(req *tfprotov6.ReadResourceRequest, resource reader, result link.ReadResult) (*tfprotov6.ReadResourceResponse, error) {
	resp := &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private, NewIdentity: req.CurrentIdentity, Diagnostics: diagnostics(result.Diagnostics)}
	var err error
	if result.Outcome != link.ReadFailed && resp.NewIdentity == nil {
		if resp.NewIdentity, err = resource.IdentityData(result.Key); err != nil {
			return nil, err
		}
	}
	if result.Outcome == link.ReadUnchanged || result.Outcome == link.ReadFailed {
		return resp, nil
	}
	state, err := tfprotov6.NewDynamicValue(resource.StateType(), result.State)
	if err != nil {
		return nil, err
	}
	resp.NewState = &state
	resp.Private, err = json.Marshal(map[string][]byte{link.PrivateStateKey: result.Private})
	return resp, err
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
