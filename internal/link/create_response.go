package link

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
)

// createResponse is the framework's, where anything may remember a link.
type createResponse struct {
	State       tfsdk.State
	Identity    *tfsdk.ResourceIdentity
	Private     privateStore
	Diagnostics diag.Diagnostics
}
