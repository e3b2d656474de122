package faultmatrix_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// observation is what the sandbox saw of an operation: the facts from which follows what must have come of it.
type observation struct {
	live        []string // the links that are there to be paid, now or once they are activated
	answered    bool     // a create was answered as it should be
	doubtful    bool     // a create was sent, and nobody said that it was refused
	shown       bool     // the list showed the link afterwards
	snapshotted bool     // what existed before is known, where that is needed
	read        bool     // the link itself was read
	repeated    bool     // a create was sent again that may have been carried out
}

func (c *faultCase) observe() observation {
	o := observation{live: c.live(c.Harness), snapshotted: !c.NoCreationTime}
	var created time.Time
	creates, lists, gets := 0, 0, 0
	for _, r := range c.Sandbox.Requests() {
		switch r.Op {
		case c.Operations.Create:
			spoilt := c.wasFaulted(r.Op, creates)
			creates++
			o.repeated = o.repeated || o.doubtful
			good := r.Status >= 200 && r.Status < 300
			o.answered = o.answered || good && !spoilt
			o.doubtful = o.doubtful || r.Status == 0 || r.Status >= 500 || slices.Contains(mayFollowCommit, r.Status) || good && spoilt
			if r.Committed && created.IsZero() {
				created = r.At
			}
		case c.Operations.Get:
			o.read = o.read || r.Status == 200 && !c.wasFaulted(r.Op, gets)
			gets++
		case c.Operations.List:
			good := r.Status == 200 && !c.wasFaulted(r.Op, lists)
			lists++
			o.snapshotted = o.snapshotted || good && creates == 0
			o.shown = o.shown || good && !created.IsZero() && !r.At.Before(created.Add(c.listLag))
		}
	}
	return o
}

// wasFaulted: the n-th call met a fault.
func (c *faultCase) wasFaulted(call string, n int) bool {
	if call == c.Operations.Create && (c.op == opList || c.op == opSnapshot) {
		return n == 0
	}
	if c.faultedCall(c.op) != call || c.readLag+c.listLag > 0 {
		return false
	}
	return n >= c.spared() && (c.lasting != "once" || n == c.spared())
}

// requirePromise is the promise, the same for every case.
func (c *faultCase) requirePromise(state protocoltest.State, diags protocoltest.Diagnostics, o observation) {
	c.Helper()
	in := state.Exists()
	switch {
	case len(o.live) > 1:
		c.Errorf("%d live links: %q", len(o.live), o.live)
	case in != (len(o.live) == 1) && !c.creates():
		c.Errorf("live %q, in state: %t", o.live, in)
	case in && !slices.Equal(o.live, []string{state.Text("id")}):
		c.Errorf("live %q, in state %q", o.live, state.Text("id"))
	case !in && diags.HasError() == c.destroys():
		c.Errorf("in no state, and an error: %t", diags.HasError())
	case in && c.destroys() && !diags.HasError():
		c.Error("a link that was to be ended is still there, and nothing is said")
	}
	if c.creates() {
		c.requireCreate(state, diags, o)
	} else if in {
		c.requireUnchanged(state)
		if !c.destroys() && c.op != opActivateLater && diags.HasError() == o.read {
			c.Errorf("read: %t, and an error: %t", o.read, diags.HasError())
		}
	}
	if in && c.faultedCall(c.op) == c.Operations.Activate {
		c.requireActivation(state, diags)
	}
}

// requireCreate: what the vendor answered or its list shows is in state; what it refused is said to be nothing; what nobody
// knows may exist, and is named as far as it is known.
func (c *faultCase) requireCreate(state protocoltest.State, diags protocoltest.Diagnostics, o observation) {
	c.Helper()
	if (o.answered || o.doubtful) && !o.snapshotted && c.op != opSnapshot {
		c.Error("nobody noted what existed before the create")
	}
	want := o.answered || len(o.live) == 1 && o.shown && o.snapshotted
	if in := state.Exists(); in != want {
		c.Errorf("in state: %t, want %t (%+v)", in, want, o)
		return
	}
	adopted := strings.Contains(diags.Warnings().String(), "Adopted the")
	switch {
	case want && o.answered == adopted:
		c.Errorf("answered: %t, said to be taken over: %t", o.answered, adopted)
	case want && (diags.HasError() || o.answered && len(diags) > 0 && !o.repeated && c.op != opActivate):
		c.Error("it went well, and yet something is said")
	case want && o.repeated:
		c.RequireText(diags.Warnings(), "Another ", "may have been created")
		if c.PaidRefusal != "" { // the label is what is paid for, once
			c.RequireText(diags.Warnings(), fmt.Sprint(tfconfig.Lookup(c.config, c.Label)))
		}
	case want:
	case o.doubtful:
		c.RequireText(diags.Errors(), "may exist", "import {", "terraform import "+c.ResourceType())
		if o.shown {
			c.RequireText(diags.Errors(), o.live[0])
		}
	default:
		c.RequireText(diags.Errors(), "Nothing was created")
	}
}

