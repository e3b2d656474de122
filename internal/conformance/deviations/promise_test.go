package deviations_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// deviationCase is one case: an operation while one value of one answer deviates.
type deviationCase struct {
	*fixture
	*block
	place
	deviation
}

func (c *deviationCase) run() {
	c.Helper()
	c.ResetCalls()
	map[string]func(){
		opCreate: c.create, opActivate: c.activate, opRead: c.refresh, opList: c.refreshByList, opLinks: c.readLinks,
		opImport: c.importLink, opDestroy: c.destroy, opLook: c.look,
	}[c.op]()
}

// inject lets the operation's call deviate.
func (c *deviationCase) inject() (remove func()) {
	return c.deviate(deviatingCall(c.d, c.op), c.pointer, c.deviation.value)
}

// noLink: the answer does not say which link it is about, or is about another.
func (c *deviationCase) noLink() bool { return c.holdsID && c.meaning != same }

// appears: where nothing stood something does, which may be the moment at which a link ended. That it is gone again proves nothing.
func (c *deviationCase) appears() bool {
	return (c.place.value == nil || c.place.value == "") && c.meaning >= another
}

// create: what the answer does not say is not lost, and no second link is made.
func (c *deviationCase) create() {
	c.Helper()
	defer c.clear()
	plan := c.plan("", protocoltest.State{}, c.config)
	remove := c.inject()
	state, diags := c.Apply(plan)
	remove()
	live := c.live()
	switch {
	case len(live) > 1:
		c.Errorf("%d live links", len(live))
	case c.id() && c.meaning >= another: // nothing tells that it is not the new link's
		return
	case !state.Exists() && len(live) == 0 && diags.HasError() && c.meaning >= another:
		return // another amount, say: the link was ended again
	case !state.Exists() && c.noLink() && c.d.List == nil && diags.HasError():
		return // nothing can be looked for
	case !state.Exists():
		c.Errorf("live %q, and in no state: %s", live, diags)
	case !slices.Equal(live, []string{state.Text("id")}):
		c.Errorf("live %q, in state %q", live, state.Text("id"))
	case diags.HasError():
		c.Errorf("an error taints: %s", diags)
	}
	if c.Failed() {
		return
	}
	c.Clock.Advance(2 * time.Minute)
	if !c.appears() {
		c.requireSettled(state, live)
	}
	if !c.noLink() {
		c.requireNamed(diags)
	}
}

// activate: the answer to the call that makes a link payable.
func (c *deviationCase) activate() {
	c.Helper()
	before := c.read(c.config)[0]
	config := tfconfig.With(c.config, "activate", true)
	defer c.Sandbox.Simulate(before.Text("id"), "force?status="+c.d.Activation.Waiting)
	plan := c.plan(before.Text("id"), before, config)
	remove := c.inject()
	state, diags := c.Apply(plan)
	remove()
	if live := c.live(); len(live) != 2 || state.Text("id") != before.Text("id") {
		c.Errorf("live %q, in state %q: %s", live, state.Text("id"), diags)
		return
	}
	if c.noLink() && diags.HasError() { // the next apply tries again
		state, _, diags = c.ApplyConfig(state, config)
		diags = diags.Errors()
	} else {
		state, diags = c.Refresh(state)
	}
	if len(diags) > 0 || c.Sandbox.PayableCount() != 1 || state.Text("status") != c.d.Activation.Active {
		c.Errorf("the next refresh, payable %d: %s", c.Sandbox.PayableCount(), diags)
		return
	}
	c.requireNothingPlanned(state, config)
}

// refresh: nothing is lost, and only another value changes anything.
func (c *deviationCase) refresh() {
	c.Helper()
	before := c.read(c.config)[0]
	remove := c.inject()
	state, diags := c.Refresh(before)
	remove()
	if c.noLink() {
		if !diags.HasError() || !state.Raw.Equal(before.Raw) {
			c.Errorf("an answer about no link or another: changed %q, %s", differing(before, state), diags)
		}
		return
	}
	if diags.HasError() || !state.Exists() {
		c.Errorf("in state: %t, %s", state.Exists(), diags)
		return
	}
	if c.meaning < another {
		if changed := differing(before, state); len(changed) > 0 {
			c.Errorf("%q changed, %q is lost", changed, lost(before, state))
		}
		c.requireNothingPlanned(state, c.config)
	}
	c.requireNamed(diags)
	if !c.appears() {
		c.requireSettled(state, nil)
	}
}

