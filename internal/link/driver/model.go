package driver

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Model holds the attributes that every link has; a vendor's model embeds it. A vendor's mapping sets ID and URL, package link sets
// the others.
type Model struct {
	ID          types.String   `tfsdk:"id"`
	URL         types.String   `tfsdk:"url"`
	State       types.String   `tfsdk:"state"`
	ReplaceWhen types.Set      `tfsdk:"replace_when"`
	OnDestroy   types.String   `tfsdk:"on_destroy"`
	Timeouts    timeouts.Value `tfsdk:"timeouts"`
}

// Common returns the common attributes of the model that embeds m.
func (m *Model) Common() *Model { return m }

// ReplacesOn reports whether `replace_when` names s. An unknown or null `replace_when` names nothing.
func (m *Model) ReplacesOn(s State) bool {
	for _, element := range m.ReplaceWhen.Elements() {
		if text, ok := element.(types.String); ok && text.ValueString() == string(s) {
			return true
		}
	}
	return false
}

// ModelPointer is a pointer to a vendor's model.
type ModelPointer[M any] interface {
	*M
	Common() *Model
}
