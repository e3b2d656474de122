package link_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// A link that ended before its vendor forgot it keeps its state: money for a paid one must not be asked for again, unless
// `replace_when` says so.
func TestForgottenLinkStaysPaidOrExpired(t *testing.T) {
	t.Parallel()
	for status, last := range map[string]string{"FINISHED": "paid", "EXPIRED": "expired"} {
		for _, policy := range []List{{"revoked"}, {"revoked", "paid", "expired"}} {
			t.Run(status+" "+quote(len(policy)), func(t *testing.T) {
				t.Parallel()
				f := newFixture(t)
				config := fullConfig(Object{"replace_when": policy})
				state := createOld(f, config)
				f.store.SetStatus("pl-1", status)
				state = f.mustRefresh(state)
				f.store.Forget("pl-1")
				for range 2 {
					after, diags := f.Refresh(state)
					requireCounts(t, diags, 0, 1)
					if after.Exists() == (len(policy) > 1) {
						t.Fatalf("in state: %v: %s", after.Exists(), diags)
					}
					if !after.Exists() {
						return
					}
					if state = after; state.Text("state") != last {
						t.Errorf("kept as %s", state.Text("state"))
					}
					if plan := f.Plan(resourceType, state, config); plan.Action != protocoltest.Nothing || len(plan.Diagnostics) > 0 {
						t.Errorf("%s: %s", plan.Action, plan.Diagnostics)
					}
				}
			})
		}
	}
}

func TestNotFoundRemovesOrKeepsByPolicy(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		changes []func(*memdriver.Options)
		config  Object
		removed bool
		calls   string
	}{
		"removed":                 {nil, fullConfig(), true, "get=1 list=1"},
		"removed, one part":       {[]func(*memdriver.Options){onePartIdentity}, fullConfig(), true, "get=1 list=1"},
		"removed, without a list": {[]func(*memdriver.Options){withoutList}, fullConfig(), true, "get=1"},
		"kept by the policy":      {nil, fullConfig(Object{"replace_when": List{"paid"}}), false, "get=1 list=1"},
		"kept by the default":     {[]func(*memdriver.Options){keepsEnded}, fullConfig(), false, "get=1 list=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, tc.changes...)
			state := createOld(f, tc.config)
			f.store.Forget("pl-1")
			after, diags := f.Refresh(state)
			requireCounts(t, diags, 0, 1)
			requireText(t, diags, "Memory payment link was deleted outside Terraform", "pl-1", "https://pay.example/pl-1")
			f.requireCalls(tc.calls)
			if after.Exists() == tc.removed {
				t.Fatalf("in state: %v", after.Exists())
			}
			if !tc.removed {
				if after.Text("state") != "revoked" || after.Text("status") != "ATTEMPT" || after.Text("id") != "pl-1" {
					t.Errorf("kept as %s", after.Raw)
				}
				requireText(t, diags, "`revoked`", "replace_when")
				plan := f.Plan(resourceType, after, tc.config)
				if plan.Action != protocoltest.Nothing || len(plan.Diagnostics) > 0 { // the refresh has said it
					t.Errorf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
				}
				return
			}
			if after.Identity == nil { // older Terraform demands one also of a resource that is removed
				t.Error("no identity after the removal")
			}
			state, plan, diags := f.ApplyConfig(protocoltest.State{}, resourceType, tc.config)
			if plan.Action != protocoltest.Create || len(diags) > 0 {
				t.Fatalf("%s: %s", plan.Action, diags)
			}
			f.requireNoDrift(state, tc.config)
		})
	}
}

