package lifecycle_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

type (
	object = descriptor.Object
	list   = descriptor.List
)

// lifecycleCase is one situation of the table in a sandbox, with as many links as there are things to do to one.
type lifecycleCase struct {
	*acctest.Harness
	d         descriptor.Descriptor
	v         lifecycle.Vendor
	row       lifecycle.Row
	situation lifecycle.Situation
	links     int
}

// policies are a link's.
type policies struct {
	replaceWhen []lifecycle.State
	onDestroy   string
	replacePaid bool
}

func newCase(t *testing.T, d descriptor.Descriptor, row lifecycle.Row, s lifecycle.Situation) *lifecycleCase {
	t.Helper()
	c := &lifecycleCase{Harness: acctest.Of(d).Start(t, nil), d: d, v: d.Lifecycle, row: row, situation: s}
	c.StartProvider(object{"refresh": "get"}) // what is counted is one link's requests, however many a case has
	// Links whose times are written without fractions begin at a whole second.
	c.Clock.Advance(c.Clock.Now().Truncate(time.Second).Add(time.Second).Sub(c.Clock.Now()))
	if switches := d.StatusSwitches[s.Status]; switches != "" {
		if err := c.Sandbox.SetSwitches(d.Name, []byte(switches)); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// config is the vendor's configuration under the policies.
func (c *lifecycleCase) config(p policies, changes object) object {
	config := c.d.With(changes)
	if p.replaceWhen != nil {
		named := list{}
		for _, state := range p.replaceWhen {
			named = append(named, string(state))
		}
		config["replace_when"] = named
	}
	if p.onDestroy != "" {
		config["on_destroy"] = p.onDestroy
	}
	if p.replacePaid {
		config["replace_paid"] = true
	}
	if c.d.Unique != "" && changes[c.d.Unique] == nil {
		config[c.d.Unique] = c.unique()
	}
	return config
}

// unique is the value that belongs to the latest link alone.
func (c *lifecycleCase) unique() string { return fmt.Sprintf("link-%d", c.links) }

// begin makes a link that comes into the situation behind the provider's back: the state is from before.
func (c *lifecycleCase) begin(p policies) (protocoltest.State, object) {
	c.Helper()
	if c.situation.Gone { // a run remembers what its refresh dropped
		c.StartProvider(object{"refresh": "get"})
	}
	c.links++
	config := c.config(p, nil)
	state := c.Create(config)
	c.Clock.Advance(c.age())
	vendor, _ := c.Sandbox.Vendor(c.d.Name)
	if err := c.d.Bring(vendor, state.Text("id"), c.situation, c.Clock.Now()); err != nil {
		c.Fatal(err)
	}
	c.ResetCalls()
	return state, config
}

// age is how old the link is when it changes: too old for a 404 to be a lag, and shortly before its end where the situation
// says so.
func (c *lifecycleCase) age() time.Duration {
	if c.situation.Expiry == lifecycle.ExpiresSoon {
		return c.d.Lifetime - 2*time.Minute
	}
	return 2 * time.Hour
}

// replaceWhen is the policy in force.
func (c *lifecycleCase) replaceWhen(p policies) []lifecycle.State {
	if p.replaceWhen == nil {
		return c.v.ReplaceWhen
	}
	return p.replaceWhen
}

// refreshCalls are the requests of a refresh.
func (c *lifecycleCase) refreshCalls() []string {
	if c.situation.Gone && c.d.Operations.List != "" {
		return []string{c.d.Operations.Get, c.d.Operations.List}
	}
	return []string{c.d.Operations.Get}
}

// requireCalls expects requests, "end" being the vendor's call that ends a link.
func (c *lifecycleCase) requireCalls(ops ...[]string) {
	c.Helper()
	all := slices.Concat(ops...)
	for i, op := range all {
		if op == "end" {
			all[i] = c.v.Call
		}
	}
	// What exists is noted again where another run may have made a link of equal content, and after a minute.
	if at := slices.Index(all, c.d.Operations.Create); at >= 0 && c.d.NoCreationTime && slices.Contains(c.Calls(), c.d.Operations.List) {
		all = slices.Insert(all, at, c.d.Operations.List)
	}
	c.RequireCalls(all...)
}

// requireDiagnostics expects so many errors and warnings, and that they name the link (an import knows only its id).
func (c *lifecycleCase) requireDiagnostics(step string, diags protocoltest.Diagnostics, state protocoltest.State, errors, warnings int, text ...string) {
	c.Helper()
	if len(diags.Errors()) != errors || len(diags.Warnings()) != warnings {
		c.Errorf("%s: %d errors and %d warnings, want %d and %d: %s", step, len(diags.Errors()), len(diags.Warnings()), errors, warnings, diags)
	}
	if errors+warnings == 0 {
		return
	}
	c.RequireText(diags, append(text, state.Text("id"))...)
	if step != "import" {
		c.RequireText(diags, state.Text("url"))
	}
}

// link is what the vendor holds under the id.
func (c *lifecycleCase) link(id string) vendorapi.Link {
	for _, l := range c.Sandbox.Overview() {
		if l.ID == id {
			return l
		}
	}
	return vendorapi.Link{}
}

// count is 1 for what is there, so that conditions can be added up.
func count(there bool) int {
	if there {
		return 1
	}
	return 0
}
