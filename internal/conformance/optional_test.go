package conformance_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// optionalHead explains the columns of internal/<vendor>/testdata/optional_arguments.txt.
const optionalHead = `What a plan says of each optional argument of a %s link, as the schema has them.

  removed    the link was made with it, and the configuration no longer has it
  set back   the same after that was applied: the configuration has it again
  ""         the link was made with it, and the configuration empties it
  unknown    the link was made with it, and its value is not known while planning
  the same   that plan applied, when the value turned out to be the same
  added      the link was made without it, and the configuration sets it

  "named": a warning names the argument; "needed": no link can be made without it; "not alone": none with it and nothing
  else that is optional; "error": the plan says that a new link cannot be made so; "refused": the vendor takes no link without it.

`

// optionalSamples are values of arguments that no shape sets: the first that makes a link is taken.
var optionalSamples = []any{
	"text", "FR", "COL", "1990-02-03", "payer@example.com", "individual", "https://shop.example/done", "5m", "abandon", "corporate", "EUR",
	true, 1, list{"paid"}, object{"read": "5m"}, object{"identity_id": "text"},
}

// TestOptionalArguments compares what every plan says of every optional argument of every vendor, at every depth, with a file of the
// vendor's. PAYMENTLINKS_WRITE=1 writes the file: read the difference before it is committed.
func TestOptionalArguments(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		var out strings.Builder
		fmt.Fprintf(&out, optionalHead, f.d.Title)
		row := func(cells ...string) {
			fmt.Fprintln(&out, strings.TrimRight(fmt.Sprintf("%-48s %-22s %-10s %-22s %-12s %-10s %s", toAny(cells)...), " "))
		}
		row("argument", "removed", "set back", `""`, "unknown", "the same", "added")
		tried := &optionalArguments{fixture: f}
		for _, path := range f.Server.Arguments(f.d.ResourceType()) {
			if a := f.Server.AttributeAt(f.d.ResourceType(), path); a.Optional && !a.WriteOnly && !strings.HasSuffix(path, ".0") {
				row(append([]string{path}, tried.cells(path)...)...)
			}
		}
		name := filepath.Join(root, "internal", f.d.Name, "testdata", "optional_arguments.txt")
		if os.Getenv("PAYMENTLINKS_WRITE") != "" {
			if err := os.WriteFile(name, []byte(out.String()), 0o600); err != nil {
				f.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil || string(want) != out.String() {
			f.Errorf("internal/%s/testdata/optional_arguments.txt is not what plans say now (%v). `PAYMENTLINKS_WRITE=1 go test ./internal/conformance -run TestOptionalArguments` writes it:\n%s", f.d.Name, err, out.String())
		}
	})
}

func toAny(texts []string) []any {
	out := make([]any, len(texts))
	for i, text := range texts {
		out[i] = text
	}
	return out
}

// optionalArguments tries the arguments of one vendor.
type optionalArguments struct {
	*fixture
	n int
}

// cells are the columns of one argument.
func (o *optionalArguments) cells(path string) []string {
	with, state, ok := o.made(path)
	if !ok {
		return []string{"not alone", "", "", "", "", ""}
	}
	kind, out := o.d.ResourceType(), []string{"", "", "", "", "fails", "needed"}
	if _, text := tfconfig.Lookup(with, path).(string); text {
		empty := tfconfig.With(with, path, "")
		if out[2] = "invalid"; !o.Server.Validate(kind, empty).HasError() {
			out[2] = said(o.Server.Plan(kind, state, empty))
		}
	}
	unknown := o.Server.Plan(kind, state, tfconfig.With(with, path, tfconfig.Unknown))
	out[3] = said(unknown)
	if after, diags := o.Server.ApplyKnown(unknown, with); !diags.HasError() && after.Text("id") == state.Text("id") {
		out[4] = "nothing"
	}
	removed := o.Server.Plan(kind, state, tfconfig.With(with, path, nil))
	out[0] = said(removed)
	if !removed.HasError() {
		out[1] = "refused"
		var diags protocoltest.Diagnostics
		if state, diags = o.Server.Apply(removed); !diags.HasError() {
			out[1] = said(o.Server.Plan(kind, state, with))
		}
	}
	if removed.Action == protocoltest.Replace && !removed.HasError() { // that link was made without it
		out[5] = out[1]
	} else {
		without := o.fresh(tfconfig.With(with, path, nil))
		if state, ok := o.create(without); ok {
			out[5] = said(o.Server.Plan(kind, state, o.as(with, without)))
		}
	}
	return out
}

