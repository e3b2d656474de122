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
)

// door is one address that the sandbox listens on.
type door struct {
	listener net.Listener
	server   *http.Server
}

func (d door) url() string { return "http://" + reachable(d.listener.Addr().String()) }

// Start returns a sandbox that listens. It refuses an address that is not loopback unless Options.AnyAddress is set.
func Start(o Options) (*Sandbox, error) {
	s := New(o)
	if err := s.open(o); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	// Only now, because whoever asks is told of the addresses.
	for _, d := range s.doors {
		s.served.Go(func() { _ = d.server.Serve(d.listener) }) // ends with http.ErrServerClosed
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
		v, ok := s.vendor(vendor)
		if !ok {
			return fmt.Errorf("no vendor %q in this sandbox", vendor)
		}
		own := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.serveVendor(w, r, v, r.URL.EscapedPath()) })
		if s.bases[vendor], err = s.listen(o.Ports[vendor], own); err != nil {
			return err
		}
	}
	return s.rename(o.URL)
}

// listen opens an address and returns its URL.
func (s *Sandbox) listen(addr string, handler http.Handler) (string, error) {
	if host, _, err := net.SplitHostPort(addr); err != nil {
		return "", fmt.Errorf("sandbox address %q: %w", addr, err)
	} else if !s.anyAddress && !isLoopback(host) {
		return "", fmt.Errorf("sandbox address %q is not loopback: whoever reaches it could pay and cancel links", addr)
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return "", fmt.Errorf("sandbox: %w", err)
	}
	d := door{listener, &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          log.New(io.Discard, "", 0), // faults break connections on purpose
	}}
	s.doors = append(s.doors, d)
	return d.url(), nil
}

// rename puts another address into links and variables. A vendor with a port of its own keeps that.
func (s *Sandbox) rename(address string) error {
	if address == "" {
		return nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil ||
		strings.Trim(u.Path, "/")+u.RawQuery+u.Fragment != "" {
		return fmt.Errorf("sandbox URL %q: it must be a scheme and a host, as in http://192.0.2.7:8787", address)
	}
	s.url = u.Scheme + "://" + u.Host
	for vendor, base := range s.bases {
		own, err := url.Parse(base)
		if err != nil {
			return err
		}
		s.bases[vendor] = u.Scheme + "://" + net.JoinHostPort(u.Hostname(), own.Port())
	}
	return nil
}

// URL is the address, as http://127.0.0.1:PORT; empty for a sandbox that does not listen.
func (s *Sandbox) URL() string { return s.url }

// Addr is the host and port that it listens on, whatever URL says; empty for a sandbox that does not listen.
func (s *Sandbox) Addr() string {
	if len(s.doors) == 0 {
		return ""
	}
	return reachable(s.doors[0].listener.Addr().String())
}

// Close ends the listeners and every connection. It may be called more than once.
func (s *Sandbox) Close() error {
	var err error
	s.close.Do(func() {
		for _, d := range s.doors {
			// The listener too, because a server that never served does not know it; closing it twice is no error to tell.
			for _, failed := range []error{d.server.Close(), d.listener.Close()} {
				if !errors.Is(failed, net.ErrClosed) {
					err = errors.Join(err, failed)
				}
			}
		}
		s.served.Wait()
	})
	return err
}

// reachable is the address under which this machine reaches a listener, which may listen on every address.
func reachable(address string) string {
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
