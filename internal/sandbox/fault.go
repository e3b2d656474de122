package sandbox

import (
	"net/http"
	"slices"
	"sync"
	"time"
)

// FaultKind says what goes wrong.
type FaultKind string

// The kinds. Truncate, WrongContentType, Drip, Wait and Oversize shape the real answer, so that the call has its effect
// with or without Fault.After; the others stand in its place and have it only with After.
const (
	Answer           FaultKind = "answer"             // Status, Body, ContentType and Header as given; status default 500
	Drop             FaultKind = "drop"               // the connection is closed without an answer
	HTML             FaultKind = "html"               // an HTML error page, status default 502
	Empty            FaultKind = "empty"              // no body; status default that of the real answer, else 200
	Truncate         FaultKind = "truncate"           // half the real answer under its full Content-Length
	Malformed        FaultKind = "malformed"          // JSON that does not parse; status as Empty
	WrongContentType FaultKind = "wrong_content_type" // the real body as text/html
	TooMany          FaultKind = "too_many"           // 429 in the vendor's words; Retry-After by Header
	ExpireToken      FaultKind = "expire_token"       // 401 in the vendor's words
	Redirect         FaultKind = "redirect"           // to Location, status default 307
	Drip             FaultKind = "drip"               // the real answer byte by byte, Delay before each
	Wait             FaultKind = "wait"               // Delay, then the real answer
	Echo             FaultKind = "echo"               // 422 whose message holds the request's body and Authorization
	Oversize         FaultKind = "oversize"           // the real answer with an element of more than 2 MiB
)

// shapesAnswer tells whether a kind needs the real answer.
func (k FaultKind) shapesAnswer() bool {
	return slices.Contains([]FaultKind{Truncate, WrongContentType, Drip, Wait, Oversize}, k)
}

func (k FaultKind) known() bool { return slices.Contains(Kinds(), k) }

// Fault is one thing that goes wrong, on the calls that it matches. Of several that match, the first injected acts.
//
// Go's http.Transport silently repeats a GET that was dropped on a connection used before: such a request is recorded
// twice and spends two Times.
type Fault struct {
	Vendor, Op string // "" is any
	Skip       int    // so many matching calls pass first
	Times      int    // so many are then hit; 0 is until removed
	Kind       FaultKind

	Status      int
	Body        string
	ContentType string // of Answer; default application/json
	Header      http.Header
	Delay       time.Duration
	After       bool   // the call has its effect first
	Location    string // of Redirect
	Echo        bool   // HTML: the page repeats the request's body and Authorization
}

// faults holds what is injected.
type faults struct {
	mu     sync.Mutex
	lastID int
	active []*activeFault
}

type activeFault struct {
	id         int
	fault      Fault
	skip, left int
}

func (l *faults) add(f Fault) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if f.Kind == "" {
		f.Kind = Answer
	}
	f.Header = f.Header.Clone()
	l.lastID++
	l.active = append(l.active, &activeFault{id: l.lastID, fault: f, skip: f.Skip, left: f.Times})
	return l.lastID
}

func (l *faults) remove(id int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	before := len(l.active)
	l.active = slices.DeleteFunc(l.active, func(a *activeFault) bool { return a.id == id })
	return len(l.active) < before
}

func (l *faults) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.active = nil
}

// take finds the fault of a call and counts it down.
func (l *faults) take(vendor, op string) (Fault, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, a := range l.active {
		if a.fault.Vendor != "" && a.fault.Vendor != vendor || a.fault.Op != "" && a.fault.Op != op {
			continue
		}
		if a.skip > 0 {
			a.skip--
			continue
		}
		if a.left == 1 {
			l.active = slices.Delete(l.active, i, i+1)
		} else if a.left > 1 {
			a.left--
		}
		return a.fault, true
	}
	return Fault{}, false
}

// Inject makes matching calls fail from now on. The returned function ends it, and may be called more than once.
func (s *Sandbox) Inject(f Fault) (remove func()) {
	id := s.faults.add(f)
	return func() { s.faults.remove(id) }
}