// refreshByList: a page changes nothing by itself. What it does not say right is read singly.
func (c *deviationCase) refreshByList() {
	c.Helper()
	states := c.read(c.config)
	server := c.NewProviderWith(descriptor.Object{"refresh": "list", c.d.Name: c.Settings()})
	remove := c.inject()
	defer remove()
	for i, before := range states {
		after, diags := server.WithT(c.T).Refresh(before)
		if c.Record(diags).HasError() || len(diags) > 0 || !after.Raw.Equal(before.Raw) {
			c.Errorf("link %d: changed %q, %s", i, differing(before, after), diags)
		}
	}
}

// readLinks: one link that cannot be read hides no other.
func (c *deviationCase) readLinks() {
	c.Helper()
	states := c.read(c.config)
	remove := c.inject()
	read, diags := c.ReadDataSource(c.d.LinksType(), nil)
	remove()
	if c.element < 0 {
		if len(read.List("links")) < len(states) && len(diags) == 0 && c.meaning != leftOut {
			c.Error("links are missing, and nothing is said")
		}
		return
	}
	shown := 0
	for _, link := range read.List("links") {
		for _, state := range states {
			if tfconfig.Lookup(link, "id") == state.Text("id") {
				shown++
			}
		}
	}
	want := len(states)
	if c.noLink() {
		want--
		if c.deviation.value != "" && len(diags) == 0 && c.meaning < another {
			c.Error("a link is missing, and nothing is said")
		}
	} else {
		c.requireNamed(diags)
	}
	if diags.HasError() || shown < want {
		c.Errorf("%d links, want %d: %s", shown, want, diags)
	}
}

// importLink: what is missing is taken from the configuration, in place.
func (c *deviationCase) importLink() {
	c.Helper()
	id := c.read(c.config)[0].Text("id")
	remove := c.inject()
	state, diags := c.ImportByID(id)
	remove()
	if c.noLink() {
		if !diags.HasError() || state.Exists() {
			c.Errorf("an answer about no link or another was imported: %s", diags)
		}
		return
	}
	if diags.HasError() || !state.Exists() || state.Text("id") != id {
		c.Errorf("in state: %q, %s", state.Text("id"), diags)
		return
	}
	c.requireNamed(diags)
	if c.meaning >= another {
		return
	}
	imported := c.content(state)
	if c.settled[imported] {
		return
	}
	plan := c.Plan(state, c.config)
	if plan.HasError() || plan.Action != protocoltest.Nothing && plan.Action != protocoltest.Update {
		c.Errorf("plan: %s because of %q, %s", plan.Action, plan.Because, plan.Errors())
		return
	}
	state, diags = c.Apply(plan)
	if diags.HasError() {
		c.Errorf("apply: %s", diags)
		return
	}
	c.requireSettled(state, nil)
	c.settled[imported] = !c.Failed()
}

// destroy: the call that ends the link succeeded, whatever its answer says.
func (c *deviationCase) destroy() {
	c.Helper()
	defer c.clear()
	before := c.make(c.config)
	remove := c.inject()
	state, diags := c.Destroy(before)
	remove()
	if live := c.live(); diags.HasError() || state.Exists() || len(live) > 0 {
		c.Errorf("in state: %t, live %q: %s", state.Exists(), live, diags)
	}
}

// look: a link that is open is not let go because of what a look does not say.
func (c *deviationCase) look() {
	c.Helper()
	before := c.read(c.config)[0]
	if call := c.d.Operations.Revoke; call != "" {
		defer c.Sandbox.Inject(fault.Fault{Vendor: c.d.Name, Op: call, Status: 422, Body: `{"message":"not now"}`})()
	}
	remove := c.inject()
	state, diags := c.Destroy(before)
	remove()
	if state.Exists() && len(c.live()) != 2 || !state.Exists() {
		defer c.clear()
	}
	switch said := strings.Contains(diags.String(), before.Text("url")); {
	case c.appears():
	case c.d.Operations.Revoke == "" && (state.Exists() || !said):
		c.Errorf("in state: %t, %s", state.Exists(), diags)
	case c.d.Operations.Revoke != "" && (!state.Exists() || !diags.HasError()):
		c.Errorf("in state: %t, %s", state.Exists(), diags)
	}
}

