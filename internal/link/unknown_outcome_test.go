package link_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// withoutCreationTime is a vendor whose answers hold no creation time.
func withoutCreationTime(o *memdriver.Options) { o.Info.NoCreationTime = true }

// createExternal creates a link that this process does not know.
func createExternal(f *fixture, config Object) {
	f.withConfig(Object{}).createManaged(config)
}

// createManaged creates a link for another resource of this process.
func (f *fixture) createManaged(config Object) {
	f.t.Helper()
	if _, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, config); len(diags) > 0 {
		f.t.Fatal(diags)
	}
	f.store.TakeCalls()
}

// unknownOutcome is a create with an unknown outcome, and what must follow.
type unknownOutcome struct {
	prepare func(f *fixture)
	lost    bool // the vendor did not carry it out
	config  Object
	adopted string   // id of the link that is in state then
	listed  []string // else: the candidates that the error names
	calls   string
	near    bool // what is listed is of similar content
	// different: what is listed plans a replacement, because it is not the same link to the letter.
	different bool
}

// externalTwin creates a link of this content, now and outside of this process.
func externalTwin(config Object) func(*fixture) {
	return func(f *fixture) { createExternal(f, config) }
}

// agedTwin creates one some time before the attempt.
func agedTwin(config Object, age time.Duration) func(*fixture) {
	return func(f *fixture) {
		createExternal(f, config)
		f.clock.Advance(age)
	}
}

// managedTwin creates one that another resource of this process manages.
func managedTwin(config Object) func(*fixture) {
	return func(f *fixture) { f.createManaged(config) }
}

// Where answers hold a creation time, the one link of this content that was created since the attempt began is adopted; never an
// older one, never a managed one, and none of two.
func TestUnknownCreateIsSettledByCreationTimes(t *testing.T) {
	t.Parallel()
	known := answeredConfig()
	for name, tc := range map[string]unknownOutcome{
		"carried out":                 {config: known, adopted: "pl-1", calls: "create=1 list=1"},
		"carried out, small":          {config: minimalConfig(), adopted: "pl-1", calls: "create=1 list=1"},
		"not carried out":             {lost: true, config: known, calls: "create=1 list=4"},
		"in another project":          {config: withOverrides(known, Object{"project": "elsewhere"}), adopted: "pl-1", calls: "create=1 list=1"},
		"a twin in another project":   {prepare: externalTwin(withOverrides(known, Object{"project": "elsewhere"})), config: known, adopted: "pl-2", calls: "create=1 list=1"},
		"an older twin":               {prepare: agedTwin(known, 3*time.Second), config: known, adopted: "pl-2", calls: "create=1 list=1"},
		"an older twin, and no other": {prepare: agedTwin(known, 3*time.Second), lost: true, config: known, calls: "create=1 list=4"},
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
		"nobody told the time, and a twin of before": {lost: true, prepare: func(f *fixture) {
			f.store.NoDate = true
			createExternal(f, known)
			f.clock.Advance(30 * time.Second)
		}, config: known, listed: []string{"proj/pl-1"}, calls: "create=1 list=1"},
		"a twin from the future": {lost: true, prepare: func(f *fixture) {
			createExternal(f, known)
			f.store.Change("pl-1", func(l *memdriver.Link) { l.Created = l.Created.Add(time.Hour) })
			f.store.ListLag = -2 * time.Hour
		}, config: known, listed: []string{"proj/pl-1"}, calls: "create=1 list=1"},
		"a twin one second old":               {prepare: agedTwin(known, time.Second), config: known, adopted: "pl-2", calls: "create=1 list=1"},
		"a twin one second old, and no other": {prepare: agedTwin(known, time.Second), lost: true, config: known, calls: "create=1 list=4"},
		"a twin one second old, and a time that is known to a second": {lost: true, prepare: func(f *fixture) {
			agedTwin(known, time.Second)(f)
			f.store.Ahead, f.store.Blur = -time.Second/2, time.Second
		}, config: known, listed: []string{"proj/pl-1"}, calls: "create=1 list=6"},
		"of a time that is known to a second": {prepare: func(f *fixture) { f.store.Ahead, f.store.Blur = -time.Second/2, time.Second }, config: known, adopted: "pl-1", calls: "create=1 list=1"},
		"a Date hours behind": {prepare: func(f *fixture) {
			externalTwin(known)(f)
			f.clock.Advance(30 * time.Second)
			f.store.Ahead = -3 * time.Hour
		}, lost: true, config: known, listed: []string{"proj/pl-1"}, calls: "create=1 list=1"},
		"the year 9999": {lost: true, prepare: func(f *fixture) {
			externalTwin(known)(f)
			f.store.Change("pl-1", func(l *memdriver.Link) { l.Created = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC) })
			f.store.ListLag = math.MinInt64
		}, config: known, listed: []string{"proj/pl-1"}, calls: "create=1 list=1"},
		"nobody told the time":  {prepare: func(f *fixture) { f.store.NoDate = true; agedTwin(known, 3*time.Second)(f) }, config: known, listed: []string{"proj/pl-1", "proj/pl-2"}, calls: "create=1 list=1"},
		"activation comes then": {config: withOverrides(known, Object{"activate": true}), adopted: "pl-1", calls: "activate=1 create=1 list=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.store.CreationTimes = true
			tc.run(f)
		})
	}
}

