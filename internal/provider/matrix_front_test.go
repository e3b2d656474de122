package provider_test

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
)

// front stands before a sandbox and can refuse connections for a while, at the same address.
type front struct {
	t       *testing.T
	server  *httptest.Server
	address string
}

func newFront(t *testing.T, to string) *front {
	t.Helper()
	target, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	f := &front{t: t, server: httptest.NewServer(httputil.NewSingleHostReverseProxy(target))}
	f.address = f.server.Listener.Addr().String()
	t.Cleanup(func() { f.server.Close() })
	return f
}

// settings are the vendor's addresses, led through the front.
func (f *front) settings(e *acctest.VendorSandbox) object {
	changes := object{}
	for name, setting := range e.Settings() {
		if text, ok := setting.(string); ok && strings.HasPrefix(text, e.URL()) {
			changes[name] = f.server.URL + strings.TrimPrefix(text, e.URL())
		}
	}
	return changes
}

func (f *front) down() { f.server.Close() }

// up listens again. Somebody else may have got the port meanwhile: then it is waited for.
func (f *front) up() {
	f.t.Helper()
	handler := f.server.Config.Handler
	var listener net.Listener
	var failed error
	for range 100 {
		var config net.ListenConfig
		if listener, failed = config.Listen(f.t.Context(), "tcp", f.address); failed == nil {
			break
		}
		failed = errors.Join(failed, clock.System{}.Sleep(f.t.Context(), 50*time.Millisecond))
	}
	if failed != nil {
		f.t.Fatal(failed)
	}
	f.server = httptest.NewUnstartedServer(handler)
	_ = f.server.Listener.Close() // a port of its own, which is not wanted
	f.server.Listener = listener
	f.server.Start()
}

// trap is another host, to which a redirect points. Nothing may ever arrive there.
type trap struct {
	*httptest.Server
	mu     sync.Mutex
	caught []string
}

func newTrap(t *testing.T) *trap {
	t.Helper()
	trap := &trap{}
	trap.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		trap.mu.Lock()
		defer trap.mu.Unlock()
		trap.caught = append(trap.caught, r.Method+" "+r.URL.Path)
	}))
	t.Cleanup(func() {
		trap.Close()
		if got := slices.Compact(trap.caught); len(got) > 0 {
			t.Errorf("a redirect was followed to another host: %q", got)
		}
	})
	return trap
}
