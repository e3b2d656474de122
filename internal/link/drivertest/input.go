package drivertest

import (
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// Input is what configurations may say.
type Input struct {
	// Invalid are configurations with exactly one error.
	Invalid map[string]Expectation
	// Doubtful are configurations with exactly one warning.
	Doubtful map[string]Expectation
	// Valid are configurations of which nothing is said, at the edges of what is refused.
	Valid map[string]Object
}

// What is certainly wrong is one error at its attribute, before any request; what is doubtful is one warning; and nothing is said
// of what is neither.
func testInput(t *testing.T, h Harness) {
	if len(h.Input.Invalid) == 0 || len(h.Input.Valid) == 0 {
		t.Error("no invalid or no valid configurations")
	}
	f := h.Start(t)
	for name, want := range h.Input.Invalid {
		t.Run(name, func(t *testing.T) {
			f := f.Subtest(t)
			diags := f.Validate(want.Config)
			if !diags.HasError() {
				diags = f.Plan(protocoltest.State{}, want.Config).Diagnostics
			}
			if n := len(diags.Errors()); n != 1 {
				t.Errorf("%d errors, want one: %s", n, diags)
			}
			f.RequireErrors(diags, want.Attribute, want.Words...)
		})
	}
	for name, want := range h.Input.Doubtful {
		diags := append(f.Validate(want.Config), f.Plan(protocoltest.State{}, want.Config).Diagnostics...)
		if diags.HasError() || len(diags) != 1 || len(diags.ForAttribute(want.Attribute)) != 1 {
			t.Errorf("%s: %s", name, diags)
		}
		f.RequireText(diags, want.Words...)
	}
	for name, config := range h.Input.Valid {
		if diags := append(f.Validate(config), f.Plan(protocoltest.State{}, config).Diagnostics...); len(diags) > 0 {
			t.Errorf("%s: %s", name, diags)
		}
	}
	f.RequireCalls()
}

// What cannot be a link's id never reaches an address; what can, but is nobody's, is a 404.
func testImportIDs(t *testing.T, h Harness) {
	f := h.Start(t)
	invalid, unknown := importIDs(f)
	words := []string{"Invalid import ID"}
	if f.d.Scope != nil {
		words = append(words, "{"+f.d.Scope.Attribute+"}/{id}")
	}
	for _, id := range invalid {
		state, diags := f.ImportByID(id)
		f.RequireErrors(diags, "id", words...)
		if state.Exists() {
			t.Errorf("%q: a state came of it", id)
		}
	}
	f.RequireCalls()
	for _, id := range unknown {
		state, diags := f.ImportByID(id)
		f.RequireErrors(diags, "", "404", id[strings.LastIndex(id, "/")+1:])
		if state.Exists() {
			t.Errorf("%q: a state came of it", id)
		}
	}
	f.RequireCalls(slices.Repeat([]string{f.d.Operations.Get}, len(unknown))...)
}

// importIDs are texts that cannot be an id, and texts that can.
func importIDs(f *Fixture) (invalid, unknown []string) {
	_, ids, err := f.d.Stored(1)
	if err != nil {
		f.Fatal(err)
	}
	id := ids[0]
	invalid = []string{"/", "..", ".", " " + id, id + "\n", `a\b`, id + "/.."}
	segments := []string{id + "?x=y", id + "#x", id + "%2f.."} // of one address each
	if op := f.d.Operations.Revoke; op != "" {
		segments = append(segments, id+":"+op)
	}
	switch {
	case f.d.UUID:
		invalid = append(invalid, segments...)
		invalid = append(invalid, "not-a-uuid", id[:35], id+"0", "{"+id+"}")
		unknown = append(unknown, id, strings.ToUpper(id))
	default:
		unknown = append(segments, id, strings.Repeat("x", 64))
	}
	if f.d.Scope == nil {
		return append(invalid, "a/b", id+"/x", "../connections"), unknown
	}
	scope := f.d.Scope.Value
	invalid = append(invalid, scope+"/", "/"+id, scope+"/..", "../"+id, scope+"/a/b", scope+"/"+id+"/", scope+"/"+id+"/..")
	return invalid, append(unknown, scope+"/"+id)
}

// arguments are the vendor's own: what a configuration can name, less the policies and what activates a link.
func (f *Fixture) arguments() []string {
	own := []string{"replace_when", "renew_before", "replace_paid", "on_destroy", "timeouts"}
	if f.d.Activation != nil {
		own = append(own, "activate")
	}
	return slices.DeleteFunc(f.Server.Arguments(f.h.Type()), func(path string) bool { return slices.Contains(own, tfconfig.RootAttribute(path)) })
}