// requireUnchanged: nothing that was in state is lost or has changed.
func (c *faultCase) requireUnchanged(state protocoltest.State) {
	c.Helper()
	if c.op == opActivateLater {
		return
	}
	if !state.Raw.Equal(c.before.Raw) || string(state.Private) != string(c.before.Private) {
		c.Errorf("the state was\n%s %s\nand is\n%s %s", c.before.Raw, c.before.Private, state.Raw, state.Private)
	}
}

// requireActivation: the state says what the vendor says, and that it failed is said.
func (c *faultCase) requireActivation(state protocoltest.State, diags protocoltest.Diagnostics) {
	c.Helper()
	active := c.Sandbox.PayableCount() == 1
	if (state.Text("status") == c.Activation.Active) != active || (len(diags) == 0) != active {
		c.Errorf("active: %t, the state says %q", active, state.Text("status"))
	}
	if c.op == opActivate && diags.HasError() {
		c.Error("an error taints a link that exists")
	}
}

var importID = regexp.MustCompile(`(?m)^    id = "([^"]+)"$`)

// requireNextApply is the next apply, of another run: what was wrong is over, and the user did what the error said.
func (c *faultCase) requireNextApply(state protocoltest.State, said protocoltest.Diagnostics) {
	c.Helper()
	live := c.live(c.Harness)
	c.ResetCalls()
	c.Server = c.NewProvider(c.changes...)
	if c.destroys() {
		if state.Exists() {
			if state, said = c.Destroy(state); said.HasError() || state.Exists() {
				c.Errorf("a second destroy: in state %t, %s", state.Exists(), said)
			}
		}
		if left := c.live(c.Harness); len(left) > 0 {
			c.Errorf("%q are left", left)
		}
		return
	}
	if !state.Exists() && len(live) == 1 {
		state = c.importExisting(live[0], said)
	}
	state, plan, diags := c.applyWanted(state)
	if got := c.live(c.Harness); diags.HasError() || !slices.Equal(got, []string{state.Text("id")}) || len(live) == 1 && got[0] != live[0] {
		c.Errorf("live %q and then %q, in state %q: %s", live, got, state.Text("id"), diags)
	}
	if n := len(c.Sandbox.Requests(sandbox.ByOp(c.Descriptor.Name, c.Operations.Create), committed)); n != 1-len(live) {
		c.Errorf("%d more links were made", n)
	}
	if c.faultedCall(c.op) == c.Operations.Activate && c.Sandbox.PayableCount() != 1 {
		c.Error("it is not active yet")
	}
	switch {
	case plan.Action != protocoltest.Nothing:
		c.RequireEmptyPlan(state, c.wanted)
	case len(diags) > 0:
		c.Errorf("nothing to do, and yet: %s", diags)
	}
}

// importExisting imports the link that the error names, or that the user finds at the vendor.
func (c *faultCase) importExisting(id string, said protocoltest.Diagnostics) protocoltest.State {
	c.Helper()
	if named := importID.FindStringSubmatch(said.String()); named != nil && named[1] != "ID" {
		id = named[1]
	}
	state, diags := c.ImportByID(id)
	if diags.HasError() {
		c.Errorf("import of %q: %s", id, diags)
	}
	return state
}

// addTokens makes secrets of all that a token file holds.
func (c *faultCase) addTokens(path string) {
	c.Helper()
	var tokens map[string]any
	data, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(data, &tokens)
	}
	if err != nil {
		c.Fatal(err)
	}
	for name, value := range tokens {
		if text, ok := value.(string); ok && name != "expires_at" && name != "client_id" {
			c.AddSecrets(text)
		}
	}
}

func committed(r sandbox.Record) bool { return r.Committed }