func TestNotFoundUnderOtherCredentials(t *testing.T) {
	t.Parallel()
	one := []func(*memdriver.Options){onePartIdentity, revocable}
	for name, tc := range map[string]struct {
		changes   []func(*memdriver.Options)
		from, now Object
		parts     []string
	}{
		"other address":               {nil, Object{}, Object{"endpoint": "https://other.example"}, []string{"https://memory.example", "https://other.example"}},
		"other address, one part":     {one, Object{}, Object{"endpoint": "https://other.example"}, []string{"https://memory.example", "https://other.example"}},
		"other scope":                 {one, Object{}, Object{"project": "other"}, []string{`"proj"`, `"other"`}},
		"other name":                  {one, Object{"account": "shop"}, Object{"account": "bank"}, []string{`"shop"`, `"bank"`}},
		"other name, scoped":          {nil, Object{"account": "shop"}, Object{"account": "bank"}, []string{`"shop"`, `"bank"`}},
		"bare token":                  {one, Object{"project": "none"}, Object{"project": "none"}, []string{"`account`", "`memory`"}},
		"bare token, named only now":  {one, Object{"project": "none"}, Object{"project": "none", "account": "shop"}, []string{"`account`", "`memory`"}},
		"bare token, named only then": {one, Object{"project": "none", "account": "shop"}, Object{"project": "none"}, []string{"`account = \"shop\"`", "`memory`"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, tc.changes...).withConfig(tc.from)
			state := createOld(f, fullConfig(Object{"project": nil}))
			f.store.Forget("pl-1")
			now := f.withConfig(tc.now)
			after, diags := now.Refresh(state)
			requireCounts(t, diags, 1, 0)
			requireText(t, diags, "Cannot find Memory payment link", "No such link", "req-404", "terraform state rm", "removed")
			requireText(t, diags, tc.parts...)
			requireUnchanged(t, state, after)
			f.requireCalls("get=1")
			if len(tc.changes) == 0 {
				return
			}
			destroyed, diags := now.Apply(now.Plan(resourceType, state, nil))
			requireCounts(t, diags, 1, 0)
			requireText(t, diags, tc.parts...)
			requireUnchanged(t, state, destroyed)
			if name == "other address" || name == "other scope" || name == "other name" || name == "other address, one part" {
				f.requireCalls("") // proven: no request at all
			}
		})
	}
}

// An account name makes the 404 of a bare token believable, once a read under that name has found the link.
func TestAccountNameMakesANotFoundBelievable(t *testing.T) {
	t.Parallel()
	for _, from := range []Object{{"project": "none", "account": "shop"}, {"project": "none"}} {
		f := newFixture(t, onePartIdentity).withConfig(from)
		state := createOld(f, fullConfig())
		named := f.withConfig(Object{"project": "none", "account": "shop"})
		state = named.mustRefresh(state)
		f.store.Forget("pl-1")
		if state, diags := named.Refresh(state); state.Exists() || diags.HasError() {
			t.Errorf("created as %v: %s", from, diags)
		}
	}
}

// believers are what believes a 404, with the calls that it makes before: a refresh and a destroy.
var believers = map[string]func(*fixture, protocoltest.State) (protocoltest.State, protocoltest.Diagnostics){
	"get=1": func(f *fixture, state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics) {
		return f.Refresh(state)
	},
	"get=1 revoke=1": (*fixture).destroy,
}

func TestGatewaysNotFoundIsNotBelieved(t *testing.T) {
	t.Parallel()
	gateway := &rest.Error{Status: http.StatusNotFound, Body: "no such page"}
	for calls, act := range believers {
		f := newFixture(t, withoutList, revocable)
		state := createOld(f, fullConfig())
		f.store.FailAlways(memdriver.CallRevoke, gateway)
		f.store.FailAlways(memdriver.CallGet, gateway)
		after, diags := act(f, state)
		requireCounts(t, diags, 1, 0)
		requireText(t, diags, "404", "no such page", "gateway")
		requireUnchanged(t, state, after)
		f.requireCalls(calls)
	}
}

