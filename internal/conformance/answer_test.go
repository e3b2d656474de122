package conformance_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// createTwo makes two links under the provider's own endpoint.
func (f *fixture) createTwo() (first, second protocoltest.State) {
	f.Helper()
	first, _ = f.apply(protocoltest.State{}, f.d.Config)
	second, _ = f.apply(protocoltest.State{}, f.d.Labeled("Second", "second"))
	return first, second
}

// requireLinks expects that so many links are at the vendor, and that none has ended.
func (f *fixture) requireLinks(want int) {
	f.Helper()
	live := 0
	for _, l := range f.Sandbox.Overview() {
		if l.State == vendorapi.StateOpen {
			live++
		}
	}
	if live != want {
		f.Errorf("%d live links, want %d", live, want)
	}
}

// A get that answers another link than was asked for is no answer: the state keeps its own, and both links live on.
func TestGetOfAnotherLinkIsNoAnswer(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		first, second := f.createTwo()
		asked, other := first.Text("id"), second.Text("id")
		s := f.NewProvider(object{"endpoint": f.between(func(r *http.Request) {
			if r.Method == http.MethodGet {
				r.URL.Path = strings.Replace(r.URL.Path, asked, other, 1)
			}
		}, nil)})
		kept, diags := s.Refresh(first)
		if f.RequireErrors(diags, "", asked, "another link than "+asked+": "+other); kept.Text("id") != asked {
			f.Errorf("%q is in state", kept.Text("id"))
		}
		f.requireLinks(2)
	})
}

// A create that answers the id of a link which this run knows made another one, which is found, or its outcome is unknown. There are
// never two resources with one id.
func TestCreateAnsweredWithTheIDOfAKnownLink(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		known := ""
		f.Server = f.NewProvider(object{"endpoint": f.between(func(*http.Request) {}, func(r *http.Request, body string) string {
			if made := f.Sandbox.Overview(); r.Method == http.MethodPost && known != "" && len(made) == 2 {
				for _, l := range made {
					if l.ID != known {
						body = strings.ReplaceAll(body, l.ID, known)
					}
				}
			}
			return body
		})})
		first, _ := f.apply(protocoltest.State{}, f.d.Config)
		known = first.Text("id")
		second, _, diags := f.ApplyConfig(protocoltest.State{}, f.d.Labeled("Second", "second"))
		if f.requireLinks(2); second.Text("id") == known {
			f.Error("two resources have one id")
		}
		if f.d.List == nil {
			f.RequireErrors(diags, "", known, "may exist")
			return
		}
		if second.Text("id") == "" || diags.HasError() {
			f.Errorf("not found: %s", diags)
		}
		f.RequireText(diags, "Adopted", known+", which existed before")
	})
}

// A link that the list shows in another spelling is doubt: it is named with the command that imports it.
func TestNearMatchAfterALostCreateIsNamed(t *testing.T) {
	forEachList(t, func(f *fixture) {
		label, _ := tfconfig.Lookup(f.d.Config, f.d.Label).(string)
		spellings := map[string]string{"in capitals": strings.ToUpper(label)}
		if before, _, ok := strings.Cut(label, " "); ok {
			spellings["without blanks"], spellings["cut off"] = strings.ReplaceAll(label, " ", ""), before
		}
		for name, spelling := range spellings {
			f.Run(name, func(t *testing.T) {
				t.Parallel()
				f := f.again(t)
				f.Server = f.NewProvider(object{"endpoint": f.between(func(*http.Request) {}, func(r *http.Request, body string) string {
					if r.Method == http.MethodGet {
						body = strings.ReplaceAll(body, fmt.Sprintf("%q", label), fmt.Sprintf("%q", spelling))
					}
					return body
				})})
				f.Sandbox.Inject(fault.Fault{Op: f.d.Operations.Create, Times: 1, Status: http.StatusInternalServerError, After: true})
				state, _, diags := f.ApplyConfig(protocoltest.State{}, f.d.Config)
				if state.Exists() {
					f.Errorf("in state: %s", state.Raw)
				}
				made := f.Sandbox.Overview()
				if len(made) != 1 {
					f.Fatalf("%d links", len(made))
				}
				f.RequireErrors(diags, "", "no link with exactly this content", "terraform import "+f.d.ResourceType()+".NAME", made[0].ID)
			})
		}
	})
}

// Without private state, as an engine may leave it out at a destroy, nobody knows whose the link is: another account's 404 proves
// nothing.
func TestDestroyWithoutPrivateStateUnderAnotherAccount(t *testing.T) {
	revocable := func(d descriptor.Descriptor) bool { return d.Operations.Revoke != "" }
	forVendors(t, revocable, func(f *fixture) {
		state, _ := f.apply(protocoltest.State{}, f.d.Config)
		f.Clock.Advance(newLinkGrace)
		state.Private = nil
		own := f.Server
		f.Server = f.NewProviderWith(object{f.d.Name: f.otherAccount("")})
		kept, diags := f.Apply(f.Plan(state, nil))
		if f.RequireErrors(diags, "", state.Text("id"), "which account created link"); !kept.Exists() {
			f.Error("the link left the state")
		}
		f.requireLinks(1)
		f.Server = own
		if kept, diags = f.Apply(f.Plan(state, nil)); kept.Exists() || diags.HasError() {
			f.Errorf("under its own account: %s", diags)
		}
		f.RequirePayable(0)
	})
}
