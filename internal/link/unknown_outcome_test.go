package link_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// undated is a vendor whose answers do not say when a link was made.
func undated(w *world) { w.about.NoCreationTime = true }

// stranger makes a link that this process does not know.
func stranger(w *world, config Object) {
	w.as(Object{}).mine(config)
}

// mine makes a link that is in another resource's state.
func (w *world) mine(config Object) {
	w.t.Helper()
	if _, _, diags := w.ApplyConfig(protocoltest.State{}, kind, config); len(diags) > 0 {
		w.t.Fatal(diags)
	}
	w.bank.taken()
}

// unanswered is a create of which nobody knows what became, and what has to come of it.
type unanswered struct {
	prepare func(w *world)
	lost    bool // before the vendor carried it out
	config  Object
	adopted string   // the link that is in state then
	listed  []string // else: the candidates that the error names
	asked   string
}

// twin is a link of the same content, made just now by somebody else.
func twin(config Object) func(*world) { return func(w *world) { stranger(w, config) } }

// older is a twin from before the attempt.
func older(config Object) func(*world) {
	return func(w *world) {
		stranger(w, config)
		w.clock.Advance(3 * time.Second)
	}
}

// managed is a twin that is in another resource's state.
func managed(config Object) func(*world) {
	return func(w *world) { w.mine(config) }
}

// TestCreateOfDatedLinks: where the vendor says when a link was made, the one link with this content that was made since
// is taken over. Never an older one, never one that is known, and no choice between two.
func TestCreateOfDatedLinks(t *testing.T) {
	t.Parallel()
	known := described()
	for name, tc := range map[string]unanswered{
		"carried out":                 {config: known, adopted: "pl-1", asked: "create=1 list=1"},
		"carried out, small":          {config: small(), adopted: "pl-1", asked: "create=1 list=1"},
		"not carried out":             {lost: true, config: known, asked: "create=1 list=4"},
		"in another project":          {config: with(known, Object{"project": "elsewhere"}), adopted: "pl-1", asked: "create=1 list=1"},
		"a twin in another project":   {prepare: twin(with(known, Object{"project": "elsewhere"})), config: known, adopted: "pl-2", asked: "create=1 list=1"},
		"an older twin":               {prepare: older(known), config: known, adopted: "pl-2", asked: "create=1 list=1"},
		"an older twin, and no other": {prepare: older(known), lost: true, config: known, asked: "create=1 list=4"},
		"a twin in this state":        {prepare: managed(known), config: known, adopted: "pl-2", asked: "create=1 list=1"},
		"only one in this state":      {prepare: managed(known), lost: true, config: known, asked: "create=1 list=4"},
		"a twin of the same second":   {prepare: twin(known), config: known, listed: []string{"proj/pl-1", "proj/pl-2"}, asked: "create=1 list=1"},
		"an ended twin":               {prepare: func(w *world) { stranger(w, known); w.bank.become("pl-1", "CANCELED") }, config: known, adopted: "pl-2", asked: "create=1 list=1"},
		"another title":               {prepare: twin(with(known, Object{"title": "Order 43"})), lost: true, config: known, asked: "create=1 list=4"},
		"another amount":              {prepare: twin(put(known, "lines.0.price.value", "10.01")), config: known, adopted: "pl-2", asked: "create=1 list=1"},
		"other hidden fields":         {prepare: twin(put(known, "pin", "9")), lost: true, config: known, adopted: "pl-1", asked: "create=1 list=1"},
		"the list lags for 3 s":       {prepare: func(w *world) { w.bank.lag = 3 * time.Second }, config: known, adopted: "pl-1", asked: "create=1 list=3"},
		"the list lags for 5 s":       {prepare: func(w *world) { w.bank.lag = 5 * time.Second }, config: known, adopted: "pl-1", asked: "create=1 list=4"},
		"the list lags for longer":    {prepare: func(w *world) { w.bank.lag = 8 * time.Second }, config: known, asked: "create=1 list=4"},
		"the list fails once":         {prepare: func(w *world) { w.bank.failNext(callList, fault{err: failures()["503"]}) }, config: known, adopted: "pl-1", asked: "create=1 list=2"},
		"nobody told the time":        {prepare: func(w *world) { w.bank.untold = true; older(known)(w) }, config: known, listed: []string{"proj/pl-1", "proj/pl-2"}, asked: "create=1 list=1"},
		"activation comes then":       {config: with(known, Object{"activate": true}), adopted: "pl-1", asked: "activate=1 create=1 list=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			w.bank.dated = true
			tc.run(w)
		})
	}
}

