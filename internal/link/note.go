package link

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// privateState is what private state remembers of a link. It survives plan, refresh and import.
type privateState struct {
	Account *Account  `json:"account,omitempty"`
	Created time.Time `json:"created,omitzero"` // by our clock; zero for an imported link
	// Imported: the first refresh has still to fill the state.
	Imported bool `json:"imported,omitempty"`
	// NotFoundReported: the last refresh was told that the link does not exist any more, and has said so.
	NotFoundReported bool `json:"gone,omitempty"`
	// HiddenAtImport lists the attributes that the answer hid when the link was imported.
	HiddenAtImport []string `json:"hidden,omitempty"`
	// VendorForms remembers, as a hash, where the vendor wrote a value in another form than the configuration does.
	VendorForms map[string]string `json:"echo,omitempty"`
}

const privateStateKey = "link"

type privateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

type privateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

func readPrivateState(ctx context.Context, private privateReader) (privateState, diag.Diagnostics) {
	data, diags := private.GetKey(ctx, privateStateKey)
	if diags.HasError() {
		return privateState{}, diags
	}
	return decodePrivateState(data)
}

func decodePrivateState(data []byte) (n privateState, diags diag.Diagnostics) {
	if data == nil {
		return n, nil
	}
	if err := json.Unmarshal(data, &n); err != nil {
		diags.AddError("Cannot read what the state remembers of the payment link",
			"The private part of the state is damaged: "+err.Error()+". Restore the state from a backup, or let the link go with `terraform state rm` and import it again.")
	}
	return n, diags
}

func (n privateState) write(ctx context.Context, private privateWriter) diag.Diagnostics {
	data, err := json.Marshal(n)
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Cannot remember the payment link",
			"The private part of its state cannot be written: "+err.Error()+". This is a bug of the provider: please report it to its developers.")}
	}
	return private.SetKey(ctx, privateStateKey, data)
}
