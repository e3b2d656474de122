// Package sandbox serves the payment vendors locally, for tests in process and for people as a program. It remembers
// links, records every request, injects faults and owns a clock. It imports no client of ours, so that a wrong name in a client
// cannot be mirrored here.
//
// A vendor is one folder, whose New is a vendorapi.Constructor. This package knows none of them: New and Start take them, and
// package vendors lists all. A test gets at the vendor's own type with From of the vendor's package.
package sandbox

import (
	"fmt"
	"maps"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
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

// Sandbox is vendors behind one http.Handler, each under its name as path prefix. It is safe for concurrent use.
type Sandbox struct {
	clock      clock.Clock
	anyAddress bool
	vendors    []vendorapi.Vendor
	recorder   recorder
	faults     fault.Injector

	mu     sync.Mutex
	offset time.Duration // from the clock

	url       string
	baseURLs  map[string]string // of vendors with an address of their own
	listeners []listener
	served    sync.WaitGroup
	close     sync.Once
}

// New returns a sandbox that does not listen.
func New(o Options, vendors ...vendorapi.Constructor) *Sandbox {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	s := &Sandbox{clock: o.Clock, anyAddress: o.AnyAddress, baseURLs: map[string]string{}}
	for _, constructor := range vendors {
		s.vendors = append(s.vendors, constructor(s.Now))
	}
	return s
}

// Vendor returns the vendor of a name; its dynamic type is the vendor's own Server.
func (s *Sandbox) Vendor(name string) (v vendorapi.Vendor, ok bool) {
	for _, v := range s.vendors {
		if v.Name() == name {
			return v, true
		}
	}
	return nil, false
}

// vendor is Vendor with an error for none.
func (s *Sandbox) vendor(name string) (vendorapi.Vendor, error) {
	if v, ok := s.Vendor(name); ok {
		return v, nil
	}
	return nil, fmt.Errorf("no vendor %q in this sandbox", name)
}

// Vendors returns the vendors' names.
func (s *Sandbox) Vendors() []string {
	var names []string
	for _, v := range s.vendors {
		names = append(names, v.Name())
	}
	return names
}

// Calls returns the names of a vendor's calls, in records and faults; nil for no vendor.
func (s *Sandbox) Calls(vendor string) []string {
	if v, ok := s.Vendor(vendor); ok {
		return v.Ops()
	}
	return nil
}

// Env returns the environment variables that point the provider at this sandbox, with credentials that work.
func (s *Sandbox) Env() map[string]string {
	env := map[string]string{}
	for _, v := range s.vendors {
		maps.Copy(env, v.Env(s.baseURL(v.Name())))
	}
	return env
}

// AddAccount makes another account of a vendor at the same address, which sees links of its own only, and returns the variables
// that Env returns for the first one.
func (s *Sandbox) AddAccount(vendor string) (map[string]string, error) {
	v, err := s.vendor(vendor)
	if err != nil {
		return nil, err
	}
	return v.AddAccount(s.baseURL(vendor)), nil
}

// baseURL is the address of a vendor.
func (s *Sandbox) baseURL(vendor string) string {
	if own, ok := s.baseURLs[vendor]; ok {
		return own
	}
	return s.url + "/" + vendor
}

// Now returns the sandbox's time: that of its clock plus what Advance added.
func (s *Sandbox) Now() time.Time { return s.clock.Now().Add(s.offsetFromClock()) }

func (s *Sandbox) offsetFromClock() time.Duration {
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

// Overview lists the links of all vendors and accounts, each vendor's oldest first.
func (s *Sandbox) Overview() []vendorapi.Link {
	links := []vendorapi.Link{}
	for _, v := range s.vendors {
		links = append(links, v.Overview()...)
	}
	return links
}

// Act does to a vendor's link, behind the provider's back, what people do: "pay", "expire" and so on, and "force" with a status.
func (s *Sandbox) Act(vendor, id, action, status string) error {
	v, err := s.vendor(vendor)
	if err != nil {
		return err
	}
	return v.Act(id, action, status)
}

// Seed adds links to a vendor, in the vendor's own JSON.
func (s *Sandbox) Seed(vendor string, data []byte) error {
	v, err := s.vendor(vendor)
	if err != nil {
		return err
	}
	return v.Seed(data)
}

// Demo returns links of a vendor to look at, for Seed. "${SANDBOX}" stands in it for the sandbox's address.
func (s *Sandbox) Demo(vendor string) []byte {
	if v, ok := s.Vendor(vendor); ok {
		return v.Demo()
	}
	return nil
}

// Switches returns a vendor's switches, as a value that marshals to JSON; nil for no vendor.
func (s *Sandbox) Switches(vendor string) any {
	if v, ok := s.Vendor(vendor); ok {
		return v.Switches()
	}
	return nil
}

// SetSwitches changes the switches of a vendor that a JSON object names; on an error none.
func (s *Sandbox) SetSwitches(vendor string, data []byte) error {
	v, err := s.vendor(vendor)
	if err != nil {
		return err
	}
	return v.SetSwitches(data)
}

// ParseFault reads a fault of this sandbox's vendors; see fault.Parse.
func (s *Sandbox) ParseFault(text string) (fault.Fault, error) { return fault.Parse(text, s.vendors) }

// Inject makes matching calls fail from now on. The returned function ends it, and may be called more than once.
func (s *Sandbox) Inject(f fault.Fault) (remove func()) {
	id := s.faults.Inject(f)
	return func() { s.faults.Remove(id) }
}

// StartChaos starts a chaos in place of the one before; see fault.Chaos.
func (s *Sandbox) StartChaos(c fault.Chaos) { s.faults.StartChaos(c) }

// ChaosStats counts, by name, what chaos did so far.
func (s *Sandbox) ChaosStats() map[string]int { return s.faults.ChaosStats() }