// plan plans once for each link; "" is the id of one that is to be made.
func (c *deviationCase) plan(id string, state protocoltest.State, config descriptor.Object) protocoltest.Plan {
	c.Helper()
	if _, ok := c.plans[id]; !ok {
		c.plans[id] = c.Plan(state, config)
	}
	return c.plans[id]
}

// requireNamed expects that what could not be read is said once.
func (c *deviationCase) requireNamed(diags protocoltest.Diagnostics) {
	c.Helper()
	said := 0
	for _, d := range diags.Warnings() {
		if c.place.name != "" && strings.Contains(d.Summary+d.Detail, c.place.name) {
			said++
		}
	}
	switch {
	case said > 1 || len(diags) > 1 && c.meaning < another:
		c.Errorf("said more than once: %s", diags)
	case said == 0 && c.meaning == unreadable && c.used():
		c.Errorf("it could not be read, and nothing names it: %s", diags)
	}
}

// used reports whether an import without the value differs from one with it: else nobody misses it.
func (c *deviationCase) used() bool {
	c.Helper()
	if known, ok := c.block.used[c.pointer]; ok {
		return known
	}
	id := c.read(c.config)[0].Text("id")
	whole, _ := c.ImportByID(id)
	at := c.pointer
	for _, p := range places(c.answers[deviatingCall(c.d, c.op)], c.ids, c.d.Maps) {
		if p.holdsID && strings.HasPrefix(c.pointer, p.pointer+"/") {
			at = strings.TrimPrefix(c.pointer, p.pointer) // below the link
		}
	}
	remove := c.deviate(c.d.Operations.Get, at, "")
	without, _ := c.ImportByID(id)
	remove()
	c.block.used[c.pointer] = len(differing(whole, without)) > 0
	return c.block.used[c.pointer]
}

// requireSettled expects that the next apply, of answers without a deviation, has nothing to do. It is tried once for equal states.
func (c *deviationCase) requireSettled(state protocoltest.State, live []string) {
	c.Helper()
	content := c.content(state)
	if c.isRead(state) || c.settled[content] {
		return
	}
	defer func() { c.settled[content] = !c.Failed() }()
	after, diags := c.Refresh(state)
	if diags.HasError() || !after.Exists() {
		c.Errorf("the next refresh, in state: %t, %s", after.Exists(), diags)
		return
	}
	c.requireNothingPlanned(after, c.config)
	if got := c.live(); live != nil && !slices.Equal(got, live) {
		c.Errorf("live %q, then %q, in state %q", live, got, after.Text("id"))
	}
	if gone := lost(state, after); len(gone) > 0 && c.meaning < another {
		c.Errorf("%q is lost by the next refresh", gone)
	}
}

// requireNothingPlanned expects an empty plan.
func (c *deviationCase) requireNothingPlanned(state protocoltest.State, config descriptor.Object) {
	c.Helper()
	content := c.content(state)
	if c.isRead(state) || c.planned[content] {
		return
	}
	if plan := c.Plan(state, config); plan.HasError() || plan.Action != protocoltest.Nothing {
		c.Errorf("plan: %s because of %q: %s", plan.Action, plan.Because, plan.Diagnostics)
		return
	}
	c.planned[content] = true
}

// content is all that a state and its private state hold; of what is each link's own, the form alone.
func (c *deviationCase) content(state protocoltest.State) string {
	c.Helper()
	attributes := state.Attributes()
	for _, name := range c.own {
		attributes[name] = character.ReplaceAllString(fmt.Sprint(attributes[name]), "x")
	}
	var private map[string][]byte
	if err := json.Unmarshal(state.Private, &private); err != nil {
		c.Fatal(err)
	}
	out := fmt.Sprint(attributes)
	for name, data := range private {
		out += name + ofCreate.ReplaceAllString(string(data), "")
	}
	return out
}

var character = regexp.MustCompile(`[0-9A-Za-z]`)

// ofCreate is what private state holds of the answer to a create, which no plan looks at.
var ofCreate = regexp.MustCompile(`"created":"[^"]*"|"echo":{[^}]*}`)
