package powens_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	powenssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// What can go wrong with any vendor's calls is the fault matrix of internal/provider; here is what is Powens' own.

// noLinks are successes that hold no link.
var noLinks = map[string]fault.Fault{
	"empty":         {Kind: fault.Empty, Status: http.StatusOK},
	"malformed":     {Kind: fault.Malformed, Status: http.StatusOK},
	"foreign JSON":  {Status: http.StatusOK, Body: `{"ok":true}`},
	"null":          {Status: http.StatusOK, Body: `null`},
	"no content":    {Status: http.StatusNoContent},
	"html with 200": {Kind: fault.HTML, Status: http.StatusOK, Echo: true},
}

// TestCreateAnsweredByNoLink: it is asked for exactly once, and looked for; what was made is taken over.
func TestCreateAnsweredByNoLink(t *testing.T) {
	t.Parallel()
	for name, fault := range noLinks {
		for shapeName, shape := range shapes {
			for _, made := range []bool{true, false} {
				fault := fault // of this case alone
				fault.Op, fault.After = "create", made
				t.Run(fmt.Sprintf("%s, %s, made %t", name, shapeName, made), func(t *testing.T) {
					t.Parallel()
					b := newBench(t)
					b.Sandbox.Inject(fault)
					state, _, diags := b.ApplyConfig(protocoltest.State{}, shape())
					if n := b.CallCount("create"); n != 1 || state.Exists() != made {
						t.Errorf("%d creates, in state %t", n, state.Exists())
					}
					if !made {
						b.RequireErrors(diags, "", "may exist", "none with this content")
						return
					}
					b.adopted(state, shape(), diags)
				})
			}
		}
	}
}

// adopted: the newest link at the vendor is in state, which was said, and the plan is empty.
func (b *bench) adopted(state protocoltest.State, config object, diags protocoltest.Diagnostics) {
	b.Helper()
	links := powenssandbox.From(b.Sandbox).Links()
	if len(links) == 0 || diags.HasError() || state.Text("id") != links[len(links)-1].ID {
		b.Fatalf("in state %q: %s", state.Text("id"), diags)
	}
	b.RequireText(diags.Warnings(), "Took over", state.Text("id"), state.Text("url"))
	b.RequireNoDrift(state, config)
}

// TestAdoptedInEverySpelling: whatever the vendor's answers look like, the link that a create left behind is found by its
// content.
func TestAdoptedInEverySpelling(t *testing.T) {
	t.Parallel()
	for name, values := range everySwitch(t) {
		for _, value := range values {
			data, err := json.Marshal(object{name: value})
			if err != nil {
				t.Fatal(err)
			}
			for shape, config := range switched {
				t.Run(string(data)+" "+shape, func(t *testing.T) {
					t.Parallel()
					b := newBench(t)
					if err := powenssandbox.From(b.Sandbox).SetSwitches(data); err != nil {
						t.Fatal(err)
					}
					b.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.Drop, After: true})
					state, _, diags := b.ApplyConfig(protocoltest.State{}, config)
					b.adopted(state, config, diags)
				})
			}
		}
	}
}

// TestAdoptedAmongOthers: what has other content, or has ended, or is managed already, is not taken.
func TestAdoptedAmongOthers(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	powenssandbox.From(b.Sandbox).Set(func(s *powenssandbox.Switches) { s.ExtraFields, s.AmountForm, s.Sensitive = true, "padded", "omit" })
	for _, config := range []object{
		small(object{"label": "Another"}), small(object{"amount": "50.91"}), small(object{"beneficiary.identification": germanIBAN}),
		redirecting(), full(), small(),
	} {
		b.Create(config)
	}
	b.Destroy(b.Create(small()))
	b.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.Drop, After: true})
	state, _, diags := b.ApplyConfig(protocoltest.State{}, small())
	b.adopted(state, small(), diags)
}

// TestListThatIsNone: a list that cannot be one proves nothing, neither before the create nor after it.
func TestListThatIsNone(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{"payment_links":[]}`, `[{"id":7}]`, `null`} {
		for _, spared := range []int{0, 1} {
			b := newBench(t)
			b.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.Drop, After: true})
			b.Sandbox.Inject(fault.Fault{Op: "list", Status: http.StatusOK, Body: body, Skip: spared})
			_, _, diags := b.ApplyConfig(protocoltest.State{}, small())
			b.RequireErrors(diags, "", "may exist", "import {")
			if n := b.CallCount("create"); n != 1 {
				t.Errorf("%d creates", n)
			}
		}
	}
}

// TestCreateRefused: the vendor said no, so nothing was made, and nothing is looked for.
func TestCreateRefused(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fault.Fault{
		"400":      {Status: http.StatusBadRequest},
		"404":      {Status: http.StatusNotFound},
		"409":      {Status: http.StatusConflict},
		"400 echo": {Kind: fault.Echo},
		"html 403": {Kind: fault.HTML, Status: http.StatusForbidden, Echo: true},
	} {
		fault.Op = "create"
		for shapeName, shape := range shapes {
			t.Run(name+" "+shapeName, func(t *testing.T) {
				t.Parallel()
				b := newBench(t)
				b.Sandbox.Inject(fault)
				state, _, diags := b.ApplyConfig(protocoltest.State{}, shape())
				b.RequireErrors(diags, "", "Cannot create Powens payment link", "Nothing was created")
				if state.Exists() {
					t.Error("in state")
				}
				b.RequireCalls("list", "create") // the list before the first create, and none after it
			})
		}
	}
}

// TestRateLimit: the 31st call of a minute waits for its turn.
func TestRateLimit(t *testing.T) {
	t.Parallel()
	b := serveBench(t, object{"retry_budget": "2m"})
	powenssandbox.From(b.Sandbox).Set(func(s *powenssandbox.Switches) { s.RateLimit = true })
	state := b.Create(small())
	for range 35 {
		if _, diags := b.Refresh(state); len(diags) > 0 {
			t.Fatal(diags)
		}
	}
	if slept := b.Clock.Sleeps(); len(slept) == 0 || slept[0] > time.Minute {
		t.Errorf("waited %v", slept)
	}
	b.RequirePayable(1)
}
