package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Record is one request to a vendor. Control calls and checkout pages are not recorded.
type Record struct {
	Vendor string
	Op     string // what the route means ("create", "get" and so on); "" for an unknown route
	Method string
	Path   string // escaped as sent, without the vendor's prefix
	Query  url.Values
	Header http.Header
	Body   []byte // the exact bytes
	Status int    // 0 while there is no answer, and for ever when the connection was dropped
	// Committed reports whether the request changed the vendor's state, whatever its answer said.
	Committed bool
	At        time.Time // by the sandbox's clock
}

// ByOp matches the requests of one call of one vendor; an empty vendor matches each.
func ByOp(vendor, op string) func(Record) bool {
	return func(r Record) bool { return r.Op == op && (vendor == "" || r.Vendor == vendor) }
}

// recorder keeps the requests in the order of their arrival.
type recorder struct {
	mu      sync.Mutex
	records []*Record
}

func (l *recorder) add(r Record) *Record {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.records = append(l.records, &r)
	return &r
}

// update changes a record under the lock.
func (l *recorder) update(r *Record, change func(*Record)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	change(r)
}

func (l *recorder) reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.records = nil
}

func (l *recorder) list(match []func(Record) bool) []Record {
	l.mu.Lock()
	defer l.mu.Unlock()
	var found []Record
	for _, r := range l.records {
		if !slices.ContainsFunc(match, func(fits func(Record) bool) bool { return !fits(*r) }) {
			found = append(found, *r)
		}
	}
	return found
}

// Requests lists the requests that every match accepts, in the order of their arrival. A request is listed before its
// answer is written.
func (s *Sandbox) Requests(match ...func(Record) bool) []Record { return s.recorder.list(match) }

// ResetRequests forgets the requests so far.
func (s *Sandbox) ResetRequests() { s.recorder.reset() }
