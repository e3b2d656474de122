package sandbox_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

// asked is the status of a GET under another name for the same machine.
func asked(t *testing.T, address, host string) int {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if host != "" {
		req.Host = host
	}
	req.Close = true
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	return res.StatusCode
}

// TestPorts: a vendor with a port of its own answers there without a prefix, and as before too.
func TestPorts(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Serve(t, sandbox.Options{Ports: map[string]string{"bolt": "127.0.0.1:0"}}, sandboxtest.Acme.New, sandboxtest.Bolt.New)
	env := s.Env()
	sandboxtest.Equal(t, "acme", env["ACME_ENDPOINT"], s.URL()+"/acme")
	own := env["BOLT_ENDPOINT"]
	sandboxtest.Equal(t, "a port of its own", strings.HasPrefix(own, "http://127.0.0.1:") && strings.Count(own, "/") == 2 && own != s.URL(), true)
	for _, base := range []string{own, s.URL() + "/bolt"} {
		sandboxtest.Equal(t, base, asked(t, base+"/links", ""), http.StatusUnauthorized)
	}
	sandboxtest.Equal(t, "recorded", len(s.Requests(sandbox.ByOp("bolt", "list"))), 2)
	sandboxtest.Equal(t, "nobody else there", asked(t, own+"/acme/links", ""), http.StatusUnauthorized)
	sandboxtest.Equal(t, "of bolt only", len(s.Requests(func(r sandbox.Record) bool { return r.Vendor != "bolt" })), 0)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if res, err := http.Get(own); err == nil {
		_ = res.Body.Close()
		t.Error("still listens")
	}
	for _, ports := range []map[string]string{{"nobody": "127.0.0.1:0"}, {"bolt": "0.0.0.0:0"}, {"bolt": "nonsense"}} {
		if s, err := sandbox.Start(sandbox.Options{Ports: ports}, sandboxtest.Bolt.New); err == nil {
			t.Errorf("listens on %v", ports)
			_ = s.Close()
		}
	}
}

// TestURL puts the name that others know into links and variables, and answers under it.
func TestURL(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Serve(t, sandbox.Options{URL: "https://pay.test:8443/", Ports: map[string]string{"bolt": "127.0.0.1:0"}}, sandboxtest.Acme.New, sandboxtest.Bolt.New)
	sandboxtest.Equal(t, "variables", s.Env()["ACME_ENDPOINT"], "https://pay.test:8443/acme")
	sandboxtest.Equal(t, "with a port of its own", strings.HasPrefix(s.Env()["BOLT_ENDPOINT"], "https://pay.test:"), true)
	for _, bad := range []string{"pay.test", "ftp://pay.test", "http://", "http://a:b@pay.test", "http://pay.test/x", "http://pay.test?x", "%"} {
		if s, err := sandbox.Start(sandbox.Options{URL: bad}); err == nil {
			t.Errorf("takes %q", bad)
			_ = s.Close()
		}
	}
}

// TestPagesUnderOtherNames: a name that a foreign name server may lead here is nobody's that the owner did not give.
func TestPagesUnderOtherNames(t *testing.T) {
	t.Parallel()
	local, public := sandboxtest.Serve(t, sandbox.Options{}, sandboxtest.Acme.New, sandboxtest.Bolt.New), sandboxtest.Serve(t, sandbox.Options{Addr: "0.0.0.0:0", AnyAddress: true}, sandboxtest.Acme.New, sandboxtest.Bolt.New)
	named := sandboxtest.Serve(t, sandbox.Options{URL: "http://pay.test"}, sandboxtest.Acme.New, sandboxtest.Bolt.New)
	for _, c := range []struct {
		name   string
		s      *sandbox.Sandbox
		host   string
		status int
	}{
		{"loopback", local, "localhost:1", 200}, {"figures, of a local one", local, "192.0.2.7:8787", 403}, {"a name, of a local one", local, "pay.test", 403},
		{"figures, of a public one", public, "192.0.2.7:8787", 200}, {"IPv6", public, "[2001:db8::1]:8787", 200},
		{"a name, of a public one", public, "pay.test:8787", 403}, {"nothing", public, "", 200},
		{"the name that was given", named, "pay.test", 200}, {"another", named, "evil.test", 403}, {"loopback still", named, "127.0.0.1", 200},
	} {
		sandboxtest.Equal(t, c.name, asked(t, "http://"+c.s.Addr()+"/", c.host), c.status)
		sandboxtest.Equal(t, c.name+", control", asked(t, "http://"+c.s.Addr()+"/_sandbox/links", c.host), c.status)
	}
}