// What an answer leaves out proves nothing, and another value does.
func TestLeftOutValueIsKept(t *testing.T) {
	t.Parallel()
	for name, leaveOut := range map[string]func(*memdriver.Link){
		"title": func(l *memdriver.Link) { l.Title = "" }, "grade": func(l *memdriver.Link) { l.Grade = "" }, "url": func(l *memdriver.Link) { l.URL = "" },
		"lines": func(l *memdriver.Link) { l.Lines = nil }, "weight": func(l *memdriver.Link) { l.Lines[1].Weight = "" }, "limit": func(l *memdriver.Link) { l.Limit = 0 },
		"methods": func(l *memdriver.Link) { l.Methods = nil }, "contact": func(l *memdriver.Link) { l.Contact = nil }, "total": func(l *memdriver.Link) { l.Total = "" },
		"status": func(l *memdriver.Link) { l.Status = "" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			state := f.mustRefresh(createOld(f, fullConfig()))
			f.store.Change("pl-1", leaveOut)
			requireUnchanged(t, state, f.mustRefresh(state))
			f.requireNoDrift(state, fullConfig())
		})
	}
}

// The vendor answers 404 and yet lists the link, or cannot list.
func TestListedLinkIsNotGone(t *testing.T) {
	t.Parallel()
	for calls, act := range believers {
		f := newFixture(t, revocable)
		state := createOld(f, fullConfig())
		f.store.FailAlways(memdriver.CallRevoke, memdriver.NotFound())
		f.store.ReadsNothing = true
		for _, says := range [][]string{{"pl-1", "lists it"}, errorParts(failures()["503"])} {
			after, diags := act(f, state)
			requireCounts(t, diags, 1, 0)
			requireText(t, diags, says...)
			requireUnchanged(t, state, after)
			f.requireCalls(strings.Replace(calls, "get=1", "get=1 list=1", 1))
			f.store.FailNext(memdriver.CallList, memdriver.Fault{Err: failures()["503"]})
		}
	}
}

// Within a minute of the create a 404 is retried after 1, 2 and 4 seconds before it is believed.
func TestNotFoundOfANewLinkIsRetried(t *testing.T) {
	t.Parallel()
	s := time.Second
	for name, tc := range map[string]struct {
		age    time.Duration
		unseen int
		slept  []time.Duration
		found  bool
		calls  string
	}{
		"seen at the second look":  {0, 1, []time.Duration{s}, true, "get=2"},
		"seen at the last look":    {0, 3, []time.Duration{s, 2 * s, 4 * s}, true, "get=4"},
		"never seen":               {0, 9, []time.Duration{s, 2 * s, 4 * s}, true, "get=4"}, // in the first minute a 404 is no proof
		"at 50 seconds":            {50 * s, 3, []time.Duration{s, 2 * s, 4 * s}, true, "get=4"},
		"the minute ends meantime": {58 * s, 9, []time.Duration{s, 2 * s}, false, "get=3 list=1"},
		"after a minute":           {60 * s, 9, nil, false, "get=1 list=1"},
		"not a 404 at all":         {0, 0, nil, true, "get=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			state := f.mustCreate(fullConfig())
			f.clock.Advance(tc.age)
			f.store.UnseenReads = tc.unseen
			f.store.Unlisted["pl-1"] = true
			after, diags := f.Refresh(state)
			if diags.HasError() != (name == "never seen") || after.Exists() != tc.found {
				t.Errorf("found: %v, %s", after.Exists(), diags)
			}
			if !slices.Equal(f.clock.Sleeps(), tc.slept) {
				t.Errorf("slept %v, want %v", f.clock.Sleeps(), tc.slept)
			}
			f.requireCalls(tc.calls)
		})
	}
	t.Run("another error in between", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t)
		state := f.mustCreate(fullConfig())
		f.store.FailNext(memdriver.CallGet, memdriver.Fault{Err: memdriver.NotFound()})
		f.store.FailNext(memdriver.CallGet, memdriver.Fault{Err: &rest.Error{Status: 500, Message: "Broken"}})
		after, diags := f.Refresh(state)
		requireCounts(t, diags, 1, 0)
		requireUnchanged(t, state, after)
		f.requireCalls("get=2")
	})
}

