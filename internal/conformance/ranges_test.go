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
	absurdNumbers   = []string{"1e30", "-1e30", "1e400", "1e-400"}
	absurdDurations = []string{"", "0", "0s", "-5m", "1ns", "1000000h", "9223372036854775807ns", "99999999999999999999h", "soon", "5", "5 minutes", "1e3s"}
)

// Every number and every duration that a configuration can hold has a range: what is outside is an error at its attribute, before anything
// is asked of a vendor.
func TestNumbersAndDurationsHaveARange(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		checked := 0
		check := func(name string, block *tfprotov6.SchemaBlock, validate func(object) protocoltest.Diagnostics) {
			if name != "provider" && !strings.HasPrefix(name, "paymentlinks_"+f.d.Name+"_") {
				return
			}
			for _, a := range numericAttributes("", block.Attributes) {
				checked++
				for _, value := range a.absurd() {
					if diags := validate(nest(strings.Split(a.path, "."), value)); len(diags.ForAttribute(a.path).Errors()) == 0 {
						f.Errorf("%s: %s takes %v: %s", name, a.path, value, diags)
					}
				}
			}
		}
		schemas := f.Server.Schema()
		check("provider", schemas.Provider.Block, func(config object) protocoltest.Diagnostics {
			return acctest.NewServer(f.T, f.Clock, config).ConfigureDiagnostics
		})
		for name, schema := range schemas.ResourceSchemas {
			check(name, schema.Block, func(config object) protocoltest.Diagnostics { return f.Server.Validate(name, config) })
		}
		for name, schema := range schemas.DataSourceSchemas {
			check(name, schema.Block, func(config object) protocoltest.Diagnostics { return f.Server.ValidateDataSource(name, config) })
		}
		for name, schema := range schemas.ListResourceSchemas {
			check(name, schema.Block, func(config object) protocoltest.Diagnostics { return f.Server.ValidateList(name, config) })
		}
		if checked < 9 { // three time-outs, the limits of all vendors, and the provider's two durations
			f.Errorf("%d numbers and durations", checked)
		}
		f.requireNoRequests()
	})
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
