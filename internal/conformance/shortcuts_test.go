package conformance_test

import (
	"bytes"
	"context"
	"net/http"
	"regexp"
	"runtime"
	"testing"
	"weak"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// A refresh that the framework is spared says byte for byte what the framework would say, and asks the vendor as often:
// whatever the vendor shows, and whatever an old state lacks.
func TestRefreshWithoutTheFrameworkIsTheSame(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		f.forEachAnswer(func(f *fixture) { f.refreshBothWays(nil) })
	})
}

// The same whatever has happened to the link.
func TestRefreshWithoutTheFrameworkIsTheSameInEveryStatus(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		for _, row := range f.d.Lifecycle.Rows {
			s := row.Situations()[0]
			f.Run(s.Name(), func(t *testing.T) {
				t.Parallel()
				f := f.again(t)
				f.refreshBothWays(&s)
			})
		}
	})
}

// The same in every mode of refresh.
func TestRefreshWithoutTheFrameworkIsTheSameInEveryMode(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		for _, mode := range []string{"list", "auto"} {
			for _, state := range f.createShapes() {
				f.requireSameRefresh(mode, mode, state)
			}
			f = f.again(f.T)
		}
	})
}

// The same whatever goes wrong with the calls of a refresh.
func TestRefreshWithoutTheFrameworkIsTheSameUnderFaults(t *testing.T) {
	faults := map[string]fault.Fault{"401": {Status: http.StatusUnauthorized}, "403": {Status: http.StatusForbidden}, "404": {Status: http.StatusNotFound}, "503": {Status: http.StatusServiceUnavailable}}
	for _, kind := range fault.Kinds() {
		if kind != fault.Wait && kind != fault.Drip { // which only take time
			faults[string(kind)] = fault.Fault{Kind: kind, Location: "http://127.0.0.1:1/"}
		}
	}
	forEachVendor(t, func(f *fixture) {
		for name, injected := range faults {
			f.Run(name, func(t *testing.T) {
				t.Parallel()
				f := f.again(t)
				state, _ := f.apply(protocoltest.State{}, f.d.Config)
				for mode, op := range map[string]string{"get": f.d.Operations.Get, "auto": f.d.Operations.Get, "list": f.d.Operations.List} {
					if op == "" {
						continue
					}
					injected.Vendor, injected.Op = f.d.Name, op
					remove := f.Sandbox.Inject(injected)
					f.requireSameRefresh(name+" in mode "+mode, mode, state)
					remove()
				}
			})
		}
	})
}

// A plan that the framework is spared says what the framework would say: of each shape of a link under the configuration of each other one,
// in every status and in states of different origins. Every other plan of these tests is held to the framework's, too.
func TestPlanWithoutTheFrameworkIsTheSame(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		for _, row := range f.d.Lifecycle.Rows {
			s := row.Situations()[0]
			f.Run(s.Name(), func(t *testing.T) {
				t.Parallel()
				f := f.again(t)
				server := f.newRefresher("get")
				if !server.IsCompared() {
					t.Fatal("nothing is compared")
				}
				for _, made := range f.createShapes() {
					imported, _ := f.ImportByID(made.Text("id"))
					f.bring(made.Text("id"), s)
					for _, state := range []protocoltest.State{made, imported} {
						refreshed, _ := server.Refresh(state)
						for _, config := range f.d.Shapes {
							server.Plan(made.Type, state, config)
							server.Plan(made.Type, refreshed, config)
						}
						server.Plan(made.Type, refreshed, nil)
					}
				}
			})
		}
	})
}

// refreshBothWays refreshes a link of each shape in a situation (nil for none), in states of different origins.
func (f *fixture) refreshBothWays(s *lifecycle.Situation) {
	f.Helper()
	for _, made := range f.createShapes() {
		imported, _ := f.ImportByID(made.Text("id"))
		withoutIdentity := made
		withoutIdentity.Identity = nil
		if s != nil {
			f.bring(made.Text("id"), *s)
		}
		for origin, state := range map[string]protocoltest.State{"created": made, "imported": imported, "from before identities": withoutIdentity} {
			f.requireSameRefresh(origin, "get", state)
		}
	}
}

// requireSameRefresh refreshes by the provider and by the framework alone, twice, the second time what the first left.
func (f *fixture) requireSameRefresh(origin, mode string, state protocoltest.State) {
	f.Helper()
	f.Clock.Advance(newLinkGrace) // a 404 is believed now
	config := object{f.d.Name: f.Settings(), "refresh": mode}
	framework := acctest.NewUnwrappedServer(f.T, f.Clock, config)
	own := acctest.NewServer(f.T, f.Clock, config)
	for range 2 {
		f.ResetCalls()
		want, wantDiags := framework.Refresh(state)
		calls := len(f.Sandbox.Requests())
		f.ResetCalls()
		got, diags := own.Refresh(state)
		f.Record(diags)
		if n := len(f.Sandbox.Requests()); n != calls {
			f.Errorf("%s: %d requests, the framework makes %d", origin, n, calls)
		}
		if withoutChance(diags) != withoutChance(wantDiags) {
			f.Errorf("%s: says %s, the framework %s", origin, diags, wantDiags)
		}
		if got.Exists() != want.Exists() || want.Exists() && (!got.Raw.Equal(want.Raw) || !bytes.Equal(got.Private, want.Private)) {
			f.Errorf("%s: got %v %s, the framework %v %s", origin, got.Raw, got.Private, want.Raw, want.Private)
		}
		if identityText(got.Identity) != identityText(want.Identity) {
			f.Errorf("%s: identity %s, the framework's %s", origin, identityText(got.Identity), identityText(want.Identity))
		}
		if !want.Exists() {
			return
		}
		state = want
	}
}

var ofOneRequest = regexp.MustCompile(`(?m)^\s*(Request ID: .*|Cause: (EOF|unexpected EOF|.*connection reset by peer))$`)

// withoutChance is what diagnostics say, less what each request has of its own: its id, and by which word a dropped connection ends.
func withoutChance(diags protocoltest.Diagnostics) string {
	return ofOneRequest.ReplaceAllString(diags.String(), "")
}

func identityText(identity *tfprotov6.ResourceIdentityData) string {
	if identity == nil {
		return "none"
	}
	return string(identity.IdentityData.MsgPack)
}

// A context ends with its request: the framework keeps what it is handed, which is too much for ten thousand links.
func TestRequestContextsAreReleased(t *testing.T) {
	t.Parallel()
	f := newFixture(t, descriptor.All()[0])
	states := f.importAll(f.seed(1))
	for _, kind := range []string{"unchanged", "changed"} {
		if kind == "changed" {
			f.bring(states[0].Text("id"), lifecycle.Situation{Status: lifecycle.Undocumented})
		}
		server := f.newRefresher("get")
		heavy := withHeavyContext(func(ctx context.Context) {
			if _, diags := server.RefreshContext(ctx, states[0]); diags.HasError() {
				t.Fatal(diags)
			}
		})
		for range 3 {
			runtime.GC()
		}
		if heavy.Value() != nil {
			t.Errorf("%s: the request's context is still held", kind)
		}
		runtime.KeepAlive(server)
	}
}

type heavyKey struct{}

// withHeavyContext does something in a context that holds a large value, and returns a weak pointer to that.
func withHeavyContext(do func(context.Context)) weak.Pointer[[1 << 20]byte] {
	heavy := new([1 << 20]byte)
	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), heavyKey{}, heavy))
	do(ctx)
	cancel()
	return weak.Make(heavy)
}
