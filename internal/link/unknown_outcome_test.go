package link_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// withoutCreationTime is a vendor whose answers do not say when a link was made.
func withoutCreationTime(o *memdriver.Options) { o.Info.NoCreationTime = true }

// createExternal makes a link that this process does not know.
func createExternal(f *fixture, config Object) {
	f.withConfig(Object{}).createManaged(config)
}

// createManaged makes a link that is in another resource's state.
func (f *fixture) createManaged(config Object) {
	f.t.Helper()
	if _, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, config); len(diags) > 0 {
		f.t.Fatal(diags)
	}
	f.store.TakeCalls()
}

// unknownOutcome is a create of which nobody knows what became, and what has to come of it.
type unknownOutcome struct {
	prepare func(f *fixture)
	lost    bool // before the vendor carried it out
	config  Object
	adopted string   // the link that is in state then
	listed  []string // else: the candidates that the error names
	calls   string
}

// externalTwin is a link of the same content, made just now by somebody else.
func externalTwin(config Object) func(*fixture) {
	return func(f *fixture) { createExternal(f, config) }
}

// olderTwin is a twin from before the attempt.
func olderTwin(config Object) func(*fixture) {
	return func(f *fixture) {
		createExternal(f, config)
		f.clock.Advance(3 * time.Second)
	}
}

// managedTwin is a twin that is in another resource's state.
func managedTwin(config Object) func(*fixture) {
	return func(f *fixture) { f.createManaged(config) }
}

// TestCreateOfDatedLinks: where the vendor says when a link was made, the one link with this content that was made since
// is taken over. Never an older one, never one that is known, and no choice between two.
func TestCreateOfDatedLinks(t *testing.T) {
	t.Parallel()
	known := answeredConfig()
	for name, tc := range map[string]unknownOutcome{
		"carried out":                 {config: known, adopted: "pl-1", calls: "create=1 list=1"},
		"carried out, small":          {config: minimalConfig(), adopted: "pl-1", calls: "create=1 list=1"},
		"not carried out":             {lost: true, config: known, calls: "create=1 list=4"},
		"in another project":          {config: withOverrides(known, Object{"project": "elsewhere"}), adopted: "pl-1", calls: "create=1 list=1"},
		"a twin in another project":   {prepare: externalTwin(withOverrides(known, Object{"project": "elsewhere"})), config: known, adopted: "pl-2", calls: "create=1 list=1"},
		"an older twin":               {prepare: olderTwin(known), config: known, adopted: "pl-2", calls: "create=1 list=1"},
		"an older twin, and no other": {prepare: olderTwin(known), lost: true, config: known, calls: "create=1 list=4"},
		"a twin in this state":        {prepare: managedTwin(known), config: known, adopted: "pl-2", calls: "create=1 list=1"},
		"only one in this state":      {prepare: managedTwin(known), lost: true, config: known, calls: "create=1 list=4"},
		"a twin of the same second":   {prepare: externalTwin(known), config: known, listed: []string{"proj/pl-1", "proj/pl-2"}, calls: "create=1 list=1"},
		"an ended twin":               {prepare: func(f *fixture) { createExternal(f, known); f.store.SetStatus("pl-1", "CANCELED") }, config: known, adopted: "pl-2", calls: "create=1 list=1"},
		"another title":               {prepare: externalTwin(withOverrides(known, Object{"title": "Order 43"})), lost: true, config: known, calls: "create=1 list=4"},
		"another amount":              {prepare: externalTwin(withValue(known, "lines.0.price.value", "10.01")), config: known, adopted: "pl-2", calls: "create=1 list=1"},
		"other hidden fields":         {prepare: externalTwin(withValue(known, "pin", "9")), lost: true, config: known, adopted: "pl-1", calls: "create=1 list=1"},
		"the list lags for 3 s":       {prepare: func(f *fixture) { f.store.ListLag = 3 * time.Second }, config: known, adopted: "pl-1", calls: "create=1 list=3"},
		"the list lags for 5 s":       {prepare: func(f *fixture) { f.store.ListLag = 5 * time.Second }, config: known, adopted: "pl-1", calls: "create=1 list=4"},
		"the list lags for longer":    {prepare: func(f *fixture) { f.store.ListLag = 8 * time.Second }, config: known, calls: "create=1 list=4"},
		"the list fails once":         {prepare: func(f *fixture) { f.store.FailNext(memdriver.CallList, memdriver.Fault{Err: failures()["503"]}) }, config: known, adopted: "pl-1", calls: "create=1 list=2"},
		"nobody told the time":        {prepare: func(f *fixture) { f.store.NoDate = true; olderTwin(known)(f) }, config: known, listed: []string{"proj/pl-1", "proj/pl-2"}, calls: "create=1 list=1"},
		"activation comes then":       {config: withOverrides(known, Object{"activate": true}), adopted: "pl-1", calls: "activate=1 create=1 list=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.store.CreationTimes = true
			tc.run(f)
		})
	}
}

