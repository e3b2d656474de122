package link

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Model is what every link has; a vendor's model embeds it. A vendor's mapping sets ID and URL, the rest is set here.
type Model struct {
	ID          types.String   `tfsdk:"id"`
	URL         types.String   `tfsdk:"url"`
	State       types.String   `tfsdk:"state"`
	ReplaceWhen types.Set      `tfsdk:"replace_when"`
	OnDestroy   types.String   `tfsdk:"on_destroy"`
	Timeouts    timeouts.Value `tfsdk:"timeouts"`
}

func (m *Model) Common() *Model { return m }

// ReplacesOn reports whether the policy names s. An unknown or null policy names nothing.
func (m *Model) ReplacesOn(s State) bool {
	for _, element := range m.ReplaceWhen.Elements() {
		if text, ok := element.(types.String); ok && text.ValueString() == string(s) {
			return true
		}
	}
	return false
}

// Text is an answer's text: absent and "" are both null (style: a server's "" becomes null).
func Text(answer string) types.String {
	if answer == "" {
		return types.StringNull()
	}
	return types.StringValue(answer)
}