func TestFailedReadKeepsTheState(t *testing.T) {
	t.Parallel()
	for name, err := range failures() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			state := createOld(f, fullConfig())
			f.store.FailAlways(memdriver.CallGet, err)
			after, diags := f.Refresh(state)
			requireCounts(t, diags, 1, 0)
			requireText(t, diags, "Cannot read Memory payment link")
			requireText(t, diags, errorParts(err)...)
			requireUnchanged(t, state, after)
			f.requireCalls("get=1")
		})
	}
	t.Run("an answer that does not fit", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t)
		state := createOld(f, fullConfig())
		f.store.InvalidAnswers = true
		after, diags := f.Refresh(state)
		if !diags.HasError() {
			t.Error("no error")
		}
		requireUnchanged(t, state, after)
	})
	t.Run("time-out", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t)
		state := createOld(f, fullConfig())
		f.store.FailAlways(memdriver.CallGet, context.DeadlineExceeded)
		after, diags := f.Refresh(state)
		requireCounts(t, diags, 1, 0)
		requireText(t, diags, "the time allowed for the operation has elapsed")
		requireUnchanged(t, state, after)
	})
}

// An answer about another link is none: nothing changes, and an error names both.
func TestAnswerAboutAnotherLink(t *testing.T) {
	t.Parallel()
	config := answeredConfig(Object{"activate": true})
	for name, do := range map[string]func(f *fixture, state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics){
		"refresh": func(f *fixture, state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics) {
			return f.Refresh(state)
		},
		"import": func(f *fixture, state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics) {
			imported, diags := f.Import(resourceType, "proj/pl-1")
			if imported.Exists() {
				f.t.Errorf("imported %s", imported.Raw)
			}
			return state, diags
		},
		"data source": func(f *fixture, state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics) {
			_, diags := f.ReadDataSource(resourceType, Object{"id": "pl-1"})
			return state, diags
		},
		"activation": func(f *fixture, state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics) {
			return f.Apply(f.Plan(resourceType, state, config))
		},
		"activate action": func(f *fixture, state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics) {
			_, diags := f.invoke(activateAction, "pl-1")
			return state, diags
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, revocable)
			state := createPending(t, f, config)
			createExternal(f, answeredConfig(Object{"title": "Other"}))
			f.store.Instead[memdriver.CallGet], f.store.Instead[memdriver.CallActivate] = "pl-2", "pl-2"
			after, diags := do(f, state)
			requireCounts(t, diags, 1, 0)
			requireText(t, diags, "pl-1", "another link than pl-1: pl-2")
			requireUnchanged(t, state, after)
		})
	}
}

// After a create, too: the new link stays in state, and its activation is tried again.
func TestActivationAnsweredWithAnotherLink(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	createExternal(f, answeredConfig())
	f.store.Instead[memdriver.CallActivate] = "pl-1"
	state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, fullConfig(Object{"activate": true}))
	if requireCounts(t, diags, 0, 1); state.Text("id") != "pl-2" || state.Tainted {
		t.Errorf("in state: %s", state.Raw)
	}
	requireText(t, diags, "not activated", "another link than pl-2: pl-1")
}

// A new link that has ended already is told: nobody can pay it.
func TestCreateAnsweredWithAnEndedLink(t *testing.T) {
	t.Parallel()
	for status, says := range map[string]string{"CANCELED": "`revoked`", "EXPIRED": "`expired`", "FINISHED": "`paid`"} {
		f := newFixture(t, revocable)
		f.store.BornEnded = status
		state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, fullConfig())
		if requireCounts(t, diags, 0, 1); state.Text("id") != "pl-1" || state.Tainted {
			t.Errorf("in state: %s", state.Raw)
		}
		requireText(t, diags, "has already ended: pl-1", says)
	}
}
