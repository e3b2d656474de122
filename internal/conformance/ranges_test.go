package conformance_test

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// absurdNumbers and absurdDurations are what no number and no duration of a configuration may be.
var (
	absurdNumbers   = []string{"1e30", "-1e30", "1e100000000", "1e-100000000"}
	absurdDurations = []string{"", "0", "0s", "-5m", "1ns", "1000000h", "9223372036854775807ns", "99999999999999999999h", "soon", "5", "5 minutes", "1e3s"}
)

// Every number and every duration that a configuration can hold has a range: what is outside is an error at its attribute, before anything
// is asked of a vendor.
func TestNumbersAndDurationsHaveARange(t *testing.T) {
	t.Parallel()
	schemas := acctest.Schemas(t)
	server := acctest.NewServer(t, nil, object{})
	checked := map[string]bool{}
	check := func(name string, block *tfprotov6.SchemaBlock, validate func(object) protocoltest.Diagnostics) {
		for _, a := range numericAttributes("", block.Attributes) {
			checked[name+"."+a.path] = true
			for _, value := range a.absurd() {
				if diags := validate(nest(strings.Split(a.path, "."), value)); len(diags.ForAttribute(a.path).Errors()) == 0 {
					t.Errorf("%s: %s takes %v: %s", name, a.path, value, diags)
				}
			}
		}
	}
	check("provider", schemas.Provider.Block, func(config object) protocoltest.Diagnostics {
		return acctest.NewServer(t, nil, config).ConfigureDiagnostics
	})
	for name, schema := range schemas.ResourceSchemas {
		check(name, schema.Block, func(config object) protocoltest.Diagnostics { return server.Validate(name, config) })
	}
	for name, schema := range schemas.DataSourceSchemas {
		check("data."+name, schema.Block, func(config object) protocoltest.Diagnostics { return server.ValidateDataSource(name, config) })
	}
	for name, schema := range schemas.ListResourceSchemas {
		check("list."+name, schema.Block, func(config object) protocoltest.Diagnostics { return server.ValidateList(name, config) })
	}
	if len(checked) < 20 { // three time-outs of each vendor, its limit, and the provider's own
		t.Errorf("only %v", checked)
	}
}

// numericAttribute is a number or a duration that can be written.
type numericAttribute struct {
	path     string // of its place in the first element of a list
	duration bool
}

func (a numericAttribute) absurd() (out []any) {
	if a.duration {
		for _, text := range absurdDurations {
			out = append(out, text)
		}
		return out
	}
	for _, text := range absurdNumbers {
		n, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
		if err != nil {
			panic(err)
		}
		out = append(out, tftypes.NewValue(tftypes.Number, n))
	}
	return out
}

// numericAttributes are the arguments that hold a number, or whose description calls them a duration as text.
func numericAttributes(prefix string, attributes []*tfprotov6.SchemaAttribute) (out []numericAttribute) {
	for _, a := range attributes {
		path := strings.TrimPrefix(prefix+"."+a.Name, ".")
		switch {
		case !a.Optional && !a.Required:
		case a.NestedType != nil && a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle:
			out = append(out, numericAttributes(path, a.NestedType.Attributes)...)
		case a.NestedType != nil:
			out = append(out, numericAttributes(path+".0", a.NestedType.Attributes)...)
		case a.Type.Is(tftypes.Number):
			out = append(out, numericAttribute{path: path})
		case a.Type.Is(tftypes.String) && strings.Contains(strings.ToLower(a.Description), "duration"):
			out = append(out, numericAttribute{path: path, duration: true})
		}
	}
	return out
}

// nest is a configuration with one value at a path.
func nest(path []string, value any) object {
	for _, name := range slices.Backward(path[1:]) {
		if name == "0" {
			value = list{value}
		} else {
			value = object{name: value}
		}
	}
	return object{path[0]: value}
}