// TestCreateOfUndatedLinks: where it does not say so, what existed before the first create is noted.
func TestCreateOfUndatedLinks(t *testing.T) {
	t.Parallel()
	known := answeredConfig()
	for name, tc := range map[string]unknownOutcome{
		"carried out":                 {config: known, adopted: "pl-1", calls: "create=1 list=2"},
		"not carried out":             {lost: true, config: known, calls: "create=1 list=5"},
		"an older twin":               {prepare: externalTwin(known), config: known, adopted: "pl-2", calls: "create=1 list=2"},
		"an older twin, and no other": {prepare: externalTwin(known), lost: true, config: known, calls: "create=1 list=5"},
		"a twin in this state":        {prepare: managedTwin(known), config: known, adopted: "pl-2", calls: "create=1 list=1"},
		"a twin after the count": {prepare: func(f *fixture) {
			managedTwin(withOverrides(known, Object{"title": "First"}))(f)
			createExternal(f, known)
		}, config: known,
			listed: []string{"proj/pl-2", "proj/pl-3"}, calls: "create=1 list=1"},
		"the count failed":      {prepare: func(f *fixture) { f.store.FailNext(memdriver.CallList, memdriver.Fault{Err: failures()["503"]}) }, config: known, listed: []string{"proj/pl-1"}, calls: "create=1 list=2"},
		"the list lags for 5 s": {prepare: func(f *fixture) { f.store.ListLag = 5 * time.Second }, config: known, adopted: "pl-1", calls: "create=1 list=5"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tc.run(newFixture(t, withoutCreationTime))
		})
	}
}

func (tc unknownOutcome) run(f *fixture) {
	f.t.Helper()
	if tc.prepare != nil {
		tc.prepare(f)
	}
	before := f.store.Payable()
	f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["no word"], After: !tc.lost})
	state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, tc.config)
	f.requireCalls(tc.calls)
	if made := f.store.Payable() - before; made != map[bool]int{true: 1}[!tc.lost] {
		f.t.Errorf("%d links were made", made)
	}
	if tc.adopted != "" {
		requireCounts(f.t, diags, 0, 1)
		requireText(f.t, diags, "Took over the Memory payment link", "connection reset by peer", tc.adopted, "https://pay.example/"+tc.adopted, "no other was created")
		if state.Text("id") != tc.adopted {
			f.t.Errorf("%q is in state", state.Text("id"))
		}
		f.requireNoDrift(state, tc.config)
		return
	}
	requireCounts(f.t, diags, 1, 0)
	requireText(f.t, diags, "Cannot tell whether the Memory payment link was created", "may exist", "connection reset by peer", "import {", "to = paymentlinks_memory_link.NAME", "creates another link")
	if state.Exists() {
		f.t.Errorf("in state: %s", state.Raw)
	}
	if len(tc.listed) == 0 {
		requireText(f.t, diags, "none with this content", "may still appear", `id = "ID"`)
	}
	for _, id := range tc.listed {
		requireText(f.t, diags, fmt.Sprintf("id = %q", id), "terraform import paymentlinks_memory_link.NAME "+id, "https://pay.example/"+id[strings.Index(id, "/")+1:])
	}
	if got := strings.Count(diags.String(), "import {"); got != max(1, len(tc.listed)) {
		f.t.Errorf("%d import blocks: %s", got, diags)
	}
	if len(tc.listed) == 1 { // what it says works
		f.store.ShowHidden = true
		found := mustImport(f.t, f, tc.listed[0])
		if plan := f.Plan(resourceType, found, tc.config); plan.Action == protocoltest.Replace || plan.HasError() {
			f.t.Errorf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
		}
	}
}

