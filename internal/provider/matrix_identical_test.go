package provider_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	conomysandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// copies is how many links of the same content are declared.
const copies = 5

// lossy are what goes wrong with some of the creates.
var lossy = map[string][]fault.Fault{
	"answers lost":          {{Kind: fault.Drop, After: true, Skip: 1, Times: 2}},
	"requests lost":         {{Kind: fault.Drop, Skip: 1, Times: 2}},
	"one of each":           {{Kind: fault.Drop, After: true, Times: 1}, {Kind: fault.Drop, Times: 1}, {Kind: fault.Truncate, Skip: 1, Times: 1}},
	"failed, done and not":  {{Status: 500, After: true, Times: 2}, {Status: 503, Skip: 1, Times: 1}},
	"every answer lost":     {{Kind: fault.HTML, After: true, Times: copies}},
	"busy":                  {{Kind: fault.TooMany, Times: 3}},
	"failed, and list lags": {{Status: 500, After: true, Times: 2}},
}

// identical runs a test for every vendor and variant, with a bench whose vendor does not mind a second link of the same
// content.
func identical(t *testing.T, test func(*testing.T, row, *acctest.Harness)) {
	t.Parallel()
	for _, r := range rows() {
		t.Run(r.title, func(t *testing.T) {
			t.Parallel()
			test(t, r, r.bench(t))
		})
	}
}

func (r row) bench(t *testing.T) *acctest.Harness {
	t.Helper()
	v := acctest.Complete(acctest.Vendor{Name: r.vendor, Account: "main", Secrets: r.secrets, SecretSettings: r.secretSettings, OmitSettings: r.without})
	b := v.Start(t, nil)
	conomysandbox.From(b.Sandbox).Set(func(s *conomysandbox.Switches) { s.DuplicateTokens = true })
	if err := r.set(b.Sandbox, r.switches); err != nil {
		t.Fatal(err)
	}
	return b.StartProvider(nil, r.settings)
}

// nth is the configuration of one of the copies: Conomy's tokens differ by their nature, and all else is the same.
func (r row) nth(i int) object {
	if r.vendor == "conomy" {
		return r.with(object{"checkout_token": fmt.Sprintf("invoice-%d", i)})
	}
	return r.config
}

// lookalike is a link of the same content, made by somebody else.
func (r row) lookalike(b *acctest.Harness, config object) string {
	b.Helper()
	state, _, diags := b.NewProvider(r.settings).ApplyConfig(protocoltest.State{}, r.name(), config)
	if diags.HasError() {
		b.Fatal(diags)
	}
	return state.Text("id")
}

// TestIdenticalLinks: `count = 5` of one content, made at once while something goes wrong with some: five links, five ids,
// none shared, and none of somebody else's.
func TestIdenticalLinks(t *testing.T) {
	identical(t, func(t *testing.T, r row, _ *acctest.Harness) {
		for name, faults := range lossy {
			if r.forgets && !strings.HasPrefix(name, "failed") { // its key is good where there was no answer
				continue
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				b := r.bench(t)
				foreign := []string{r.lookalike(b, r.nth(0)), r.lookalike(b, r.nth(1))}
				b.Clock.Advance(10 * time.Second) // long enough for them to be listed
				if strings.HasSuffix(name, "lags") {
					if err := r.set(b.Sandbox, `{"list_lag":"5s"}`); err != nil {
						t.Fatal(err)
					}
				}
				for _, fault := range faults {
					fault.Vendor, fault.Op = r.vendor, "create"
					b.Sandbox.Inject(fault)
				}
				states := applyAll(b, r, make([]protocoltest.State, copies))
				made := len(r.live(b)) - len(foreign)
				if in := len(ids(states)); in != made {
					t.Errorf("%d links were made, and %d are in state", made, in)
				}
				b.Server = b.NewProvider(r.settings) // the next apply, of what failed
				b.Clock.Advance(time.Minute)
				states = applyAll(b, r, states)
				distinct(b, r, states, foreign)
			})
		}
	})
}

// applyAll creates what is not in state yet, all at once.
func applyAll(b *acctest.Harness, r row, states []protocoltest.State) []protocoltest.State {
	b.Helper()
	out := slices.Clone(states)
	var group sync.WaitGroup
	for i := range out {
		if out[i].Exists() {
			continue
		}
		group.Go(func() {
			state, _, diags := b.ApplyConfig(protocoltest.State{}, r.nth(i))
			out[i] = state
			if state.Exists() == diags.HasError() {
				b.Errorf("in state: %t, %s", state.Exists(), diags)
			}
		})
	}
	group.Wait()
	return out
}

func ids(states []protocoltest.State) []string {
	var out []string
	for _, state := range states {
		if state.Exists() {
			out = append(out, state.Text("id"))
		}
	}
	return out
}

// distinct: each copy has a link of its own, those of others are nobody's, and there are no more.
func distinct(b *acctest.Harness, r row, states []protocoltest.State, foreign []string) {
	b.Helper()
	mine := ids(states)
	all := slices.Concat(mine, foreign)
	slices.Sort(all)
	live := r.live(b)
	slices.Sort(live)
	if len(mine) != copies || !slices.Equal(all, live) {
		b.Errorf("in state %q, somebody else's %q, live %q", mine, foreign, live)
	}
}

// TestTwoCandidatesAreDoubt: where two links could be what the create left behind, both are named and none is taken.
func TestTwoCandidatesAreDoubt(t *testing.T) {
	identical(t, func(t *testing.T, r row, b *acctest.Harness) {
		if r.keyed() {
			return // the key tells, or the look after a 5xx: TestIdenticalLinks
		}
		r.first(b)
		foreign := r.lookalike(b, r.config) // in the same second, or since what exists was noted
		b.ResetCalls()
		b.Sandbox.Inject(fault.Fault{Vendor: r.vendor, Op: "create", Kind: fault.Drop, After: true})
		state, _, diags := b.ApplyConfig(protocoltest.State{}, r.config)
		if state.Exists() {
			t.Errorf("in state: %q, somebody else's is %q", state.Text("id"), foreign)
		}
		live := r.live(b)
		b.RequireErrors(diags, "", append(live[len(live)-2:], "2 links", "may be it")...)
		if n := b.CallCount("create"); n != 1 {
			t.Errorf("%d creates", n)
		}
	})
}

// TestLookalikeIsNotAdopted: a link of the same content that was there before is not what a lost create left behind.
func TestLookalikeIsNotAdopted(t *testing.T) {
	identical(t, func(t *testing.T, r row, b *acctest.Harness) {
		foreign := r.lookalike(b, r.config)
		b.Clock.Advance(3 * time.Second)
		b.Sandbox.Inject(fault.Fault{Vendor: r.vendor, Op: "create", Kind: fault.Drop})
		state, _, diags := b.ApplyConfig(protocoltest.State{}, r.config)
		b.RequireErrors(diags, "", "may exist", "none with this content")
		if state.Exists() || strings.Contains(diags.String(), foreign) {
			t.Errorf("in state %q, somebody else's is %q: %s", state.Text("id"), foreign, diags)
		}
	})
}

// first makes a link of other content, before which Powens' links are noted.
func (r row) first(b *acctest.Harness) {
	b.Helper()
	b.Create(r.with(r.change))
}
