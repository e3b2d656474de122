package sandbox

import (
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Chaos makes a share of the requests fail, each in a way of its own. What goes wrong with a request is decided by the
// seed, the vendor, the call and the request's number among those of this vendor and call; by nothing else, so that the
// same seed does the same to the same sequence of requests, in whatever order vendors are asked.
type Chaos struct {
	Seed  uint64
	Share float64 // of the requests that something goes wrong with, 0 to 1
	// Patience is what a client waits for an answer: some answers come later than that.
	Patience time.Duration
	// Before and After see each request, before the vendor does its work and before it answers; nil for nobody. The
	// client waits meanwhile.
	Before, After func(Moment)
}

// Moment is one request in the middle of being served.
type Moment struct {
	Vendor, Op string
	Number     int // among the requests of this vendor and call, from 1
	Request    []byte
	Reply      []byte // the vendor's own; nil before the vendor did its work
	Committed  bool   // it has changed the vendor's state
}

// chaos is what is loose, and what it did.
type chaos struct {
	mu      sync.Mutex
	loose   *Chaos
	numbers map[string]int
	done    map[string]int
}

// Unleash replaces the chaos that is loose, if there is one. Requests go on counting where they were, so that one seed
// can be unleashed in several parts.
func (s *Sandbox) Unleash(c Chaos) {
	s.chaos.mu.Lock()
	defer s.chaos.mu.Unlock()
	s.chaos.loose = &c
}

// Havoc counts, by name, what chaos did so far.
func (s *Sandbox) Havoc() map[string]int {
	s.chaos.mu.Lock()
	defer s.chaos.mu.Unlock()
	return maps.Clone(s.chaos.done)
}

// meet begins a request: how it is seen, and the fault that hits it.
func (c *chaos) meet(call *vendorapi.Call) (*encounter, Fault, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.loose == nil {
		return nil, Fault{}, false
	}
	if c.numbers == nil {
		c.numbers, c.done = map[string]int{}, map[string]int{}
	}
	name := call.Vendor + " " + call.Op
	c.numbers[name]++
	met := &encounter{chaos: *c.loose, moment: Moment{Vendor: call.Vendor, Op: call.Op, Number: c.numbers[name], Request: call.Body}}
	what, fault, hit := c.loose.decide(name, c.numbers[name])
	if hit {
		c.done[what]++
	}
	return met, fault, hit
}

// encounter is one request that chaos has seen; nil while none is loose.
type encounter struct {
	chaos  Chaos
	moment Moment
}

func (e *encounter) before() {
	if e != nil && e.chaos.Before != nil {
		e.chaos.Before(e.moment)
	}
}

func (e *encounter) after(reply vendorapi.Reply, committed bool) {
	if e != nil && e.chaos.After != nil {
		moment := e.moment
		moment.Reply, moment.Committed = reply.Body, committed
		e.chaos.After(moment)
	}
}

// decide is the whole dice.
func (c *Chaos) decide(name string, number int) (string, Fault, bool) {
	of := fnv.New64a()
	_, _ = of.Write([]byte(name + " " + strconv.Itoa(number))) // never fails
	dice := rand.New(rand.NewPCG(c.Seed, of.Sum64()))          //nolint:gosec // it must be the same each time
	share := c.Share
	if strings.HasSuffix(name, " token") {
		share /= 4 // one that fails takes all of a vendor's calls with it, and little else would be tried
	}
	if dice.Float64() >= share {
		return "", Fault{}, false
	}
	kinds := c.kinds()
	kind := kinds[dice.IntN(len(kinds))]
	return kind.name, kind.fault, true
}

type mishap struct {
	name  string
	fault Fault
}

// kinds are what can go wrong with a request.
func (c *Chaos) kinds() []mishap {
	wait := func(seconds string) http.Header { return http.Header{"Retry-After": {seconds}} }
	return []mishap{
		{"refused", Fault{Kind: Answer, Status: http.StatusUnprocessableEntity, Body: `{"message":"not today"}`}},
		{"401", Fault{Kind: ExpireToken}},
		{"429, Retry-After 0", Fault{Kind: TooMany, Header: wait("0")}},
		{"429, Retry-After 1", Fault{Kind: TooMany, Header: wait("1")}},
		{"500 before", Fault{Kind: Answer, Status: http.StatusInternalServerError, Body: `{"message":"oops"}`}},
		{"500 after", Fault{Kind: Answer, Status: http.StatusInternalServerError, Body: `{"message":"oops"}`, After: true}},
		{"503 before", Fault{Kind: Answer, Status: http.StatusServiceUnavailable, Body: `{"message":"later"}`}},
		{"503 after", Fault{Kind: Answer, Status: http.StatusServiceUnavailable, Body: `{"message":"later"}`, After: true}},
		{"502 page before", Fault{Kind: HTML}},
		{"502 page after", Fault{Kind: HTML, After: true}},
		{"dropped before", Fault{Kind: Drop}},
		{"dropped after", Fault{Kind: Drop, After: true}},
		{"truncated", Fault{Kind: Truncate}},
		{"malformed after", Fault{Kind: Malformed, After: true}},
		{"late", Fault{Kind: Wait, Delay: c.Patience / 4}},
		{"too late before", Fault{Kind: Wait, Delay: 2 * c.Patience}},
		{"too late after", Fault{Kind: Wait, Delay: 2 * c.Patience, After: true}},
	}
}
