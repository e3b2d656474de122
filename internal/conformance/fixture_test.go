package conformance_test

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

type (
	object = descriptor.Object
	list   = descriptor.List
)

// fixture is one vendor's sandbox and provider.
type fixture struct {
	*acctest.Harness
	d descriptor.Descriptor
}

// newFixture starts a vendor's sandbox and its provider. Both go by one clock that never waits.
func newFixture(t *testing.T, d descriptor.Descriptor) *fixture {
	t.Helper()
	return &fixture{acctest.Of(d).Start(t, nil).StartProvider(nil), d}
}

// forEachVendor runs a test for every vendor, with a sandbox and a provider of its own.
func forEachVendor(t *testing.T, test func(*fixture)) {
	forVendors(t, func(descriptor.Descriptor) bool { return true }, test)
}

// forEachList runs a test for every vendor that has a list.
func forEachList(t *testing.T, test func(*fixture)) {
	forVendors(t, func(d descriptor.Descriptor) bool { return d.List != nil }, test)
}

// forEachVendorInRealTime is forEachVendor with sandboxes and providers whose waits are real.
func forEachVendorInRealTime(t *testing.T, test func(*fixture)) {
	forVendors(t, func(descriptor.Descriptor) bool { return true }, func(f *fixture) {
		f = &fixture{acctest.Of(f.d).Start(f.T, clock.System{}), f.d}
		f.Server = f.Sandbox.Server(f.Settings())
		test(f)
	})
}

// forVendors runs a test for the vendors that have what it is about; there must be one.
func forVendors(t *testing.T, has func(descriptor.Descriptor) bool, test func(*fixture)) {
	t.Parallel()
	n := 0
	for _, d := range descriptor.All() {
		if !has(d) {
			continue
		}
		n++
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			test(newFixture(t, d))
		})
	}
	if n == 0 {
		t.Error("no vendor has what this test is about")
	}
}

// again is the same vendor with a sandbox and a provider of its own, for a subtest.
func (f *fixture) again(t *testing.T) *fixture { return newFixture(t, f.d) }

// forEachAnswer runs a subtest for each way in which the vendor may write its answers.
func (f *fixture) forEachAnswer(test func(*fixture)) {
	for _, switches := range f.d.AnswerSwitches {
		f.Run(switches, func(t *testing.T) {
			t.Parallel()
			again := f.again(t)
			again.setSwitches(switches)
			test(again)
		})
	}
}

func (f *fixture) setSwitches(switches string) {
	f.Helper()
	if err := f.Sandbox.SetSwitches(f.d.Name, []byte(switches)); err != nil {
		f.Fatal(err)
	}
}

// apply applies a configuration and fails on an error.
func (f *fixture) apply(state protocoltest.State, config object) (protocoltest.State, protocoltest.Plan) {
	f.Helper()
	state, plan, diags := f.ApplyConfig(state, config)
	if diags.HasError() {
		f.Fatal(diags)
	}
	return state, plan
}

// createShapes makes a link of each shape, and returns the states by display name.
func (f *fixture) createShapes() map[string]protocoltest.State {
	f.Helper()
	out := map[string]protocoltest.State{}
	for name, shape := range f.d.Shapes {
		state, _ := f.apply(protocoltest.State{}, shape)
		out[name] = state
	}
	return out
}

// seed puts n links into the sandbox that differ from one another, and returns their ids in order.
func (f *fixture) seed(n int) []string {
	f.Helper()
	data, ids, err := f.d.Stored(n)
	if err == nil {
		err = f.Sandbox.Seed(f.d.Name, data)
	}
	if err != nil {
		f.Fatal(err)
	}
	return ids
}

// bring brings a link into a situation behind the provider's back.
func (f *fixture) bring(id string, s lifecycle.Situation) {
	f.Helper()
	vendor, _ := f.Sandbox.Vendor(f.d.Name)
	if err := f.d.Bring(vendor, id, s, f.Clock.Now()); err != nil {
		f.Fatal(err)
	}
}

// situation is the first one in which a link is in a state, and still at the vendor; false where there is none.
func situation(d descriptor.Descriptor, state lifecycle.State) (lifecycle.Situation, bool) {
	for _, row := range d.Lifecycle.Rows {
		if row.State == state && !row.Gone() {
			return row.Situations()[0], true
		}
	}
	return lifecycle.Situation{}, false
}

// link is what the sandbox holds under an id; the zero Link for nothing.
func (f *fixture) link(id string) vendorapi.Link {
	for _, l := range f.Sandbox.Overview() {
		if l.ID == id {
			return l
		}
	}
	return vendorapi.Link{}
}

// requireSettled expects that a refresh and a plan find nothing to do and nothing to say.
func (f *fixture) requireSettled(state protocoltest.State, config object) {
	f.Helper()
	state, diags := f.Refresh(state)
	plan := f.Plan(state, config)
	if diags = append(diags, plan.Diagnostics...); plan.Action != protocoltest.Nothing || len(diags) > 0 {
		f.Errorf("not settled: %s because of %v: %s", plan.Action, plan.Because, diags)
	}
}

// requireWrites expects so many creates and revokes since the fixture began; a vendor without a revoke call has none.
func (f *fixture) requireWrites(creates, revokes int) {
	f.Helper()
	if got := f.CallCount(f.d.Operations.Create); got != creates {
		f.Errorf("%d creates, want %d", got, creates)
	}
	if revoke := f.d.Operations.Revoke; revoke != "" && f.CallCount(revoke) != revokes {
		f.Errorf("%d revokes, want %d", f.CallCount(revoke), revokes)
	}
}

// requireNoRequests expects that nothing was asked since the count began.
func (f *fixture) requireNoRequests() {
	f.Helper()
	if n := len(f.Sandbox.Requests()); n != 0 {
		f.Errorf("%d requests", n)
	}
}

// between stands between a provider and the sandbox. It changes requests and the bodies of replies (nil for not at all), and returns the
// `endpoint` that leads to it.
func (f *fixture) between(request func(*http.Request), reply func(request *http.Request, body string) string) string {
	f.Helper()
	target, err := url.Parse(f.Sandbox.URL())
	if err != nil {
		f.Fatal(err)
	}
	forward := httputil.NewSingleHostReverseProxy(target)
	forward.ErrorLog = log.New(io.Discard, "", 0) // a dropped connection is what a test asked for
	forward.ModifyResponse = func(r *http.Response) error {
		if reply == nil {
			return nil
		}
		body, err := io.ReadAll(r.Body)
		changed := reply(r.Request, string(body))
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(changed)), int64(len(changed))
		r.Header.Set("Content-Length", strconv.Itoa(len(changed)))
		return err
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request(r)
		r.Host = target.Host
		forward.ServeHTTP(w, r)
	}))
	f.Cleanup(server.Close)
	endpoint, _ := f.Settings()["endpoint"].(string)
	return strings.Replace(endpoint, f.Sandbox.URL(), server.URL, 1)
}
