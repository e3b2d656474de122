package drivertest

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// Sample is a link as the vendor publishes it.
type Sample struct {
	// File is that of testdata, and ID the link's in it.
	File, ID string
	// Attributes are all that the resource has, as the sample says them. The `replace_when` of a link that has ended is without its state:
	// an import replaces nothing.
	Attributes Object
	// Configs describe the link: their plans are empty.
	Configs []Object
	// Switches are those of the sandbox, as JSON.
	Switches string
}

// Testdata returns a file of the package's testdata. It panics where there is none.
func Testdata(name string) string {
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		panic(err)
	}
	return string(data)
}

// A published sample maps without loss: every attribute is what it says, however it is imported, and none is forgotten here.
func testSamples(t *testing.T, h Harness) {
	if len(h.Samples) == 0 {
		t.Error("no published samples")
	}
	for _, sample := range h.Samples {
		t.Run(sample.File+sample.Switches, func(t *testing.T) {
			t.Parallel()
			f := h.Start(t)
			f.Switch(sample.Switches)
			if err := f.API().Seed([]byte(Testdata(sample.File))); err != nil {
				t.Fatal(err)
			}
			for name, imported := range f.imports(sample.ID) {
				state, diags := imported()
				if len(diags) > 0 {
					t.Fatalf("by %s: %s", name, diags)
				}
				f.RequireCalls(f.d.Operations.Get)
				f.requireAttributes(state, sample.Attributes, true)
				for _, config := range sample.Configs {
					f.RequireNoDrift(state, config)
				}
				f.ResetCalls()
			}
		})
	}
}

// imports are the ways to import a link.
func (f *Fixture) imports(id string) map[string]func() (protocoltest.State, protocoltest.Diagnostics) {
	byIdentity := func(identity Object) func() (protocoltest.State, protocoltest.Diagnostics) {
		return func() (protocoltest.State, protocoltest.Diagnostics) {
			return f.Server.ImportIdentity(f.h.Type(), identity)
		}
	}
	out := map[string]func() (protocoltest.State, protocoltest.Diagnostics){
		"id":       func() (protocoltest.State, protocoltest.Diagnostics) { return f.ImportByID(id) },
		"identity": byIdentity(Object{"id": id}),
	}
	if s := f.d.Scope; s != nil {
		out["scope and id"] = func() (protocoltest.State, protocoltest.Diagnostics) { return f.ImportByID(s.Value + "/" + id) }
		out["whole identity"] = byIdentity(Object{s.Attribute: s.Value, "id": id})
	}
	return out
}

// requireAttributes expects values of a state, by dotted path; complete: of all its attributes.
func (f *Fixture) requireAttributes(state protocoltest.State, want Object, complete bool) {
	f.Helper()
	for path, value := range want {
		got := state.Get(path)
		if value == descriptor.Present && got != nil {
			continue
		}
		if !reflect.DeepEqual(got, value) {
			f.Errorf("%s is %v, want %v", path, got, value)
		}
	}
	for name := range state.Attributes() {
		if _, ok := want[name]; complete && !ok {
			f.Errorf("the attribute %s is not looked at", name)
		}
	}
}

// After a create, every computed attribute is what the vendor holds.
func testCreated(t *testing.T, h Harness) {
	for _, shape := range h.Shapes {
		t.Run(shape.Name, func(t *testing.T) {
			t.Parallel()
			f := h.Start(t)
			state := f.Create(shape.Config)
			held := f.API().Overview()[0]
			f.requireAttributes(state, Object{"id": held.ID, "url": held.URL, "state": "open"}, false)
			if len(h.Created[shape.Name]) == 0 {
				t.Error("nothing is said of a new link's attributes")
			}
			f.requireAttributes(state, h.Created[shape.Name], false)
			if text, ok := state.Get("created_at").(string); ok {
				if at, err := time.Parse(time.RFC3339, text); err != nil || at.Sub(held.CreatedAt).Abs() > time.Second {
					t.Errorf("created_at %q, and at the vendor %s", text, held.CreatedAt)
				}
			}
			identity := Object{"id": held.ID}
			if s := f.d.Scope; s != nil {
				identity[s.Attribute] = s.Value
			}
			kind := f.Server.IdentitySchema(h.Type()).ValueType()
			got, err := state.Identity.IdentityData.Unmarshal(kind)
			if err != nil {
				t.Fatal(err)
			}
			values := map[string]tftypes.Value{}
			for name, value := range identity {
				values[name] = tftypes.NewValue(tftypes.String, value)
			}
			if want := tftypes.NewValue(kind, values); !got.Equal(want) {
				t.Errorf("identity %s, want %s", got, want)
			}
		})
	}
}