// TestCreateOfUndatedLinks: where it does not say so, what existed before the first create is noted.
func TestCreateOfUndatedLinks(t *testing.T) {
	t.Parallel()
	known := described()
	for name, tc := range map[string]unanswered{
		"carried out":                 {config: known, adopted: "pl-1", asked: "create=1 list=2"},
		"not carried out":             {lost: true, config: known, asked: "create=1 list=5"},
		"an older twin":               {prepare: twin(known), config: known, adopted: "pl-2", asked: "create=1 list=2"},
		"an older twin, and no other": {prepare: twin(known), lost: true, config: known, asked: "create=1 list=5"},
		"a twin in this state":        {prepare: managed(known), config: known, adopted: "pl-2", asked: "create=1 list=1"},
		"a twin after the count": {prepare: func(w *world) { managed(with(known, Object{"title": "First"}))(w); stranger(w, known) }, config: known,
			listed: []string{"proj/pl-2", "proj/pl-3"}, asked: "create=1 list=1"},
		"the count failed":      {prepare: func(w *world) { w.bank.failNext(callList, fault{err: failures()["503"]}) }, config: known, listed: []string{"proj/pl-1"}, asked: "create=1 list=2"},
		"the list lags for 5 s": {prepare: func(w *world) { w.bank.lag = 5 * time.Second }, config: known, adopted: "pl-1", asked: "create=1 list=5"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tc.run(start(t, undated))
		})
	}
}

func (tc unanswered) run(w *world) {
	w.t.Helper()
	if tc.prepare != nil {
		tc.prepare(w)
	}
	before := w.bank.live()
	w.bank.failNext(callCreate, fault{err: failures()["no word"], after: !tc.lost})
	state, _, diags := w.ApplyConfig(protocoltest.State{}, kind, tc.config)
	w.calls(tc.asked)
	if made := w.bank.live() - before; made != map[bool]int{true: 1}[!tc.lost] {
		w.t.Errorf("%d links were made", made)
	}
	if tc.adopted != "" {
		count(w.t, diags, 0, 1)
		says(w.t, diags, "Took over the Memory payment link", "connection reset by peer", tc.adopted, "https://pay.example/"+tc.adopted, "no other was created")
		if state.Text("id") != tc.adopted {
			w.t.Errorf("%q is in state", state.Text("id"))
		}
		w.settled(state, tc.config)
		return
	}
	count(w.t, diags, 1, 0)
	says(w.t, diags, "Cannot tell whether the Memory payment link was created", "may exist", "connection reset by peer", "import {", "to = paymentlinks_memory_link.NAME", "creates another link")
	if state.Exists() {
		w.t.Errorf("in state: %s", state.Raw)
	}
	if len(tc.listed) == 0 {
		says(w.t, diags, "none with this content", "may still appear", `id = "ID"`)
	}
	for _, id := range tc.listed {
		says(w.t, diags, fmt.Sprintf("id = %q", id), "terraform import paymentlinks_memory_link.NAME "+id, "https://pay.example/"+id[strings.Index(id, "/")+1:])
	}
	if got := strings.Count(diags.String(), "import {"); got != max(1, len(tc.listed)) {
		w.t.Errorf("%d import blocks: %s", got, diags)
	}
	if len(tc.listed) == 1 { // what it says works
		w.bank.shows = true
		found := imported(w.t, w, tc.listed[0])
		if plan := w.Plan(kind, found, tc.config); plan.Action == protocoltest.Replace || plan.HasError() {
			w.t.Errorf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
		}
	}
}

// What an earlier create left behind, and what shows only later, is not taken for a later create's where dates tell.
func TestOrphanOfAnEarlierCreate(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.bank.dated = true
	w.bank.lag = 20 * time.Second
	w.bank.failNext(callCreate, fault{err: failures()["no word"], after: true})
	_, _, diags := w.ApplyConfig(protocoltest.State{}, kind, described())
	count(t, diags, 1, 0)
	w.clock.Advance(time.Minute)
	w.bank.failNext(callCreate, fault{err: failures()["no word"]})
	state, _, diags := w.ApplyConfig(protocoltest.State{}, kind, described())
	if count(t, diags, 1, 0); state.Exists() {
		t.Errorf("took %s over", state.Text("id"))
	}
	says(t, diags, "may exist")
}

// Without dates and without a count, one candidate is doubt, not a choice.
func TestCreateWithoutEvidence(t *testing.T) {
	t.Parallel()
	w := start(t, unscoped)
	w.bank.failNext(callCreate, fault{err: failures()["500"], after: true})
	state, _, diags := w.ApplyConfig(protocoltest.State{}, kind, described())
	if count(t, diags, 1, 0); state.Exists() {
		t.Errorf("in state: %s", state.Raw)
	}
	says(t, diags, `id = "pl-1"`, "terraform import paymentlinks_memory_link.NAME pl-1")
	says(t, diags, parts(failures()["500"])...)
	w.calls("create=1 list=1")
}

func TestCreateWithAnUnknownOutcomeAndNoList(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.bank.failNext(callCreate, fault{err: failures()["no word"]})
	w.bank.failAlways(callList, failures()["503"])
	_, _, diags := w.ApplyConfig(protocoltest.State{}, kind, full())
	count(t, diags, 1, 0)
	says(t, diags, "may exist", "connection reset by peer", "Looking for it failed too", `id = "ID"`)
	says(t, diags, parts(failures()["503"])...)
	w.calls("create=1 list=4")
}