// Equal links that have ended, as after a destroy, cost no further list.
func TestEndedTwinsCostNoList(t *testing.T) {
	t.Parallel()
	f := newFixture(t, withoutCreationTime)
	for i := range 3 {
		config := answeredConfig(Object{"title": fmt.Sprint("Order ", i)})
		createExternal(f, config)
		f.store.SetStatus(fmt.Sprint("pl-", i+1), "CANCELED")
	}
	for i, want := range []string{"create=1 list=1", "create=1", "create=1"} {
		f.ApplyConfig(protocoltest.State{}, resourceType, answeredConfig(Object{"title": fmt.Sprint("Order ", i)}))
		f.requireCalls(want)
	}
}

// A link that may be somebody else's, made since the list was last read, is taken over with a word about that; none that was read for this
// create is.
func TestAdoptedWithoutAFreshList(t *testing.T) {
	t.Parallel()
	for _, fresh := range []bool{true, false} {
		f := newFixture(t, withoutCreationTime)
		if !fresh {
			f.createManaged(answeredConfig(Object{"title": "First"}))
		}
		f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["connection lost"], After: true})
		_, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, answeredConfig())
		requireText(t, diags, "Adopted")
		if told := strings.Contains(diags.String(), "Memory does not say when a link was created"); told == fresh {
			t.Errorf("fresh: %t, %s", fresh, diags)
		}
	}
}

// Where answers hold no creation time, the links that existed before the first create are recorded.
func TestUnknownCreateIsSettledByASnapshot(t *testing.T) {
	t.Parallel()
	known := answeredConfig()
	fails := memdriver.Fault{Err: failures()["connection lost"]}
	for name, tc := range map[string]unknownOutcome{
		"carried out": {config: known, adopted: "pl-1", calls: "create=1 list=2"},
		"a twin after the count, and no other, where others make such links": {prepare: func(f *fixture) {
			createExternal(f, known)
			managedTwin(withOverrides(known, Object{"title": "First"}))(f)
			createExternal(f, known)
		}, lost: true, config: known, calls: "create=1 list=5"},
		"a twin after the count, and no other, after a create that was lost": {prepare: func(f *fixture) {
			f.store.FailNext(memdriver.CallCreate, fails)
			f.ApplyConfig(protocoltest.State{}, resourceType, withOverrides(known, Object{"title": "First"}))
			createExternal(f, known)
			f.store.TakeCalls()
		}, lost: true, config: known, calls: "create=1 list=5"},
		"a twin after the count, and no other, a minute later": {prepare: func(f *fixture) {
			managedTwin(withOverrides(known, Object{"title": "First"}))(f)
			createExternal(f, known)
			f.clock.Advance(61 * time.Second)
		}, lost: true, config: known, calls: "create=1 list=5"},
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
	f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["connection lost"], After: !tc.lost})
	state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, tc.config)
	f.requireCalls(tc.calls)
	if made := f.store.Payable() - before; made != map[bool]int{true: 1}[!tc.lost] {
		f.t.Errorf("%d links were made", made)
	}
	if tc.adopted != "" {
		requireCounts(f.t, diags, 0, 1)
		requireText(f.t, diags, "Adopted the Memory payment link", "connection reset by peer", tc.adopted, "https://pay.example/"+tc.adopted, "No second link was created")
		if state.Text("id") != tc.adopted {
			f.t.Errorf("%q is in state", state.Text("id"))
		}
		f.requireNoDrift(state, tc.config)
		return
	}
	requireCounts(f.t, diags, 1, 0)
	requireText(f.t, diags, "Unknown whether the Memory payment link was created", "may exist", "connection reset by peer", "import {", "to = paymentlinks_memory_link.NAME", "creates another link")
	if state.Exists() {
		f.t.Errorf("in state: %s", state.Raw)
	}
	if tc.near {
		requireText(f.t, diags, "no link with exactly this content")
	}
	if len(tc.listed) == 0 {
		requireText(f.t, diags, "No matching link", "may still appear", `id = "ID"`)
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
		if plan := f.Plan(resourceType, found, tc.config); (plan.Action == protocoltest.Replace) != tc.different || plan.HasError() {
			f.t.Errorf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
		}
	}
}

