// Package sandbox serves the payment vendors locally, for tests in process and for people as a program. It remembers
// links, records every request, injects faults and owns a clock. It imports no client of ours and has wire structs of
// its own, written from the contracts, so that a wrong name in a client cannot be mirrored here.
//
// A vendor is one folder, an exchange.Vendor in the list that New makes, and an exported field.
package sandbox

import (
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/exchange"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
)

// Options of a sandbox; the zero value is ready for tests.
type Options struct {
	Clock      clock.Clock // default: the machine's
	Addr       string      // of Start; default 127.0.0.1:0, any free port
	AnyAddress bool        // allows an Addr beyond loopback, and control calls from there
}

// Sandbox is the vendors behind one http.Handler, each under its name as path prefix. It is safe for concurrent use.
type Sandbox struct {
	Conomy *Conomy
	Gigs   *Gigs
	Powens *Powens
	Qonto  *Qonto

	clock      clock.Clock
	anyAddress bool
	vendors    []exchange.Vendor
	recorder   recorder
	faults     faults
	chaos      chaos

	mu     sync.Mutex
	offset time.Duration

	url    string
	server *http.Server
	served chan struct{}
	close  sync.Once
}

// New returns a sandbox that does not listen.
func New(o Options) *Sandbox {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	s := &Sandbox{clock: o.Clock, anyAddress: o.AnyAddress}
	s.Conomy = conomy.New(s.Now)
	s.Gigs = gigs.New(s.Now)
	s.Powens = powens.New(s.Now)
	s.Qonto = qonto.New(s.Now)
	s.vendors = []exchange.Vendor{s.Conomy, s.Gigs, s.Powens, s.Qonto}
	return s
}

// Start returns a sandbox that listens. It refuses an address that is not loopback unless Options.AnyAddress is set.
func Start(o Options) (*Sandbox, error) {
	s := New(o)
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	if host, _, err := net.SplitHostPort(o.Addr); err != nil {
		return nil, fmt.Errorf("sandbox address %q: %w", o.Addr, err)
	} else if !o.AnyAddress && !isLoopback(host) {
		return nil, fmt.Errorf("sandbox address %q is not loopback: whoever reaches it could pay and cancel links", o.Addr)
	}
	listener, err := net.Listen("tcp", o.Addr)
	if err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	s.url = "http://" + reachable(listener.Addr().String())
	s.server = &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          log.New(io.Discard, "", 0), // faults break connections on purpose
	}
	s.served = make(chan struct{})
	go func() {
		defer close(s.served)
		_ = s.server.Serve(listener) // ends with http.ErrServerClosed
	}()
	return s, nil
}

// URL is the address, as http://127.0.0.1:PORT; empty for a sandbox that does not listen.
func (s *Sandbox) URL() string { return s.url }

// Close ends the listener and every connection. It may be called more than once.
func (s *Sandbox) Close() error {
	if s.server == nil {
		return nil
	}
	var err error
	s.close.Do(func() {
		err = s.server.Close()
		<-s.served
	})
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// Env names the environment variables that point the provider at this sandbox, with credentials that work.
func (s *Sandbox) Env() map[string]string {
	env := map[string]string{}
	for _, v := range s.vendors {
		maps.Copy(env, v.Env(s.url+"/"+v.Name()))
	}
	return env
}

// Now is the sandbox's time: that of its clock plus what Advance added.
func (s *Sandbox) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.clock.Now().Add(s.offset)
}

// Advance moves the sandbox's time: links expire, tokens end, lags pass.
func (s *Sandbox) Advance(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.offset += d
}

// Seed adds links to a vendor, in the vendor's own JSON.
func (s *Sandbox) Seed(vendor string, data []byte) error {
	v, ok := s.vendor(vendor)
	if !ok {
		return fmt.Errorf("no vendor %q in this sandbox", vendor)
	}
	return v.Seed(data)
}

func (s *Sandbox) vendor(name string) (exchange.Vendor, bool) {
	for _, v := range s.vendors {
		if v.Name() == name {
			return v, true
		}
	}
	return nil, false
}

// reachable is the address under which this machine reaches a listener, which may listen on every address.
func reachable(address string) string {
	host, port, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return address
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