// TestKeyedCreate: under a promise that one key makes one link, what a 5xx left open is asked again once nothing shows.
func TestKeyedCreate(t *testing.T) {
	t.Parallel()
	lost := func(name string, after bool) fault { return fault{err: failures()[name], after: after} }
	for name, tc := range map[string]struct {
		faults  []fault
		prepare func(*world)
		asked   string
		adopted bool
		fails   string
		warned  string
		live    int
	}{
		"nothing was done":                 {faults: []fault{lost("500", false)}, asked: "create=2 list=5", live: 1},
		"it was done":                      {faults: []fault{lost("500", true)}, asked: "create=1 list=1", adopted: true, live: 1},
		"twice nothing":                    {faults: []fault{lost("500", false), lost("503", false)}, asked: "create=3 list=9", live: 1},
		"nothing, then done":               {faults: []fault{lost("500", false), lost("503", true)}, asked: "create=2 list=5", adopted: true, live: 1},
		"never":                            {faults: []fault{lost("500", false), lost("500", false), lost("500", false), lost("500", false)}, asked: "create=3 list=12", fails: "may exist"},
		"no answer is not asked again":     {faults: []fault{lost("no word", false)}, asked: "create=1 list=4", fails: "may exist"},
		"then a refusal":                   {faults: []fault{lost("500", false), {err: refusal()}}, asked: "create=2 list=8", fails: "may exist"},
		"a list that fails proves nothing": {faults: []fault{lost("500", true)}, prepare: func(w *world) { w.bank.failAlways(callList, failures()["503"]) }, asked: "create=1 list=4", fails: "may exist", live: 1},
		"a promise that was not kept":      {faults: []fault{lost("500", true)}, prepare: func(w *world) { w.bank.lag = 8500 * time.Millisecond; w.bank.slow = time.Second }, asked: "create=2 list=5", warned: "Another Memory payment link may have been created", live: 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			w.bank.dated, w.bank.keyed = true, true
			for _, f := range tc.faults {
				w.bank.failNext(callCreate, f)
			}
			if tc.prepare != nil {
				tc.prepare(w)
			}
			state, _, diags := w.ApplyConfig(protocoltest.State{}, kind, described())
			w.calls(tc.asked)
			switch {
			case tc.fails != "":
				count(t, diags, 1, 0)
				says(t, diags, tc.fails)
			case tc.adopted:
				count(t, diags, 0, 1)
				says(t, diags, "Took over", "pl-1")
			case tc.warned != "":
				count(t, diags, 0, 1)
				says(t, diags, tc.warned, "pl-1", "https://pay.example/pl-1")
			default:
				count(t, diags, 0, 0)
			}
			if state.Exists() == (tc.fails != "") || w.bank.live() != tc.live {
				t.Errorf("in state %t, %d live links: %s", state.Exists(), w.bank.live(), diags)
			}
			if keys := w.bank.keys; len(keys) == 0 || strings.Count(strings.Join(keys, " "), keys[0]) != len(keys) {
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
		"equal":              {func(int) Object { return described() }, 1},
		"different policies": {func(i int) Object { return with(described(), Object{"on_destroy": []string{"abandon", "fail"}[i%2]}) }, 1},
		"different":          {func(i int) Object { return with(described(), Object{"title": fmt.Sprint(i)}) }, 5},
		"another project":    {func(i int) Object { return with(described(), Object{"project": fmt.Sprint(i)}) }, 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			w.bank.dated = true
			w.bank.gate = newGate(tc.most)
			for range 2 { // two of the five answers are lost
				w.bank.failNext(callCreate, fault{err: failures()["no word"], after: true})
			}
			ids := make([]string, 5)
			var group sync.WaitGroup
			for i := range ids {
				group.Go(func() {
					state, _, diags := w.ApplyConfig(protocoltest.State{}, kind, tc.config(i))
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
			if len(distinct) != 5 || w.bank.live() != 5 {
				t.Errorf("ids %q, %d live links", ids, w.bank.live())
			}
			if got := w.bank.gate.most(); got != tc.most {
				t.Errorf("%d creates at once, want %d", got, tc.most)
			}
		})
	}
}

// gate lets creates meet: it holds each until as many as may run at once are there, or a moment has passed.
type gate struct {
	mu            sync.Mutex
	want, in, max int
	full          chan struct{}
}

func newGate(want int) *gate { return &gate{want: want, full: make(chan struct{})} }

func (g *gate) enter(ctx context.Context) {
	g.mu.Lock()
	g.in++
	g.max = max(g.max, g.in)
	if g.in == g.want && g.want > 1 {
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
	g.in--
	g.mu.Unlock()
}

func (g *gate) most() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.max
}
