package link

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// LinkLister lists one vendor's links in the words that all vendors share.
type LinkLister struct {
	Name, Title, Setup string // as in About
	// Links reads them all, of a vendor that is configured.
	Links func(ctx context.Context, runtime *ProviderData, states []string) ([]LinkSummary, diag.Diagnostics)
}

// LinkSummary is a link in those words; null where the vendor does not say.
type LinkSummary struct {
	ID, URL, State, Amount, Currency, CreatedAt tftypes.Value
}

// newLinkLister returns a vendor's overview.
func newLinkLister[M, L any, PM driver.ModelPointer[M]](d *vendorDefinition[M, L]) *LinkLister {
	return &LinkLister{
		Name: d.info.Name, Title: d.info.Title, Setup: d.info.ConfigurationHint,
		Links: func(ctx context.Context, runtime *ProviderData, states []string) (out []LinkSummary, diags diag.Diagnostics) {
			a := configured[M, L, PM]{vendorDefinition: d}
			if diags := a.configure(runtime); diags.HasError() {
				return nil, diags
			}
			diags = a.forEachMatch(ctx, map[string]tftypes.Value{statesFilter: textSet(states)}, func(value tftypes.Value) {
				out = append(out, d.summary(value))
			})
			return out, diags
		},
	}
}

func (d *vendorDefinition[M, L]) summary(value tftypes.Value) LinkSummary {
	return LinkSummary{
		ID: textAt(value, "id"), URL: textAt(value, "url"), State: textAt(value, stateAttribute),
		Amount: textAt(value, d.info.Amount), Currency: textAt(value, d.info.Currency), CreatedAt: textAt(value, "created_at"),
	}
}

// textAt is the text at a dotted path; null where there is none.
func textAt(v tftypes.Value, path string) tftypes.Value {
	for name := range strings.SplitSeq(path, ".") {
		v = diff.Attributes(v)[name]
	}
	if v.Type() == nil || v.IsNull() {
		return tftypes.NewValue(tftypes.String, nil)
	}
	return v
}

func textSet(texts []string) tftypes.Value {
	out := []tftypes.Value{}
	for _, text := range texts {
		out = append(out, tftypes.NewValue(tftypes.String, text))
	}
	return tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, out)
}
