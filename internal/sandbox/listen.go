package sandbox

import (
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// listener is one address that the sandbox listens on.
type listener struct {
	net.Listener
	server *http.Server
}

func (l listener) address() string { return dialableAddress(l.Addr().String()) }

// Start returns a sandbox that listens. It refuses an address that is not loopback unless Options.AnyAddress is set.
func Start(o Options, vendors ...vendorapi.Constructor) (*Sandbox, error) {
	s := New(o, vendors...)
	if err := s.open(o); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	// Only now, because whoever asks is told of the addresses.
	for _, l := range s.listeners {
		s.served.Go(func() { _ = l.server.Serve(l.Listener) }) // ends with http.ErrServerClosed
	}
	return s, nil
}

func (s *Sandbox) open(o Options) error {
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	var err error
	if s.url, err = s.listen(o.Addr, s); err != nil {
		return err
	}
	for _, vendor := range slices.Sorted(maps.Keys(o.Ports)) {
		v, err := s.vendor(vendor)
		if err != nil {
			return err
		}
		own := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.serveVendor(w, r, v, r.URL.EscapedPath()) })
		if s.baseURLs[vendor], err = s.listen(o.Ports[vendor], own); err != nil {
			return err
		}
	}
	return s.setURL(o.URL)
}

// listen opens an address and returns its URL.
func (s *Sandbox) listen(addr string, handler http.Handler) (string, error) {
	if host, _, err := net.SplitHostPort(addr); err != nil {
		return "", fmt.Errorf("sandbox address %q: %w", addr, err)
	} else if !s.anyAddress && !isLoopback(host) {
		return "", fmt.Errorf("sandbox address %q is not loopback: whoever reaches it could pay and cancel links", addr)
	}
	opened, err := net.Listen("tcp", addr)
	if err != nil {
		return "", fmt.Errorf("sandbox: %w", err)
	}
	l := listener{opened, &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          log.New(io.Discard, "", 0), // faults break connections on purpose
	}}
	s.listeners = append(s.listeners, l)
	return "http://" + l.address(), nil
}

// setURL puts another address into links and variables. A vendor with a port of its own keeps that.
func (s *Sandbox) setURL(address string) error {
	if address == "" {
		return nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil ||
		strings.Trim(u.Path, "/")+u.RawQuery+u.Fragment != "" {
		return fmt.Errorf("sandbox URL %q: it must be a scheme and a host, as in http://192.0.2.7:8787", address)
	}
	s.url = u.Scheme + "://" + u.Host
	for vendor, base := range s.baseURLs {
		own, err := url.Parse(base)
		if err != nil {
			return err
		}
		s.baseURLs[vendor] = u.Scheme + "://" + net.JoinHostPort(u.Hostname(), own.Port())
	}
	return nil
}

// URL returns the address, as http://127.0.0.1:PORT; empty for a sandbox that does not listen.
func (s *Sandbox) URL() string { return s.url }

// Addr returns the host and port that it listens on, whatever URL says; empty for a sandbox that does not listen.
func (s *Sandbox) Addr() string {
	if len(s.listeners) == 0 {
		return ""
	}
	return s.listeners[0].address()
}

// Close ends the listeners and every connection. It may be called more than once.
func (s *Sandbox) Close() error {
	var err error
	s.close.Do(func() {
		for _, l := range s.listeners {
			// The listener too, because a server that never served does not know it; closing it twice is no error to tell.
			for _, failed := range []error{l.server.Close(), l.Close()} {
				if !errors.Is(failed, net.ErrClosed) {
					err = errors.Join(err, failed)
				}
			}
		}
		s.served.Wait()
	})
	return err
}

// dialableAddress is the address under which this machine reaches a listener, which may listen on every address.
func dialableAddress(address string) string {
	host, port, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return address
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