// made makes a link with an argument: of the first shape that sets it, else with the first sample that makes a link of any shape.
func (o *optionalArguments) made(path string) (object, protocoltest.State, bool) {
	shapes := slices.Sorted(maps.Keys(o.d.Shapes))
	for _, name := range shapes {
		config := o.fresh(o.d.Shapes[name])
		if o.d.Activation != nil && path != "activate" { // such a link can be ended
			config = tfconfig.With(config, "activate", nil)
		}
		if tfconfig.Lookup(config, path) != nil {
			if state, ok := o.create(config); ok {
				return config, state, true
			}
		}
	}
	for _, name := range shapes {
		base := o.d.Shapes[name]
		if o.d.Activation != nil {
			base = tfconfig.With(base, "activate", nil)
		}
		if root := tfconfig.RootAttribute(path); base[root] == nil && root != path {
			base = tfconfig.With(base, root, object{})
		}
		if !hasParent(base, path) {
			continue
		}
		for _, sample := range optionalSamples {
			if !fits(o.Server.AttributeAt(o.d.ResourceType(), path), sample) {
				continue
			}
			config := o.fresh(tfconfig.With(base, path, sample))
			if state, ok := o.create(config); ok {
				return config, state, true
			}
		}
		if state, ok := o.create(o.fresh(base)); ok && state.Get(path) != nil { // what the vendor takes for none
			config := o.fresh(tfconfig.With(base, path, state.Get(path)))
			if state, ok := o.create(config); ok {
				return config, state, true
			}
		}
	}
	return nil, protocoltest.State{}, false
}

func (o *optionalArguments) create(config object) (protocoltest.State, bool) {
	if o.Server.Validate(o.d.ResourceType(), config).HasError() {
		return protocoltest.State{}, false
	}
	state, _, diags := o.Server.ApplyConfig(protocoltest.State{}, o.d.ResourceType(), config)
	return state, !diags.HasError() && state.Exists()
}

// fresh is a configuration of a link that shares nothing with another.
func (o *optionalArguments) fresh(config object) object {
	if o.d.Unique == "" || config[o.d.Unique] == nil {
		return config
	}
	o.n++
	return tfconfig.With(config, o.d.Unique, protocoltest.Fresh+strconv.Itoa(o.n))
}

// as is a configuration of the same link as another.
func (o *optionalArguments) as(config, other object) object {
	if o.d.Unique == "" || config[o.d.Unique] == nil {
		return config
	}
	return tfconfig.With(config, o.d.Unique, other[o.d.Unique])
}

// hasParent reports whether a configuration has the object that an argument belongs to.
func hasParent(config object, path string) bool {
	i := strings.LastIndex(path, ".")
	if i < 0 {
		return true
	}
	_, ok := tfconfig.Lookup(config, path[:i]).(object)
	return ok
}

// fits reports whether a value is of the type of an argument.
func fits(a *tfprotov6.SchemaAttribute, value any) bool {
	t := a.Type
	switch value := value.(type) {
	case string:
		return t != nil && t.Is(tftypes.String)
	case bool:
		return t != nil && t.Is(tftypes.Bool)
	case int:
		return t != nil && t.Is(tftypes.Number)
	case list:
		return t != nil && t.Is(tftypes.Set{})
	case object:
		for name := range value {
			if a.NestedType == nil || !slices.ContainsFunc(a.NestedType.Attributes, func(nested *tfprotov6.SchemaAttribute) bool { return nested.Name == name }) {
				return false
			}
		}
		return true
	}
	return false
}

// said is what a plan says, in a word or two.
func said(plan protocoltest.Plan) string {
	words := map[protocoltest.Action]string{protocoltest.Nothing: "nothing", protocoltest.Update: "in place", protocoltest.Replace: "replaces"}
	out := words[plan.Action]
	if plan.HasError() {
		return "error"
	}
	for _, warning := range plan.Warnings() {
		if strings.HasPrefix(warning.Summary, "Removed arguments") || strings.Contains(warning.Summary, "not known yet") {
			out += ", named"
		}
	}
	return out
}

// Of a payer's data the plan of a new link shows what the configuration sets, and no "(sensitive value)" for what it leaves out. A flag
// has the vendor's default.
func TestPayerDataLeftOutIsPlannedAsNull(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		planned := f.Server.Plan(f.d.ResourceType(), protocoltest.State{}, f.d.Config)
		for _, path := range f.Server.Arguments(f.d.ResourceType()) {
			a := f.Server.AttributeAt(f.d.ResourceType(), path)
			if a.Sensitive && a.Optional && a.Type != nil && a.Type.Is(tftypes.String) && planned.Planned(path) == tfconfig.Unknown {
				f.Errorf("%s is unknown", path)
			}
		}
	})
}
