// Package fault is what can go wrong with a call to a vendor of the sandbox: one fault at a time, or a chaos of them.
package fault

import (
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Kind says what goes wrong.
type Kind string

// The kinds. Truncate, WrongContentType, Drip, Wait, Oversize and Deviate alter the real response, so that the call has its effect
// with or without Fault.After; the others stand in its place and have it only with After.
const (
	Answer           Kind = "answer"             // Status, Body, ContentType and Header as given; status default 500
	Drop             Kind = "drop"               // the connection is closed without an answer
	HTML             Kind = "html"               // an HTML error page, status default 502
	Empty            Kind = "empty"              // no body; status default that of the real answer, else 200
	Truncate         Kind = "truncate"           // half the real answer under its full Content-Length
	Malformed        Kind = "malformed"          // JSON that does not parse; status as Empty
	WrongContentType Kind = "wrong_content_type" // the real body as text/html
	TooMany          Kind = "too_many"           // 429 in the vendor's words; Retry-After by Header
	ExpireToken      Kind = "expire_token"       // 401 in the vendor's words
	Redirect         Kind = "redirect"           // to Location, status default 307
	Drip             Kind = "drip"               // the real answer byte by byte, Delay before each
	Wait             Kind = "wait"               // Delay, then the real answer
	Echo             Kind = "echo"               // 422 whose message holds the request's body and Authorization
	Oversize         Kind = "oversize"           // the real answer with an element of more than 2 MiB
	Deviate          Kind = "deviate"            // the real answer with another value at Pointer, or without it
)

// Kinds returns all kinds of faults.
func Kinds() []Kind {
	return []Kind{
		Answer, Drop, HTML, Empty, Truncate, Malformed, WrongContentType, TooMany, ExpireToken, Redirect, Drip, Wait, Echo, Oversize, Deviate,
	}
}

// Explain says what a kind is, for people.
func (k Kind) Explain() string {
	return map[Kind]string{
		Answer:           "an answer of your own: status, default 500, and body",
		Drop:             "the connection is closed without an answer",
		HTML:             "an HTML error page, default status 502",
		Empty:            "no body",
		Truncate:         "the call works, and half its answer comes",
		Malformed:        "JSON that does not parse",
		WrongContentType: "the call works, and its answer says to be text/html",
		TooMany:          "429 in the vendor's words",
		ExpireToken:      "401 in the vendor's words",
		Redirect:         "to location, default status 307",
		Drip:             "the call works, and its answer comes byte by byte, delay before each",
		Wait:             "the call works, and its answer comes after delay",
		Echo:             "422 whose message holds what was sent, credentials too",
		Oversize:         "the call works, and its answer holds more than 2 MiB too much",
		Deviate:          "the call works, and its JSON has value at pointer, or lacks it without a value",
	}[k]
}

// AltersResponse reports whether a kind needs the real response.
func (k Kind) AltersResponse() bool {
	return slices.Contains([]Kind{Truncate, WrongContentType, Drip, Wait, Oversize, Deviate}, k)
}

// Fault is one thing that goes wrong, on the calls that it matches. Of several that match, the first injected acts.
//
// Go's http.Transport silently repeats a GET that was dropped on a connection used before: such a request is recorded
// twice and spends two Times.
type Fault struct {
	Vendor string `json:"vendor"` // "" is any
	Op     string `json:"op"`     // "" is any
	Skip   int    `json:"skip"`   // so many matching calls pass first
	Times  int    `json:"times"`  // so many are then hit; 0 is until removed
	Kind   Kind   `json:"kind"`   // default Answer

	Status      int           `json:"status"`
	Body        string        `json:"body"`
	ContentType string        `json:"content_type"` // of Answer; default application/json
	Header      http.Header   `json:"-"`
	Delay       time.Duration `json:"-"`
	After       bool          `json:"after"`    // the call has its effect first
	Location    string        `json:"location"` // of Redirect
	Echo        bool          `json:"echo"`     // HTML: the page repeats the request's body and Authorization

	Pointer string `json:"pointer"` // of Deviate: what differs, a JSON pointer (RFC 6901); "" is the whole body
	Value   string `json:"-"`       // of Deviate: JSON that stands there; "" removes what is there
}

// Injector has the faults that are injected, and the chaos that has been started. The zero value has none. It is safe for
// concurrent use.
type Injector struct {
	mu     sync.Mutex
	lastID int
	active []*injected

	chaos   *Chaos
	numbers map[string]int // requests while there was chaos, by vendor and call
	stats   map[string]int
}

type injected struct {
	id         int
	fault      Fault
	skip, left int
}

// Inject makes matching calls fail from now on, until Remove.
func (i *Injector) Inject(f Fault) (id int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if f.Kind == "" {
		f.Kind = Answer
	}
	f.Header = f.Header.Clone()
	i.lastID++
	i.active = append(i.active, &injected{id: i.lastID, fault: f, skip: f.Skip, left: f.Times})
	return i.lastID
}

// Remove ends a fault, and reports whether there was one of that id.
func (i *Injector) Remove(id int) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	before := len(i.active)
	i.active = slices.DeleteFunc(i.active, func(a *injected) bool { return a.id == id })
	return len(i.active) < before
}

// Clear ends all faults, but not the chaos.
func (i *Injector) Clear() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.active = nil
}

// List returns the faults that are injected, with what is left of Skip and Times.
func (i *Injector) List() []Fault {
	i.mu.Lock()
	defer i.mu.Unlock()
	var left []Fault
	for _, a := range i.active {
		f := a.fault
		f.Skip, f.Times = a.skip, a.left
		left = append(left, f)
	}
	return left
}

// Take finds the fault of a call: the first one injected, which it counts down, else the chaos's. The call has been observed.
func (i *Injector) Take(call *vendorapi.Call, observed *Observed) (Fault, bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for n, a := range i.active {
		if a.fault.Vendor != "" && a.fault.Vendor != call.Vendor || a.fault.Op != "" && a.fault.Op != call.Op {
			continue
		}
		if a.skip > 0 {
			a.skip--
			continue
		}
		if a.left == 1 {
			i.active = slices.Delete(i.active, n, n+1)
		} else if a.left > 1 {
			a.left--
		}
		return a.fault, true
	}
	if observed == nil {
		return Fault{}, false
	}
	return observed.fault, observed.hit
}
