package main

import (
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendors"
)

// front is the vendors as they are far away: each answer takes a while. It counts connections, and refuses what is too much
// for a minute.
type front struct {
	*sandbox.Sandbox
	clock   clock.Clock
	server  *http.Server
	address string
	served  chan struct{}

	latency     atomic.Int64
	connections atomic.Int64

	mu      sync.Mutex
	limit   int // requests within any minute; 0 for any number
	arrived []time.Time
	refused int
}

func newFront(clk clock.Clock) (*front, error) {
	box, err := sandbox.Start(sandbox.Options{}, vendors.All()...)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(err, box.Close())
	}
	f := &front{Sandbox: box, clock: clk, address: "http://" + listener.Addr().String(), served: make(chan struct{})}
	f.server = &http.Server{
		Handler: f, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0),
		ConnState: func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				f.connections.Add(1)
			}
		},
	}
	go func() {
		defer close(f.served)
		_ = f.server.Serve(listener)
	}()
	return f, nil
}

func (f *front) Close() error {
	err := f.server.Close()
	<-f.served
	return errors.Join(err, f.Sandbox.Close())
}

// env points the provider at the front.
func (f *front) env() map[string]string {
	out := f.Env()
	for name, value := range out {
		out[name] = strings.Replace(value, f.URL(), f.address, 1)
	}
	return out
}

func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if f.clock.Sleep(r.Context(), time.Duration(f.latency.Load())) != nil {
		return
	}
	if f.tooMany() {
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	f.Sandbox.ServeHTTP(w, r)
}

// tooMany counts as vendors do: within the last minute, whenever it began.
func (f *front) tooMany() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.limit == 0 {
		return false
	}
	now, recent := f.clock.Now(), f.arrived[:0]
	for _, at := range f.arrived {
		if now.Sub(at) < time.Minute {
			recent = append(recent, at)
		}
	}
	f.arrived = append(recent, now)
	if len(f.arrived) > f.limit {
		f.refused++
		return true
	}
	return false
}

// begin sets the conditions of a measurement and forgets what was counted.
func (f *front) begin(latency time.Duration, limit int) {
	f.ResetRequests()
	f.latency.Store(int64(latency))
	f.connections.Store(0)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.limit, f.arrived, f.refused = limit, nil, 0
}

// counted is what arrived since begin.
func (f *front) counted(vendor string) (requests map[string]int, connections int64, refused int) {
	requests = map[string]int{}
	for _, r := range f.Requests() {
		if r.Vendor == vendor {
			requests[r.Op]++
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return requests, f.connections.Load(), f.refused
}
