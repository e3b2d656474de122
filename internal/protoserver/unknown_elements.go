package protoserver

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// dropErrorsBelowUnknown removes the diagnostics of attributes below an unknown value. The framework (1.19) reports the required
// attributes of an unknown list element (`items = [var.item]` at `terraform validate`) as missing.
func dropErrorsBelowUnknown(diags []*tfprotov6.Diagnostic, config tftypes.Value) []*tfprotov6.Diagnostic {
	return slices.DeleteFunc(diags, func(d *tfprotov6.Diagnostic) bool {
		return d.Attribute != nil && isBelowUnknown(config, d.Attribute.Steps())
	})
}

// isBelowUnknown reports whether the path leads through an unknown value.
func isBelowUnknown(v tftypes.Value, steps []tftypes.AttributePathStep) bool {
	for i := 1; i < len(steps); i++ {
		above, _, err := tftypes.WalkAttributePath(v, tftypes.NewAttributePathWithSteps(steps[:i]))
		if at, ok := above.(tftypes.Value); err == nil && ok && !at.IsKnown() {
			return true
		}
	}
	return false
}
