package sandboxtest

import (
	"net/http"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Vendor is what the suite has to know of a vendor. Paths are those of the vendor's API, without its prefix.
type Vendor struct {
	Name string
	New  vendorapi.Constructor
	// Header returns the headers with which a client of the account that env describes may call.
	Header func(r *Rig, env map[string]string) http.Header
	// Links returns the path to which links are posted and where they are listed, for an account. Below it links are read.
	Links func(env map[string]string) string
	// Create returns the body of a create; n tells links apart that must not be equal.
	Create func(n int) string
	// ID is where the answer to a create has the link's id.
	ID []string
	// Revoke returns the method, what follows Links, and the body ("" for none) of the call that ends a link; nil where no call does.
	Revoke func(id string) (method, path, body string)

	// Routes are the calls by their names, as "POST /v2/links". A vendor without a "list" is not asked for one.
	Routes map[string]string
	// Sample is a file with a published link, and Wrappers are texts with %s in its place that Seed takes too. SampleID is its id.
	Sample, SampleID string
	Wrappers         []string
	// SampleSwitches are those under which the sample comes back as it is, as JSON.
	SampleSwitches string
	// BadSeeds are refused. The first has a good link and a bad one.
	BadSeeds []string
	// Refusals are how faults are worded, by their kind: the status, and the value at RefusalCode. OwnRefusals are calls that are
	// refused otherwise.
	Refusals    map[fault.Kind]string
	RefusalCode []string
	OwnRefusals []string
	// BadSwitches are refused, as JSON.
	BadSwitches []string
	// Words stand on the payment page of a new link.
	Words []string
	// Statuses are all that "force" is for, and Undocumented is one that no document names.
	Statuses     []string
	Undocumented string
}

// Test runs the suite.
func (v Vendor) Test(t *testing.T) {
	for name, test := range map[string]func(*testing.T, Vendor){
		"accounts": testAccounts, "variables": testEnv, "routes": testRoutes, "published sample": testSample, "bad seeds": testBadSeeds, "demo": testDemo,
		"faults": testFaults, "switches": testSwitches, "delays": testDelays, "payment page": testPaymentPage, "statuses": testStatuses,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, v)
		})
	}
}

// lists reports whether the vendor lists its links.
func (v Vendor) lists() bool { return v.Routes["list"] != "" }

// Client is a client of an account of a vendor.
type Client struct {
	*Rig
	v    Vendor
	env  map[string]string
	made int
}

// Client returns a client of the first account, in a sandbox of its own.
func (v Vendor) Client(t testing.TB) *Client {
	t.Helper()
	r := New(t, v.New)
	return v.client(r, r.Env())
}

func (v Vendor) client(r *Rig, env map[string]string) *Client {
	rig := *r
	rig.Header = v.Header(r, env)
	return &Client{Rig: &rig, v: v, env: env}
}

// Call makes a request to a path of the vendor's API.
func (c *Client) Call(method, path, body string, header ...string) Response {
	c.T.Helper()
	return c.Send(method, "/"+c.v.Name+path, body, header...)
}

// Get gets a path of the vendor's API.
func (c *Client) Get(path string) Response { c.T.Helper(); return c.Call(http.MethodGet, path, "") }

// List gets the list; query is "" or begins with "?".
func (c *Client) List(query string) Response { c.T.Helper(); return c.Get(c.v.Links(c.env) + query) }

// Read gets one link.
func (c *Client) Read(id string) Response { c.T.Helper(); return c.Get(c.v.Links(c.env) + "/" + id) }

// Post posts a link.
func (c *Client) Post(body string, header ...string) Response {
	c.T.Helper()
	return c.Call(http.MethodPost, c.v.Links(c.env), body, header...)
}

// Revoke makes the call that ends a link.
func (c *Client) Revoke(id string) Response {
	c.T.Helper()
	method, path, body := c.v.Revoke(id)
	return c.Call(method, c.v.Links(c.env)+path, body)
}

// Create posts a link, which has to be made, and returns its id.
func (c *Client) Create(body string) string {
	c.T.Helper()
	a := c.Post(body)
	if a.Status != http.StatusOK && a.Status != http.StatusCreated {
		c.T.Fatalf("create: %d %s %v", a.Status, a.Body, a.Err)
	}
	return a.At(c.v.ID...)
}

// Next makes another link.
func (c *Client) Next() vendorapi.Link {
	c.T.Helper()
	c.made++
	return c.Find(c.v.Name, c.Create(c.v.Create(c.made)))
}

// Do has something done to a link behind the provider's back.
func (c *Client) Do(id, action string) { c.T.Helper(); c.Must(c.Act(c.v.Name, id, action, "")) }

// Set changes switches, as the inside of a JSON object.
func (c *Client) Set(switches string) *Client {
	c.T.Helper()
	c.Must(c.SetSwitches(c.v.Name, []byte("{"+switches+"}")))
	return c
}
