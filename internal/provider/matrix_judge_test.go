package provider_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

const hour = time.Hour

// met is what the sandbox saw of an operation: the facts from which follows what must have come of it.
type met struct {
	live     []string // the links that are there to be paid, now or once they are activated
	answered bool     // a create was answered as it should be
	doubtful bool     // a create was sent, and nobody said that it was refused
	shown    bool     // the list showed the link afterwards
	counted  bool     // what existed before is known, where that is needed
	read     bool     // the link itself was read
}

func (x *trial) met() met {
	m := met{live: x.live(x.Harness), counted: x.vendor != "powens"}
	var born time.Time
	creates, lists, gets := 0, 0, 0
	for _, r := range x.Sandbox.Requests() {
		switch r.Op {
		case "create":
			spoilt := x.spoilt("create", creates)
			creates++
			good := r.Status >= 200 && r.Status < 300
			m.answered = m.answered || good && !spoilt
			m.doubtful = m.doubtful || r.Status == 0 || r.Status >= 500 || good && spoilt
			if r.Committed && born.IsZero() {
				born = r.At
			}
		case "get":
			m.read = m.read || r.Status == 200 && !x.spoilt("get", gets)
			gets++
		case "list":
			good := r.Status == 200 && !x.spoilt("list", lists)
			lists++
			m.counted = m.counted || good && creates == 0
			m.shown = m.shown || good && !born.IsZero() && !r.At.Before(born.Add(x.listLag))
		}
	}
	return m
}

// spoilt: the n-th call of an operation met a fault.
func (x *trial) spoilt(op string, n int) bool {
	if op == "create" && (x.op == "list" || x.op == "census") {
		return n == 0
	}
	if x.hit(x.op) != op || x.readLag+x.listLag > 0 {
		return false
	}
	return n >= x.spared() && (x.lasts != "once" || n == x.spared())
}

