package protoserver_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// An unknown element of a list is no missing attribute; a known one that lacks a required attribute is, and so is what else is wrong.
func TestErrorsBelowUnknownElementsAreDropped(t *testing.T) {
	t.Parallel()
	v := newVendor(t)
	server := v.serve(protoserver.New(provider.New("test", v.clock, v.registration())), link.RefreshGet, tfconfig.Object{})
	line := tfconfig.Object{"name": "Chair", "price": tfconfig.Object{"value": "10"}}
	for name, tc := range map[string]struct {
		lines tfconfig.List
		title any
		at    string // the one error
	}{
		"an unknown element":        {tfconfig.List{tfconfig.Unknown}, "Order", ""},
		"beside a known one":        {tfconfig.List{line, tfconfig.Unknown}, "Order", ""},
		"an unknown nested object":  {tfconfig.List{tfconfig.Object{"name": "Chair", "price": tfconfig.Unknown}}, "Order", ""},
		"a missing attribute":       {tfconfig.List{line, tfconfig.Object{"name": "Table"}}, "Order", "lines.1.price"},
		"and another error beside":  {tfconfig.List{tfconfig.Unknown}, "forbidden", "title"},
		"a missing attribute above": {tfconfig.List{tfconfig.Unknown}, nil, "title"},
	} {
		diags := server.Validate(linkType, tfconfig.Object{"title": tc.title, "lines": tc.lines})
		if tc.at == "" && len(diags) > 0 || tc.at != "" && (len(diags) != 1 || diags[0].Attribute != tc.at) {
			t.Errorf("%s: %s", name, diags)
		}
	}
}
