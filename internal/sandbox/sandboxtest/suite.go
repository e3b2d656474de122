package sandboxtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/page"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// testAccounts: an account sees its own links only, and can do nothing to another's.
func testAccounts(t *testing.T, v Vendor) {
	mine := v.Client(t)
	env, err := mine.AddAccount(v.Name)
	if err != nil {
		t.Fatal(err)
	}
	Equal(t, "variables", fmt.Sprint(slices.Sorted(maps.Keys(env))), fmt.Sprint(slices.Sorted(maps.Keys(mine.Env()))))
	endpoint := strings.ToUpper(v.Name) + "_ENDPOINT"
	Equal(t, "address", env[endpoint], mine.Env()[endpoint])
	other := v.client(mine.Rig, env)
	id := mine.Create(v.Create(1))
	other.Read(id).Want(http.StatusNotFound)
	if v.lists() {
		if body := other.List("").Want(http.StatusOK).Body; strings.Contains(body, id) {
			t.Errorf("another account's list shows %s: %s", id, body)
		}
	}
	if v.Revoke != nil {
		other.Revoke(id).Want(http.StatusNotFound)
	}
	own := other.Create(v.Create(2))
	other.Read(own).Want(http.StatusOK)
	mine.Read(own).Want(http.StatusNotFound)
	if v.lists() {
		if body := mine.List("").Want(http.StatusOK).Body; !strings.Contains(body, id) || strings.Contains(body, own) {
			t.Errorf("the first account's list: %s", body)
		}
	}
	Equal(t, "held", len(mine.Overview()), 2)
	Equal(t, "untouched", mine.Find(v.Name, id).State, vendorapi.StateOpen)
}

func testEnv(t *testing.T, v Vendor) {
	c := v.Client(t)
	for name, value := range c.Env() {
		if !strings.HasPrefix(name, strings.ToUpper(v.Name)+"_") || strings.Contains(value, "'") {
			t.Errorf("%s=%s", name, value)
		}
		if strings.HasSuffix(name, "ENDPOINT") {
			Equal(t, name, value, c.URL()+"/"+v.Name)
		}
	}
	Equal(t, "the same each time", fmt.Sprint(c.Env()), fmt.Sprint(c.env))
}

// testRoutes: each call has a route, by which faults know it too.
func testRoutes(t *testing.T, v Vendor) {
	c := v.Client(t)
	calls := c.Calls(v.Name)
	slices.Sort(calls)
	Equal(t, "calls", fmt.Sprint(calls), fmt.Sprint(slices.Sorted(maps.Keys(v.Routes))))
	for op, route := range v.Routes {
		f, err := c.ParseFault(v.Name + ":" + route + ":503")
		Equal(t, route, fmt.Sprint(f.Op, err), op+"<nil>")
	}
}

// testSample: a published link comes back as it was published.
func testSample(t *testing.T, v Vendor) {
	sample, err := os.ReadFile(v.Sample)
	if err != nil {
		t.Fatal(err)
	}
	for _, wrapper := range append([]string{"%s", "[%s]"}, v.Wrappers...) {
		c := v.Client(t)
		c.Set(v.SampleSwitches)
		if err := c.Seed(v.Name, fmt.Appendf(nil, wrapper, sample)); err != nil {
			t.Fatalf("%s: %v", wrapper, err)
		}
		Equal(t, wrapper, Compact(t, c.Read(v.SampleID).Want(http.StatusOK).Body), Compact(t, string(sample)))
		shown := c.Send(http.MethodGet, page.Path(c.Find(v.Name, v.SampleID)), "")
		if shown.Status != http.StatusOK && shown.Status != http.StatusGone {
			t.Errorf("its payment page: %d", shown.Status)
		}
	}
}

func testBadSeeds(t *testing.T, v Vendor) {
	c := v.Client(t)
	for _, bad := range append([]string{"nonsense", "null", "7", "[1]"}, v.BadSeeds...) {
		if err := c.Seed(v.Name, []byte(bad)); err == nil {
			t.Errorf("accepted %s", bad)
		}
	}
	Equal(t, "links", len(c.Overview()), 0)
}

// testDemo: there is something to look at, and to import.
func testDemo(t *testing.T, v Vendor) {
	c := v.Client(t)
	c.Must(c.Seed(v.Name, []byte(strings.ReplaceAll(string(c.Demo(v.Name)), "${SANDBOX}", c.URL()))))
	links := c.Overview()
	if len(links) == 0 {
		t.Error("no links")
	}
	for _, link := range links {
		c.Read(link.ID).Want(http.StatusOK)
		if !strings.HasPrefix(link.URL, c.URL()+"/pay/"+v.Name+"/") || link.CheckoutKey == "" {
			t.Errorf("%s leads to %s", link.ID, link.URL)
		}
	}
}

// testFaults: the refusals of faults are in the vendor's words, for every call, and nothing is done.
func testFaults(t *testing.T, v Vendor) {
	c := v.Client(t)
	for kind, want := range v.Refusals {
		remove := c.Inject(fault.Fault{Vendor: v.Name, Kind: kind})
		for op, route := range v.Routes {
			if method, path, _ := strings.Cut(route, " "); !slices.Contains(v.OwnRefusals, op) {
				a := c.Call(method, path, v.Create(1))
				Equal(t, string(kind)+" of "+op, fmt.Sprint(a.Status, " ", a.At(v.RefusalCode...)), want)
			}
		}
		remove()
	}
	Equal(t, "kinds", len(v.Refusals), 3)
	Equal(t, "links", len(c.Overview()), 0)
}

// testSwitches: switches are text, numbers and booleans, and a bad change changes nothing.
func testSwitches(t *testing.T, v Vendor) {
	c := v.Client(t)
	before := string(vendorapi.Raw(c.Switches(v.Name)))
	bad := []string{`[]`, `{"create_ok":true,"no_such":1}`, `{"read_delay":"soon"}`, `{"list_lag":3}`, `{"read_delay":"1s","list_lag":"x"}`, `nonsense`}
	var all map[string]json.RawMessage
	c.Must(json.Unmarshal([]byte(before), &all))
	for name, value := range all {
		if value[0] == '"' {
			bad = append(bad, `{"`+name+`":"unheard of"}`, `{"`+name+`":""}`)
		}
	}
	for _, change := range append(bad, v.BadSwitches...) {
		if err := c.SetSwitches(v.Name, []byte(change)); err == nil {
			t.Errorf("accepted %s", change)
		}
	}
	Equal(t, "unchanged", string(vendorapi.Raw(c.Switches(v.Name))), before)
	c.Set(`"read_delay":"90s"`)
	Equal(t, "changed", string(vendorapi.Raw(c.Switches(v.Name))), Swap(t, before, `"read_delay":"0s"`, `"read_delay":"1m30s"`))
}

// testDelays: for a time a new link is unknown, or not in the list.
func testDelays(t *testing.T, v Vendor) {
	c := v.Client(t).Set(`"read_delay":"2s","list_lag":"4s"`)
	id := c.Create(v.Create(1))
	seen := func(read int, listed bool) {
		t.Helper()
		c.Read(id).Want(read)
		if !v.lists() {
			return
		}
		Equal(t, "listed", strings.Contains(c.List("").Want(http.StatusOK).Body, id), listed)
	}
	seen(404, false)
	c.Advance(2 * time.Second)
	seen(200, false)
	c.Advance(2 * time.Second)
	seen(200, true)
}
