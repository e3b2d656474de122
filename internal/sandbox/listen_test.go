package sandbox_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// started starts a sandbox, to be closed at the end.
func started(t *testing.T, o sandbox.Options) *sandbox.Sandbox {
	t.Helper()
	s, err := sandbox.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

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
	s := started(t, sandbox.Options{Ports: map[string]string{"gigs": "127.0.0.1:0"}})
	env := s.Env()
	equal(t, "qonto", env["QONTO_ENDPOINT"], s.URL()+"/qonto")
	own := env["GIGS_ENDPOINT"]
	equal(t, "a port of its own", strings.HasPrefix(own, "http://127.0.0.1:") && strings.Count(own, "/") == 2 && own != s.URL(), true)
	for _, base := range []string{own, s.URL() + "/gigs"} {
		equal(t, base, asked(t, base+gigsLinks, ""), http.StatusUnauthorized)
	}
	equal(t, "recorded", len(s.Requests(sandbox.ByOp("gigs", "list"))), 2)
	equal(t, "nobody else there", asked(t, own+"/qonto/v2/payment_links", ""), http.StatusUnauthorized)
	equal(t, "of gigs only", len(s.Requests(func(r Record) bool { return r.Vendor != "gigs" })), 0)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if res, err := http.Get(own); err == nil {
		_ = res.Body.Close()
		t.Error("still listens")
	}
	for _, ports := range []map[string]string{{"nobody": "127.0.0.1:0"}, {"gigs": "0.0.0.0:0"}, {"gigs": "nonsense"}} {
		if s, err := sandbox.Start(sandbox.Options{Ports: ports}); err == nil {
			t.Errorf("listens on %v", ports)
			_ = s.Close()
		}
	}
}

// TestURL puts the name that others know into links and variables, and answers under it.
func TestURL(t *testing.T) {
	t.Parallel()
	s := started(t, sandbox.Options{URL: "https://pay.test:8443/", Ports: map[string]string{"gigs": "127.0.0.1:0"}})
	equal(t, "variables", s.Env()["QONTO_ENDPOINT"], "https://pay.test:8443/qonto")
	equal(t, "with a port of its own", strings.HasPrefix(s.Env()["GIGS_ENDPOINT"], "https://pay.test:"), true)
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
	local, public := started(t, sandbox.Options{}), started(t, sandbox.Options{Addr: "0.0.0.0:0", AnyAddress: true})
	named := started(t, sandbox.Options{URL: "http://pay.test"})
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
		equal(t, c.name, asked(t, "http://"+c.s.Addr()+"/", c.host), c.status)
		equal(t, c.name+", control", asked(t, "http://"+c.s.Addr()+"/_sandbox/links", c.host), c.status)
	}
}