// What an earlier create left behind, and what shows only later, is not taken for a later create's where dates tell.
func TestOrphanOfAnEarlierCreate(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.store.CreationTimes = true
	f.store.ListLag = 20 * time.Second
	f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["no word"], After: true})
	_, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, answeredConfig())
	requireCounts(t, diags, 1, 0)
	f.clock.Advance(time.Minute)
	f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["no word"]})
	state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, answeredConfig())
	if requireCounts(t, diags, 1, 0); state.Exists() {
		t.Errorf("took %s over", state.Text("id"))
	}
	requireText(t, diags, "may exist")
}

// Without dates and without a count, one candidate is doubt, not a choice.
func TestCreateWithoutEvidence(t *testing.T) {
	t.Parallel()
	f := newFixture(t, onePartIdentity)
	f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["500"], After: true})
	state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, answeredConfig())
	if requireCounts(t, diags, 1, 0); state.Exists() {
		t.Errorf("in state: %s", state.Raw)
	}
	requireText(t, diags, `id = "pl-1"`, "terraform import paymentlinks_memory_link.NAME pl-1")
	requireText(t, diags, errorParts(failures()["500"])...)
	f.requireCalls("create=1 list=1")
}

func TestCreateWithAnUnknownOutcomeAndNoList(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["no word"]})
	f.store.FailAlways(memdriver.CallList, failures()["503"])
	_, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, fullConfig())
	requireCounts(t, diags, 1, 0)
	requireText(t, diags, "may exist", "connection reset by peer", "Looking for it failed too", `id = "ID"`)
	requireText(t, diags, errorParts(failures()["503"])...)
	f.requireCalls("create=1 list=4")
}

// TestKeyedCreate: under a promise that one key makes one link, what a 5xx left open is asked again once nothing shows.
func TestKeyedCreate(t *testing.T) {
	t.Parallel()
	lost := func(name string, after bool) memdriver.Fault {
		return memdriver.Fault{Err: failures()[name], After: after}
	}
	for name, tc := range map[string]struct {
		faults  []memdriver.Fault
		prepare func(*fixture)
		asked   string
		adopted bool
		fails   string
		warned  string
		live    int
	}{
		"nothing was done":                 {faults: []memdriver.Fault{lost("500", false)}, asked: "create=2 list=5", live: 1},
		"it was done":                      {faults: []memdriver.Fault{lost("500", true)}, asked: "create=1 list=1", adopted: true, live: 1},
		"twice nothing":                    {faults: []memdriver.Fault{lost("500", false), lost("503", false)}, asked: "create=3 list=9", live: 1},
		"nothing, then done":               {faults: []memdriver.Fault{lost("500", false), lost("503", true)}, asked: "create=2 list=5", adopted: true, live: 1},
		"never":                            {faults: []memdriver.Fault{lost("500", false), lost("500", false), lost("500", false), lost("500", false)}, asked: "create=3 list=12", fails: "may exist"},
		"no answer is not asked again":     {faults: []memdriver.Fault{lost("no word", false)}, asked: "create=1 list=4", fails: "may exist"},
		"then a refusal":                   {faults: []memdriver.Fault{lost("500", false), {Err: refusal()}}, asked: "create=2 list=8", fails: "may exist"},
		"a list that fails proves nothing": {faults: []memdriver.Fault{lost("500", true)}, prepare: func(f *fixture) { f.store.FailAlways(memdriver.CallList, failures()["503"]) }, asked: "create=1 list=4", fails: "may exist", live: 1},
		"a promise that was not kept": {faults: []memdriver.Fault{lost("500", true)}, prepare: func(f *fixture) {
			f.store.ForgetKeys, f.store.ListLag, f.store.CreateTime = true, 8500*time.Millisecond, time.Second
		}, asked: "create=2 list=5", warned: "Another Memory payment link may have been created", live: 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.store.CreationTimes, f.store.IdempotencyKeys = true, true
			for _, next := range tc.faults {
				f.store.FailNext(memdriver.CallCreate, next)
			}
			if tc.prepare != nil {
				tc.prepare(f)
			}
			state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, answeredConfig())
			f.requireCalls(tc.asked)
			switch {
			case tc.fails != "":
				requireCounts(t, diags, 1, 0)
				requireText(t, diags, tc.fails)
			case tc.adopted:
				requireCounts(t, diags, 0, 1)
				requireText(t, diags, "Took over", "pl-1")
			case tc.warned != "":
				requireCounts(t, diags, 0, 1)
				requireText(t, diags, tc.warned, "pl-1", "https://pay.example/pl-1")
			default:
				requireCounts(t, diags, 0, 0)
			}
			if state.Exists() == (tc.fails != "") || f.store.Payable() != tc.live {
				t.Errorf("in state %t, %d live links: %s", state.Exists(), f.store.Payable(), diags)
			}
			if keys := f.store.Keys(); len(keys) == 0 || strings.Count(strings.Join(keys, " "), keys[0]) != len(keys) {
				t.Errorf("keys %q", keys)
			}
		})
	}
}

