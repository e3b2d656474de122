package protoserver

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// readState reads a state of the current version; nil for another one, and for one that cannot be read. One in the form in which an engine
// writes it is returned as it is.
func readState(resource shortcut, req *tfprotov6.UpgradeResourceStateRequest) *tfprotov6.UpgradeResourceStateResponse {
	if req.RawState == nil || req.Version != resource.LinkSchema().Version {
		return nil
	}
	if matches(resource.form, req.RawState.JSON) {
		return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &tfprotov6.DynamicValue{JSON: req.RawState.JSON}}
	}
	state, err := req.RawState.UnmarshalWithOpts(resource.StateType(), tfprotov6.UnmarshalOpts{ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true}})
	if err != nil {
		return nil
	}
	encoded, err := tfprotov6.NewDynamicValue(resource.StateType(), state)
	if err != nil {
		return nil
	}
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &encoded}
}