// A link that only its spelling, or something that it leaves out, tells apart is named in the error, and neither adopted nor
// overlooked. Other money is another link.
func TestNearMatchIsNamedAndNotAdopted(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		other  Object
		listed []string
	}{
		"another case":           {Object{"title": "ORDER 42"}, []string{"proj/pl-1"}},
		"without blanks":         {Object{"title": "Order42"}, []string{"proj/pl-1"}},
		"cut off":                {Object{"title": "Order"}, []string{"proj/pl-1"}},
		"a text left out":        {Object{"return_url": nil}, []string{"proj/pl-1"}},
		"another text":           {Object{"title": "Order 43"}, nil},
		"another amount":         {Object{"title": "ORDER 42", "lines": List{Object{"name": "Chair", "price": Object{"value": "10"}}}}, nil},
		"another limit":          {Object{"title": "ORDER 42", "limit": 4}, nil},
		"another unique text":    {Object{"grade": "express 2"}, nil},
		"a unique text, in caps": {Object{"grade": "EXPRESS"}, []string{"proj/pl-1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, func(o *memdriver.Options) { o.Info.Unique = []string{"grade"} })
			f.store.CreationTimes = true
			unknownOutcome{
				prepare: externalTwin(answeredConfig(tc.other)), lost: true, config: answeredConfig(), listed: tc.listed, near: len(tc.listed) > 0,
				calls: "create=1 list=4", different: name != "a text left out",
			}.run(f)
		})
	}
}

// The link itself is adopted although a near match stands beside it, also if the list shows it later.
func TestNearMatchDoesNotHideTheLink(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.store.CreationTimes = true
	f.store.ListLag = 3 * time.Second
	unknownOutcome{prepare: externalTwin(answeredConfig(Object{"title": "ORDER 42"})), config: answeredConfig(), adopted: "pl-2", calls: "create=1 list=3"}.run(f)
}

// A create that is answered with a link that this process knows made another one, or none.
func TestCreateAnsweredWithAKnownLink(t *testing.T) {
	t.Parallel()
	for name, know := range map[string]func(f *fixture) *fixture{
		"created by this process": func(f *fixture) *fixture { managedTwin(answeredConfig(Object{"title": "First"}))(f); return f },
		"read": func(f *fixture) *fixture {
			state := f.mustCreate(answeredConfig(Object{"title": "First"}))
			f = f.withConfig(Object{})
			f.mustRefresh(state)
			return f
		},
		"planned": func(f *fixture) *fixture {
			state := f.mustCreate(answeredConfig(Object{"title": "First"}))
			f = f.withConfig(Object{})
			f.Plan(resourceType, state, answeredConfig(Object{"title": "First"}))
			return f
		},
		"in the snapshot": func(f *fixture) *fixture {
			f = newFixture(f.t, withoutCreationTime)
			externalTwin(answeredConfig(Object{"title": "First"}))(f)
			return f
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.store.CreationTimes = true
			f = know(f)
			f.store.TakeCalls()
			f.store.Instead[memdriver.CallCreate] = "pl-1"
			state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, answeredConfig())
			if requireCounts(t, diags, 0, 1); state.Text("id") != "pl-2" || f.store.Payable() != 2 {
				t.Errorf("%q is in state, %d live links", state.Text("id"), f.store.Payable())
			}
			requireText(t, diags, "Adopted", "returned link pl-1, which existed before")
		})
	}
}

