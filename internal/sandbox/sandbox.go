// Package sandbox serves the payment vendors locally, for tests in process and for people as a program. It remembers
// links, records every request, injects faults and owns a clock. It imports no client of ours and has wire structs of
// its own, written from the contracts, so that a wrong name in a client cannot be mirrored here.
//
// A vendor is one folder, an vendorapi.Vendor in the list that New makes, and an exported field.
package sandbox

import (
	"fmt"
	"maps"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Options of a sandbox; the zero value is ready for tests.
type Options struct {
	Clock      clock.Clock // default: the machine's
	Addr       string      // of Start; default 127.0.0.1:0, any free port
	AnyAddress bool        // allows an Addr beyond loopback, and control calls from there
	// Ports serve a vendor, by its name, on an address of its own too, where nothing stands before its paths.
	Ports map[string]string
	// URL is under what address others reach the sandbox, scheme and host, where it is not the one it listens on; it goes
	// into links and variables.
	URL string
}

// Sandbox is the vendors behind one http.Handler, each under its name as path prefix. It is safe for concurrent use.
type Sandbox struct {
	Conomy *Conomy
	Gigs   *Gigs
	Powens *Powens
	Qonto  *Qonto

	clock      clock.Clock
	anyAddress bool
	vendors    []vendorapi.Vendor
	recorder   recorder
	faults     faults
	chaos      chaos

	mu     sync.Mutex
	offset time.Duration

	url    string
	bases  map[string]string // of vendors with an address of their own
	doors  []door
	served sync.WaitGroup
	close  sync.Once
}

// New returns a sandbox that does not listen.
func New(o Options) *Sandbox {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	s := &Sandbox{clock: o.Clock, anyAddress: o.AnyAddress, bases: map[string]string{}}
	s.Conomy = conomy.New(s.Now)
	s.Gigs = gigs.New(s.Now)
	s.Powens = powens.New(s.Now)
	s.Qonto = qonto.New(s.Now)
	s.vendors = []vendorapi.Vendor{s.Conomy, s.Gigs, s.Powens, s.Qonto}
	return s
}

// Env names the environment variables that point the provider at this sandbox, with credentials that work.
func (s *Sandbox) Env() map[string]string {
	env := map[string]string{}
	for _, v := range s.vendors {
		base, own := s.bases[v.Name()]
		if !own {
			base = s.url + "/" + v.Name()
		}
		maps.Copy(env, v.Env(base))
	}
	return env
}

// Vendors are the vendors' names.
func (s *Sandbox) Vendors() []string {
	var names []string
	for _, v := range s.vendors {
		names = append(names, v.Name())
	}
	return names
}

// Vendor is the vendor of that name; its dynamic type is the vendor's own Server.
func (s *Sandbox) Vendor(name string) (vendorapi.Vendor, bool) { return s.vendor(name) }

// Calls are the names of a vendor's calls, in records and faults.
func (s *Sandbox) Calls(vendor string) []string {
	if v, ok := s.vendor(vendor); ok {
		return v.Ops()
	}
	return nil
}

// Now is the sandbox's time: that of its clock plus what Advance added.
func (s *Sandbox) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.clock.Now().Add(s.offset)
}

// ahead is how far the sandbox's time is before that of its clock.
func (s *Sandbox) ahead() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.offset
}

// Advance moves the sandbox's time: links expire, tokens end, lags pass.
func (s *Sandbox) Advance(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.offset += d
}

// SetSwitches changes the switches of a vendor that a JSON object names.
func (s *Sandbox) SetSwitches(vendor string, data []byte) error {
	v, ok := s.vendor(vendor)
	if !ok {
		return fmt.Errorf("no vendor %q in this sandbox", vendor)
	}
	return v.SetSwitches(data)
}

// Switches returns a vendor's switches, as a value that marshals to JSON; nil for no vendor.
func (s *Sandbox) Switches(vendor string) any {
	if v, ok := s.vendor(vendor); ok {
		return v.Switches()
	}
	return nil
}

// Seed adds links to a vendor, in the vendor's own JSON.
func (s *Sandbox) Seed(vendor string, data []byte) error {
	v, ok := s.vendor(vendor)
	if !ok {
		return fmt.Errorf("no vendor %q in this sandbox", vendor)
	}
	return v.Seed(data)
}

func (s *Sandbox) vendor(name string) (vendorapi.Vendor, bool) {
	for _, v := range s.vendors {
		if v.Name() == name {
			return v, true
		}
	}
	return nil, false
}
