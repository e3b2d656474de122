package provider_test

import (
	"bytes"
	"context"
	"runtime"
	"testing"
	"time"
	"weak"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// A refresh that the framework is spared says byte for byte what the framework would say, and asks the vendor as often:
// whatever the vendor shows, whatever has happened to the link, and whatever an old state lacks.
func TestRefreshWithoutTheFramework(t *testing.T) {
	acts := map[string][]string{"qonto": {"pay", "expire", "cancel"}, "powens": {"pay", "cancel"}, "conomy": {"expire", "delete"}, "gigs": {"pay", "cancel"}}
	eachList(t, func(t *testing.T, c listCase) {
		for i, switches := range c.switches {
			some := []string{""}
			if i == 0 {
				some = append(some, acts[c.vendor]...)
			}
			for _, act := range some {
				t.Run(switches+act, func(t *testing.T) {
					t.Parallel()
					r := newRefreshing(t, c)
					c.turn(t, r.VendorSandbox, switches)
					maker := r.by("get")
					for _, shape := range c.shapes {
						made, _ := up(t, maker, protocoltest.State{}, c.vendorCase, shape)
						imported, _ := maker.Import(c.name(), made.Text("id"))
						unnamed := made
						unnamed.Identity = nil
						if act != "" {
							r.Simulate(made.Text("id"), act)
						}
						for name, state := range map[string]protocoltest.State{"made here": made, "imported": imported, "from before identities": unnamed} {
							r.bothWays(name, state)
						}
					}
				})
			}
		}
	})
}

// bothWays refreshes by the provider and by the framework alone, twice, the second time what the first left.
func (r *refreshing) bothWays(name string, state protocoltest.State) {
	r.t.Helper()
	r.clock.Advance(2 * time.Minute) // a 404 is believed now
	config := object{r.c.vendor: r.Settings(), "refresh": "get"}
	framework := acctest.NewUnwrappedServer(r.t, r.clock, config)
	own := acctest.NewServer(r.t, r.clock, config)
	for range 2 {
		r.ResetRequests()
		want, wantSaid := framework.Refresh(state)
		asked := len(r.Requests())
		r.ResetRequests()
		got, said := own.Refresh(state)
		if len(r.Requests()) != asked {
			r.t.Errorf("%s: %d requests, the framework makes %d", name, len(r.Requests()), asked)
		}
		if said.String() != wantSaid.String() {
			r.t.Errorf("%s: says %s, the framework %s", name, said, wantSaid)
		}
		if got.Exists() != want.Exists() || want.Exists() && (!got.Raw.Equal(want.Raw) || !bytes.Equal(got.Private, want.Private)) {
			r.t.Errorf("%s: got %v %s, the framework %v %s", name, got.Raw, got.Private, want.Raw, want.Private)
		}
		if identityOf(got.Identity) != identityOf(want.Identity) {
			r.t.Errorf("%s: identity %s, the framework's %s", name, identityOf(got.Identity), identityOf(want.Identity))
		}
		if !want.Exists() {
			return
		}
		state = want
	}
}

func identityOf(identity *tfprotov6.ResourceIdentityData) string {
	if identity == nil {
		return "none"
	}
	return string(identity.IdentityData.MsgPack)
}

type heavyKey struct{}

// A context ends with its request: the framework keeps what it is handed, which is too much for ten thousand links.
func TestContextsAreNotKept(t *testing.T) {
	t.Parallel()
	r := newRefreshing(t, listCases()[0])
	states := r.imported(r.c.stock(t, r.VendorSandbox, 1))
	for _, name := range []string{"steady", "changed"} {
		server := r.by("get")
		if name == "changed" {
			r.Simulate(states[0].Text("id"), "cancel")
		}
		heavy := weakly(func(ctx context.Context) {
			if _, diags := server.RefreshContext(ctx, states[0]); diags.HasError() {
				t.Fatal(diags)
			}
		})
		for range 3 {
			runtime.GC()
		}
		if heavy.Value() != nil {
			t.Errorf("%s: the request's context is still held", name)
		}
		runtime.KeepAlive(server)
	}
}

// weakly does something in a context that holds a large value, and returns a weak pointer to that.
func weakly(do func(context.Context)) weak.Pointer[[1 << 20]byte] {
	heavy := new([1 << 20]byte)
	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), heavyKey{}, heavy))
	do(ctx)
	cancel()
	return weak.Make(heavy)
}
