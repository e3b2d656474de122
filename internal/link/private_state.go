package link

import (
	"encoding/json"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// PrivateStateKey is the key under which a resource's private state holds what the provider remembers of a link.
const PrivateStateKey = "link"

// privateState is what the provider remembers of a link beside its state. It survives plan, refresh and import. The JSON names
// are those of released states.
type privateState struct {
	Account *driver.Account `json:"account,omitempty"` // that made the link; nil before the first read of an import
	Created time.Time       `json:"created,omitzero"`  // by the machine's clock; zero for an imported link
	// Imported is set until the first read of an import has filled the state.
	Imported bool `json:"imported,omitempty"`
	// NotFoundReported is set when the last refresh found that the link is gone, and warned of it.
	NotFoundReported bool `json:"gone,omitempty"`
	// MissingAtImport lists the arguments that the answer left out when the link was imported.
	MissingAtImport []string `json:"hidden,omitempty"`
	// Written lists the arguments that the configuration set at the create (diff.Written); nil for an imported link.
	Written []string `json:"written,omitempty"`
	// VendorForms holds, by value path, a hash of a value and the other form in which the vendor answers it.
	VendorForms map[string]string `json:"echo,omitempty"`
}

// orAssumed returns what is to be assumed of a link in state that has no private state. An engine drops it when the provider is killed
// within a change of the link. What an import could not read is then unknown, and counts as not read: a replacement could make a second link.
func (p privateState) orAssumed(schema diff.Schema, state tftypes.Value) privateState {
	if p.Account == nil && p.Created.IsZero() && !p.Imported && p.MissingAtImport == nil {
		p.MissingAtImport = schema.MissingArguments(state)
	}
	return p
}

// decodePrivateState reads what private state holds under PrivateStateKey; nil is a state without any.
func decodePrivateState(data []byte) (out privateState, diags diag.Diagnostics) {
	if data == nil {
		return out, nil
	}
	if err := json.Unmarshal(data, &out); err != nil {
		diags.AddError("Cannot read the payment link's private state",
			"The private state is corrupt: "+err.Error()+". Restore the state from a backup, or remove the link with `terraform state rm` and import it again.")
	}
	return out, diags
}

// encode returns what private state holds under PrivateStateKey.
func (p privateState) encode() (data []byte, diags diag.Diagnostics) {
	data, err := json.Marshal(p)
	if err != nil {
		diags.AddError("Cannot write the payment link's private state",
			"The private state cannot be encoded: "+err.Error()+". This is a bug in the provider: please report it to the provider developers.")
	}
	return data, diags
}
