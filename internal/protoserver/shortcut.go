package protoserver

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver/attributes"
)

// resource is one that can be called without the framework, whose own share of a refresh and of a plan is two thirds of their time. Its
// methods for the framework do the same; TestReadEqualsTheFramework and the comparisons of package conformance hold the answers to the
// framework's, byte for byte.
type resource interface {
	TypeName() string
	LinkSchema() schema.Schema
	StateType() tftypes.Type
	IdentityData(key *driver.Key) (*tfprotov6.ResourceIdentityData, error)
	EvaluateRead(ctx context.Context, providerData any, state tftypes.Value, private []byte) link.ReadResult
	CanPlan(providerData any) bool
	EvaluatePlan(ctx context.Context, providerData any, config, state, plan tftypes.Value, private []byte, diags diag.Diagnostics) link.Planned
	EvaluateCreate(ctx context.Context, providerData any, config, plan tftypes.Value) link.Created
	EvaluateDelete(ctx context.Context, providerData any, state tftypes.Value, private []byte) diag.Diagnostics
	EvaluateConfig(ctx context.Context, providerData any, config tftypes.Value) diag.Diagnostics
}

// shortcut is a resource with its schema.
type shortcut struct {
	resource
	schema *attributes.Schema // nil if only the framework knows what it says
	form   jsonForm           // of a stored state
}