// live are the ids of the links at the vendor that have not ended, oldest first.
func (r row) live(b *acctest.Harness) []string {
	ids := []string{}
	for _, l := range b.Sandbox.Overview() {
		if l.Vendor == r.vendor && (l.Payable || l.Status == "ATTEMPT") {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

// judge is the promise, the same for every cell.
func (x *trial) judge(state protocoltest.State, diags protocoltest.Diagnostics, m met) {
	x.Helper()
	in := state.Exists()
	switch {
	case len(m.live) > 1:
		x.Errorf("%d live links: %q", len(m.live), m.live)
	case in != (len(m.live) == 1) && !x.begins():
		x.Errorf("live %q, in state: %t", m.live, in)
	case in && !slices.Equal(m.live, []string{state.Text("id")}):
		x.Errorf("live %q, in state %q", m.live, state.Text("id"))
	case !in && diags.HasError() == x.destroys():
		x.Errorf("in no state, and an error: %t", diags.HasError())
	case in && x.destroys() && !diags.HasError():
		x.Error("a link that was to be ended is still there, and nothing is said")
	}
	if x.begins() {
		x.judgeCreate(state, diags, m)
	} else if in {
		x.kept(state)
		if !x.destroys() && x.op != "activate_later" && diags.HasError() == m.read {
			x.Errorf("read: %t, and an error: %t", m.read, diags.HasError())
		}
	}
	if in && x.hit(x.op) == "activate" {
		x.judgeActivation(state, diags)
	}
}

// judgeCreate: what the vendor answered or its list shows is in state; what it refused is said to be nothing; what nobody
// knows may exist, and is named as far as it is known.
func (x *trial) judgeCreate(state protocoltest.State, diags protocoltest.Diagnostics, m met) {
	x.Helper()
	if (m.answered || m.doubtful) && !m.counted && x.op != "census" {
		x.Error("nobody noted what existed before the create")
	}
	want := m.answered || len(m.live) == 1 && m.shown && m.counted
	if in := state.Exists(); in != want {
		x.Errorf("in state: %t, want %t (%+v)", in, want, m)
		return
	}
	warned := strings.Contains(diags.Warnings().String(), "Took over the")
	switch {
	case want && m.answered == warned:
		x.Errorf("answered: %t, said to be taken over: %t", m.answered, warned)
	case want && (diags.HasError() || m.answered && len(diags) > 0 && x.op != "activate"):
		x.Error("it went well, and yet something is said")
	case want:
	case m.doubtful:
		x.RequireText(diags.Errors(), "may exist", "import {", "terraform import "+x.name())
		if m.shown {
			x.RequireText(diags.Errors(), m.live[0])
		}
	default:
		x.RequireText(diags.Errors(), "Nothing was created")
	}
}

// kept: nothing that was in state is lost or has changed.
func (x *trial) kept(state protocoltest.State) {
	x.Helper()
	if x.op == "activate_later" {
		return
	}
	if !state.Raw.Equal(x.before.Raw) || string(state.Private) != string(x.before.Private) {
		x.Errorf("the state was\n%s %s\nand is\n%s %s", x.before.Raw, x.before.Private, state.Raw, state.Private)
	}
}

// judgeActivation: the state says what the vendor says, and that it failed is said.
func (x *trial) judgeActivation(state protocoltest.State, diags protocoltest.Diagnostics) {
	x.Helper()
	active := x.Sandbox.PayableCount() == 1
	if (state.Text("status") == "ACTIVE") != active || (len(diags) == 0) != active {
		x.Errorf("active: %t, the state says %q", active, state.Text("status"))
	}
	if x.op == "activate" && diags.HasError() {
		x.Error("an error taints a link that exists")
	}
}

var importID = regexp.MustCompile(`(?m)^    id = "([^"]+)"$`)

// second is the next apply, of another run: what was wrong is over, and the user did what the error said.
func (x *trial) second(state protocoltest.State, said protocoltest.Diagnostics) {
	x.Helper()
	live := x.live(x.Harness)
	x.ResetCalls()
	x.Server = x.NewProvider(x.changes...)
	if x.destroys() {
		if state.Exists() {
			if state, said = x.Destroy(state); said.HasError() || state.Exists() {
				x.Errorf("a second destroy: in state %t, %s", state.Exists(), said)
			}
		}
		if left := x.live(x.Harness); len(left) > 0 {
			x.Errorf("%q are left", left)
		}
		return
	}
	if !state.Exists() && len(live) == 1 {
		state = x.takeOver(live[0], said)
	}
	state, plan, diags := x.up(state)
	if got := x.live(x.Harness); diags.HasError() || !slices.Equal(got, []string{state.Text("id")}) || len(live) == 1 && got[0] != live[0] {
		x.Errorf("live %q and then %q, in state %q: %s", live, got, state.Text("id"), diags)
	}
	if n := len(x.Sandbox.Requests(sandbox.ByOp(x.vendor, "create"), committed)); n != 1-len(live) {
		x.Errorf("%d more links were made", n)
	}
	if strings.HasPrefix(x.op, "activate") && x.Sandbox.PayableCount() != 1 {
		x.Error("it is not active yet")
	}
	switch {
	case plan.Action != protocoltest.Nothing:
		x.RequireEmptyPlan(state, x.wanted)
	case len(diags) > 0:
		x.Errorf("nothing to do, and yet: %s", diags)
	}
}

// takeOver imports the link that the error names, or that the user finds at the vendor.
func (x *trial) takeOver(id string, said protocoltest.Diagnostics) protocoltest.State {
	x.Helper()
	if named := importID.FindStringSubmatch(said.String()); named != nil && named[1] != "ID" {
		id = named[1]
	}
	state, diags := x.ImportByID(id)
	if diags.HasError() {
		x.Errorf("import of %q: %s", id, diags)
	}
	return state
}

// plantTokens makes secrets of all that a token file holds.
func plantTokens(x *trial, path string) {
	x.Helper()
	var tokens map[string]any
	data, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(data, &tokens)
	}
	if err != nil {
		x.Fatal(err)
	}
	for name, value := range tokens {
		if text, ok := value.(string); ok && name != "expires_at" && name != "client_id" {
			x.AddSecrets(text)
		}
	}
}

func committed(r sandbox.Record) bool { return r.Committed }
