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

// reader is a resource that reads a link without the framework, whose own share of a refresh is two thirds of its time. Its
// Read and this one are the same evaluation; a test holds both answers to each other byte for byte.
type reader interface {
	TypeName() string
	StateType() tftypes.Type
	EvaluateRead(ctx context.Context, providerData any, state tftypes.Value, private []byte) link.ReadResult
	IdentityData(key driver.Key) (*tfprotov6.ResourceIdentityData, error)
}

// readLink returns nil for what it leaves to the framework: other resources, and states whose private part holds marks of the
// framework's own (the first read of an import).
func (s server) readLink(ctx context.Context, req *tfprotov6.ReadResourceRequest) *tfprotov6.ReadResourceResponse {
	resource := s.readers[req.TypeName]
	if resource == nil || s.provider.ProviderData() == nil || req.CurrentState == nil {
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
	result := resource.EvaluateRead(ctx, s.provider.ProviderData(), state, private[link.PrivateStateKey])
	resp, err := readResponse(req, resource, result)
	if err != nil {
		return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private, NewIdentity: req.CurrentIdentity,
			Diagnostics: []*tfprotov6.Diagnostic{{Severity: tfprotov6.DiagnosticSeverityError, Summary: "Cannot encode the payment link",
				Detail: "The result of the read cannot be encoded: " + err.Error() + ". This is a bug of the provider: please report it to its developers."}}}
	}
	return resp
}

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

// diagnostics converts diagnostics as the framework does.
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

// attributePath converts the steps that diagnostics of a read use: names and indexes.
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
		default: // an element of a set: the framework, too, ends at what it cannot convert
			return out
		}
	}
	return out
}
