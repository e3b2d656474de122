package link

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Overview lists one vendor's links in the words that all vendors share.
type Overview struct {
	Name, Title, Setup string // as in About
	// Links reads them all, of a vendor that is configured.
	Links func(ctx context.Context, runtime *Runtime, states []string) ([]Summary, diag.Diagnostics)
}

// Summary is a link in those words; null where the vendor does not say.
type Summary struct {
	ID, URL, State, Amount, Currency, CreatedAt tftypes.Value
}

// NewOverview returns a vendor's overview.
func NewOverview[M, L any, PM Linked[M]](vendor Vendor[M, L]) Overview {
	d := define(vendor)
	return Overview{
		Name: d.about.Name, Title: d.about.Title, Setup: d.about.Setup,
		Links: func(ctx context.Context, runtime *Runtime, states []string) (out []Summary, diags diag.Diagnostics) {
			a := access[M, L, PM]{definition: d}
			if diags := a.connect(runtime); diags.HasError() {
				return nil, diags
			}
			diags = a.each(ctx, map[string]tftypes.Value{statesFilter: textSet(states)}, func(value tftypes.Value) {
				out = append(out, d.summary(value))
			})
			return out, diags
		},
	}
}

func (d *definition[M, L]) summary(value tftypes.Value) Summary {
	return Summary{
		ID: textAt(value, "id"), URL: textAt(value, "url"), State: textAt(value, stateAttribute),
		Amount: textAt(value, d.about.Amount), Currency: textAt(value, d.about.Currency), CreatedAt: textAt(value, "created_at"),
	}
}

// textAt is the text at a dotted path; null where there is none.
func textAt(v tftypes.Value, path string) tftypes.Value {
	for name := range strings.SplitSeq(path, ".") {
		v = attributesOf(v)[name]
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
