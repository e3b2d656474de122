// Package proxy stands in front of a sandbox, as the network and a vendor's gateway do: it delays replies, refuses requests beyond
// a rate limit, counts connections, and can refuse connections for a while.
package proxy

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
)

// Proxy serves a handler on a loopback address of its own. It is safe for concurrent use.
type Proxy struct {
	// URL is where it listens, scheme and host.
	URL string

	handler http.Handler
	clock   clock.Clock

	mu          sync.Mutex
	server      *http.Server
	served      chan struct{}
	latency     time.Duration
	limit       int
	arrived     []time.Time // of the last minute
	connections int
	refused     int
}

// Start listens on a free port.
func Start(ctx context.Context, handler http.Handler, clk clock.Clock) (*Proxy, error) {
	p := &Proxy{handler: handler, clock: clk}
	if err := p.listen(ctx, "127.0.0.1:0"); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *Proxy) listen(ctx context.Context, address string) error {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler: p, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0),
		ConnState: func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				p.mu.Lock()
				defer p.mu.Unlock()
				p.connections++
			}
		},
	}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(listener) // ends with Close
	}()
	p.URL, p.server, p.served = "http://"+listener.Addr().String(), server, served
	return nil
}

// Close ends every connection, and refuses new ones from then on.
func (p *Proxy) Close() error {
	err := p.server.Close()
	<-p.served
	return err
}

// Reopen listens again at the same URL after Close. Somebody else may have got the port meanwhile: then it is waited for.
func (p *Proxy) Reopen(ctx context.Context) error {
	var err error
	for range 100 {
		if err = p.listen(ctx, p.URL[len("http://"):]); err == nil {
			return nil
		}
		err = errors.Join(err, p.clock.Sleep(ctx, 50*time.Millisecond))
	}
	return err
}

// Reset sets how long a reply takes, and how many requests are served within any minute (0 for any number), and sets the counts
// to zero.
func (p *Proxy) Reset(latency time.Duration, limit int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.latency, p.limit, p.arrived, p.connections, p.refused = latency, limit, nil, 0, 0
}

// Counts are the connections and the requests that were refused since Reset.
func (p *Proxy) Counts() (connections, refused int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.connections, p.refused
}

// ServeHTTP delays a request, and serves it or refuses it with a 429.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	latency, refuse := p.admit()
	if p.clock.Sleep(r.Context(), latency) != nil {
		return
	}
	if refuse {
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	p.handler.ServeHTTP(w, r)
}

// admit counts as vendors do: within the last minute, whenever it began.
func (p *Proxy) admit() (latency time.Duration, refuse bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.limit == 0 {
		return p.latency, false
	}
	now, recent := p.clock.Now(), p.arrived[:0]
	for _, at := range p.arrived {
		if now.Sub(at) < time.Minute {
			recent = append(recent, at)
		}
	}
	p.arrived = append(recent, now)
	if len(p.arrived) > p.limit {
		p.refused++
		return p.latency, true
	}
	return p.latency, false
}
