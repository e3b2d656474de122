package fault

import (
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Chaos makes a share of the requests fail, each in a way of its own. What goes wrong with a request is decided by the
// seed, the vendor, the call and the request's number among those of this vendor and call; by nothing else, so that the
// same seed does the same to the same sequence of requests, in whatever order vendors are asked.
type Chaos struct {
	Seed uint64
	Rate float64 // the share of the requests that something goes wrong with, 0 to 1
	// Patience is what a client waits for an answer: some answers come later than that.
	Patience time.Duration
	// Before and After see each request, before the vendor does its work and before it answers; nil for nobody. The
	// client waits meanwhile.
	Before, After func(Event)
}

// Event is one request in the middle of being served.
type Event struct {
	Vendor, Op string
	Number     int // among the requests of this vendor and call, from 1
	Request    []byte
	Reply      []byte // the vendor's own; nil before the vendor did its work
	Committed  bool   // it has changed the vendor's state
}

// StartChaos starts a chaos in place of the one before. Requests go on counting where they were, so that one seed can be used
// in several parts.
func (i *Injector) StartChaos(c Chaos) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.chaos = &c
}

// ChaosStats counts, by name, what chaos did so far.
func (i *Injector) ChaosStats() map[string]int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return maps.Clone(i.stats)
}

// Observed is a request that chaos has seen; nil while there is none.
type Observed struct {
	chaos Chaos
	event Event
	fault Fault
	hit   bool
}

// Observe begins a request: it counts it, and decides what chaos does to it.
func (i *Injector) Observe(call *vendorapi.Call) *Observed {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.chaos == nil {
		return nil
	}
	if i.numbers == nil {
		i.numbers, i.stats = map[string]int{}, map[string]int{}
	}
	name := call.Vendor + " " + call.Op
	i.numbers[name]++
	o := &Observed{chaos: *i.chaos, event: Event{Vendor: call.Vendor, Op: call.Op, Number: i.numbers[name], Request: call.Body}}
	var f chaosFault
	if f, o.hit = i.chaos.decide(name, i.numbers[name]); o.hit {
		i.stats[f.name]++
		o.fault = f.fault
	}
	return o
}

// Before calls Chaos.Before.
func (o *Observed) Before() {
	if o != nil && o.chaos.Before != nil {
		o.chaos.Before(o.event)
	}
}

// After calls Chaos.After, with what the vendor did.
func (o *Observed) After(reply vendorapi.Reply, committed bool) {
	if o != nil && o.chaos.After != nil {
		event := o.event
		event.Reply, event.Committed = reply.Body, committed
		o.chaos.After(event)
	}
}

// decide derives the fault of a request from the seed, its vendor and call, and its number, and from nothing else.
func (c *Chaos) decide(name string, number int) (chaosFault, bool) {
	of := fnv.New64a()
	_, _ = of.Write([]byte(name + " " + strconv.Itoa(number))) // never fails
	rng := rand.New(rand.NewPCG(c.Seed, of.Sum64()))           //nolint:gosec // it must be the same each time
	rate := c.Rate
	if strings.HasSuffix(name, " token") {
		rate /= 4 // one that fails takes all of a vendor's calls with it, and little else would be tried
	}
	if rng.Float64() >= rate {
		return chaosFault{}, false
	}
	kinds := c.faults()
	return kinds[rng.IntN(len(kinds))], true
}

type chaosFault struct {
	name  string
	fault Fault
}

// faults are what can go wrong with a request.
func (c *Chaos) faults() []chaosFault {
	wait := func(seconds string) http.Header { return http.Header{"Retry-After": {seconds}} }
	return []chaosFault{
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
