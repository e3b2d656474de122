package link

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// What follows serves the protocol wrapper, which answers some calls without the framework.

// TypeName returns the resource's type, "paymentlinks_<vendor>_link".
func (r *Resource[M, L, PM]) TypeName() string { return "paymentlinks_" + r.info.Name + "_link" }

// StateType returns the type of the resource's state.
func (r *Resource[M, L, PM]) StateType() tftypes.Type { return r.stateType }

// IdentityData returns a link's identity as the protocol carries it.
func (r *Resource[M, L, PM]) IdentityData(key driver.Key) (*tfprotov6.ResourceIdentityData, error) {
	types, values := map[string]tftypes.Type{"id": tftypes.String}, map[string]tftypes.Value{"id": tftypes.NewValue(tftypes.String, key.ID)}
	if scope := r.info.Scope; scope != "" {
		types[scope], values[scope] = tftypes.String, tftypes.NewValue(tftypes.String, key.Scope)
	}
	identity := tftypes.Object{AttributeTypes: types}
	data, err := tfprotov6.NewDynamicValue(identity, tftypes.NewValue(identity, values))
	return &tfprotov6.ResourceIdentityData{IdentityData: &data}, err
}