// A link of an earlier create that the list shows late is not adopted by a later create, because of its creation time, or of a list that
// is read in between.
func TestLateLinkOfAnEarlierCreateIsNotAdopted(t *testing.T) {
	t.Parallel()
	for name, options := range map[string][]func(*memdriver.Options){"dated": nil, "undated": {withoutCreationTime}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, options...)
			f.store.CreationTimes = true
			f.store.ListLag = 20 * time.Second
			f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["connection lost"], After: true})
			_, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, answeredConfig())
			requireCounts(t, diags, 1, 0)
			f.clock.Advance(time.Minute)
			f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["connection lost"]})
			state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, answeredConfig())
			if requireCounts(t, diags, 1, 0); state.Exists() {
				t.Errorf("took %s over", state.Text("id"))
			}
			requireText(t, diags, "may exist")
		})
	}
}

// Without creation times and without a snapshot, a single candidate is not adopted.
func TestLinkWithoutEvidenceIsNotAdopted(t *testing.T) {
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

func TestUnknownCreateWhoseSearchFails(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["connection lost"]})
	f.store.FailAlways(memdriver.CallList, failures()["503"])
	_, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, fullConfig())
	requireCounts(t, diags, 1, 0)
	requireText(t, diags, "may exist", "connection reset by peer", "The search for it failed too", `data "paymentlinks_memory_links"`, `id = "ID"`)
	requireText(t, diags, errorParts(failures()["503"])...)
	f.requireCalls("create=1 list=4")
}

// At a vendor with idempotency keys a create that a 5xx left unknown is sent again once the list shows nothing.
func TestCreateIsRetriedUnderItsIdempotencyKey(t *testing.T) {
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
		"not carried out":                   {faults: []memdriver.Fault{lost("500", false)}, asked: "create=2 list=8", warned: "pl-1", live: 1},
		"carried out":                       {faults: []memdriver.Fault{lost("500", true)}, asked: "create=1 list=1", adopted: true, live: 1},
		"twice not carried out":             {faults: []memdriver.Fault{lost("500", false), lost("503", false)}, asked: "create=3 list=12", warned: "no other link", live: 1},
		"carried out at the second attempt": {faults: []memdriver.Fault{lost("500", false), lost("503", true)}, asked: "create=2 list=9", adopted: true, warned: "no other link", live: 1},
		"never":                             {faults: []memdriver.Fault{lost("500", false), lost("500", false), lost("500", false), lost("500", false)}, asked: "create=3 list=12", fails: "may exist"},
		"a lost connection is not retried":  {faults: []memdriver.Fault{lost("connection lost", false)}, asked: "create=1 list=4", fails: "may exist"},
		"then a refusal":                    {faults: []memdriver.Fault{lost("500", false), {Err: refusal()}}, asked: "create=2 list=8", fails: "may exist"},
		"a list that fails proves nothing":  {faults: []memdriver.Fault{lost("500", true)}, prepare: func(f *fixture) { f.store.FailAlways(memdriver.CallList, failures()["503"]) }, asked: "create=1 list=4", fails: "may exist", live: 1},
		"a vendor that forgets keys": {faults: []memdriver.Fault{lost("500", true)}, prepare: func(f *fixture) {
			f.store.ForgetKeys, f.store.ListLag, f.store.CreateTime = true, 8500*time.Millisecond, time.Second
		}, asked: "create=2 list=5", warned: "https://pay.example/pl-1", live: 2},
		"one that is listed as late as can be": {faults: []memdriver.Fault{lost("500", true)}, prepare: func(f *fixture) {
			f.store.ForgetKeys, f.store.ListLag, f.store.CreateTime = true, 14*time.Second, time.Second
		}, asked: "create=2 list=8", warned: "https://pay.example/pl-1", live: 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, func(o *memdriver.Options) { o.Info.Unique = []string{"grade"} })
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
				requireText(t, diags, "Adopted", "pl-1")
			}
			if tc.warned != "" { // at every second request
				requireText(t, diags, "Another Memory payment link may have been created", "`grade` \"express\"", tc.warned)
			}
			if want := map[bool]int{true: 1}[tc.adopted] + map[bool]int{true: 1}[tc.warned != ""]; tc.fails == "" {
				requireCounts(t, diags, 0, want)
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