func refusal() *rest.Error {
	refused := *failures()["400"]
	refused.Outcome = rest.NotApplied
	return &refused
}

// TestEqualCreatesTakeTurns: creates of equal content could not be told apart; others do not wait.
func TestEqualCreatesTakeTurns(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		config func(i int) Object
		most   int
	}{
		"equal": {func(int) Object { return answeredConfig() }, 1},
		"different policies": {func(i int) Object {
			return withOverrides(answeredConfig(), Object{"on_destroy": []string{"abandon", "fail"}[i%2]})
		}, 1},
		"different":       {func(i int) Object { return withOverrides(answeredConfig(), Object{"title": fmt.Sprint(i)}) }, 5},
		"another project": {func(i int) Object { return withOverrides(answeredConfig(), Object{"project": fmt.Sprint(i)}) }, 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.store.CreationTimes = true
			gate := newGate(tc.most)
			f.store.BeforeCreate = gate.enter
			for range 2 { // two of the five answers are lost
				f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["no word"], After: true})
			}
			ids := make([]string, 5)
			var group sync.WaitGroup
			for i := range ids {
				group.Go(func() {
					state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, tc.config(i))
					if diags.HasError() {
						t.Error(diags)
						return
					}
					ids[i] = state.Text("id")
				})
			}
			group.Wait()
			distinct := map[string]bool{}
			for _, id := range ids {
				distinct[id] = true
			}
			if len(distinct) != 5 || f.store.Payable() != 5 {
				t.Errorf("ids %q, %d live links", ids, f.store.Payable())
			}
			if got := gate.maxSeen(); got != tc.most {
				t.Errorf("%d creates at once, want %d", got, tc.most)
			}
		})
	}
}

// createGate lets creates meet: it holds each until as many as may run at once are there, or a moment has passed.
type createGate struct {
	mu                     sync.Mutex
	want, current, maximum int
	full                   chan struct{}
}

func newGate(want int) *createGate { return &createGate{want: want, full: make(chan struct{})} }

func (g *createGate) enter(ctx context.Context) {
	g.mu.Lock()
	g.current++
	g.maximum = max(g.maximum, g.current)
	if g.current == g.want && g.want > 1 {
		close(g.full)
	}
	g.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
	if g.want > 1 {
		cancel()
		ctx, cancel = context.WithTimeout(context.Background(), 10*time.Second)
	}
	defer cancel()
	select {
	case <-g.full:
	case <-ctx.Done():
	}
	g.mu.Lock()
	g.current--
	g.mu.Unlock()
}

func (g *createGate) maxSeen() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.maximum
}
