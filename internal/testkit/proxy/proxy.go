// Package proxy stands in front of a sandbox, as the network does: it delays replies, counts connections, and can refuse
// them for a while.
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

	server *http.Server
	served chan struct{}

	mu          sync.Mutex
	latency     time.Duration
	connections int
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

// SetLatency sets how long a reply takes.
func (p *Proxy) SetLatency(latency time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.latency = latency
}

// TakeConnections returns how many connections were opened since it was last called.
func (p *Proxy) TakeConnections() (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	n, p.connections = p.connections, 0
	return n
}

// ServeHTTP delays a request, and serves it.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	latency := p.latency
	p.mu.Unlock()
	if p.clock.Sleep(r.Context(), latency) == nil {
		p.handler.ServeHTTP(w, r)
	}
}
