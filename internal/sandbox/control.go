package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/control"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// errNoRoute is an unknown control path or method.
var errNoRoute = errors.New("no such control call")

// serveControl answers the control API, JSON both ways, for the machine itself only:
//
//	GET    /_sandbox/links                          every vendor's links
//	POST   /_sandbox/links/{vendor}/{id}/{action}   pay, process, fail, expire, cancel, delete; force?status=...
//	POST   /_sandbox/seed/{vendor}                  links in the vendor's own JSON
//	GET, DELETE        /_sandbox/requests           what vendors were asked
//	GET, POST          /_sandbox/clock              {"advance":"24h"}
//	POST, DELETE       /_sandbox/faults[/{id}]      see fault.Fault
//	GET, POST          /_sandbox/switches/{vendor}  the switches to change
//	POST   /_sandbox/accounts/{vendor}              makes another account; its variables
//
// Package control has a client of it.
func (s *Sandbox) serveControl(w http.ResponseWriter, r *http.Request, rest string) {
	reply := vendorapi.JSON(http.StatusForbidden, problem("the control API is for this machine only"))
	if s.isLocal(r) {
		reply = s.control(r, rest)
	}
	s.send(r.Context(), w, fault.Response{Reply: reply})
}

// isLocal keeps out what a browser can be made to send. A page of a foreign name that resolves to loopback (DNS
// rebinding) shows in Host, a page of another site in Origin.
func (s *Sandbox) isLocal(r *http.Request) bool {
	if remote, _, err := net.SplitHostPort(r.RemoteAddr); err != nil || !s.anyAddress && !isLoopback(remote) {
		return false
	}
	if origin := r.Header.Get("Origin"); origin != "" {
		if u, err := url.Parse(origin); err != nil || u.Host != r.Host {
			return false
		}
	}
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return s.isSandboxHost(strings.Trim(host, "[]"))
}

// isSandboxHost reports the names under which the sandbox is asked on purpose: loopback's, the one that its owner gave it, and beyond
// loopback any address in figures, which no name server can lead here.
func (s *Sandbox) isSandboxHost(host string) bool {
	if isLoopback(host) || s.anyAddress && net.ParseIP(host) != nil {
		return true
	}
	own, err := url.Parse(s.url)
	return err == nil && host != "" && host == own.Hostname()
}

func (s *Sandbox) control(r *http.Request, rest string) vendorapi.Reply {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		return failure(err)
	}
	path, err := vendorapi.Segments(rest)
	if err != nil {
		return failure(err)
	}
	value, err := s.controlCall(r, path, body)
	if err != nil {
		return failure(err)
	}
	return vendorapi.JSON(http.StatusOK, value)
}

func (s *Sandbox) controlCall(r *http.Request, path []string, body []byte) (any, error) {
	switch route := r.Method + " " + path[0]; {
	case route == "GET links" && len(path) == 1:
		return map[string]any{"links": s.Overview()}, nil
	case route == "POST links" && len(path) == 4:
		return s.act(path[1], path[2], path[3], r.URL.Query().Get("status"))
	case route == "POST seed" && len(path) == 2:
		return map[string]any{}, s.Seed(path[1], body)
	case route == "POST accounts" && len(path) == 2:
		env, err := s.AddAccount(path[1])
		return map[string]any{"env": env}, err
	case route == "GET requests" && len(path) == 1:
		return map[string]any{"requests": s.controlRequests()}, nil
	case route == "DELETE requests" && len(path) == 1:
		s.ResetRequests()
		return map[string]any{}, nil
	case route == "GET clock" && len(path) == 1:
		return map[string]any{"now": s.Now().UTC()}, nil
	case route == "POST clock" && len(path) == 1:
		return s.advance(body)
	case path[0] == "faults" && len(path) <= 2:
		return s.controlFaults(r.Method, path[1:], body)
	case path[0] == "switches" && len(path) == 2:
		return s.controlSwitches(r.Method, path[1], body)
	}
	return nil, errNoRoute
}

func (s *Sandbox) act(vendor, id, action, status string) (any, error) {
	v, ok := s.Vendor(vendor)
	if !ok {
		return nil, fmt.Errorf("%w: vendor %q", errNoRoute, vendor)
	}
	if err := v.Act(id, action, status); err != nil {
		return nil, err
	}
	for _, link := range v.Overview() {
		if link.ID == id {
			return link, nil
		}
	}
	return map[string]any{}, nil // deleted
}

func (s *Sandbox) advance(body []byte) (any, error) {
	var move struct {
		Advance *vendorapi.Duration `json:"advance"`
	}
	if err := json.Unmarshal(body, &move); err != nil {
		return nil, err
	}
	if move.Advance == nil {
		return nil, errors.New(`advance is missing, as in {"advance":"24h"}`)
	}
	s.Advance(time.Duration(*move.Advance))
	return map[string]any{"now": s.Now().UTC()}, nil
}

func (s *Sandbox) controlSwitches(method, vendor string, body []byte) (any, error) {
	v, ok := s.Vendor(vendor)
	if !ok || method != http.MethodGet && method != http.MethodPost {
		return nil, errNoRoute
	}
	if method == http.MethodPost {
		if err := v.SetSwitches(body); err != nil {
			return nil, err
		}
	}
	return v.Switches(), nil
}

func (s *Sandbox) controlFaults(method string, path []string, body []byte) (any, error) {
	switch {
	case method == http.MethodPost && len(path) == 0:
		var f fault.Fault
		if err := json.Unmarshal(body, &f); err != nil {
			return nil, err
		}
		return map[string]any{"id": s.faults.Inject(f)}, nil
	case method == http.MethodDelete && len(path) == 0:
		s.faults.Clear()
		return map[string]any{}, nil
	case method == http.MethodDelete:
		if id, err := strconv.Atoi(path[0]); err == nil && s.faults.Remove(id) {
			return map[string]any{}, nil
		}
	}
	return nil, errNoRoute
}

// failure answers a control call that cannot be done.
func failure(err error) vendorapi.Reply {
	status := http.StatusBadRequest
	if errors.Is(err, errNoRoute) || errors.Is(err, vendorapi.ErrNoLink) {
		status = http.StatusNotFound
	}
	return vendorapi.JSON(status, problem(err.Error()))
}

func problem(text string) map[string]string { return map[string]string{"error": text} }

func (s *Sandbox) controlRequests() []control.Request {
	requests := []control.Request{}
	for _, r := range s.Requests() {
		requests = append(requests, control.Request{
			Vendor: r.Vendor, Op: r.Op, Method: r.Method, Path: r.Path, Query: r.Query, Header: r.Header,
			Body: string(r.Body), Status: r.Status, Committed: r.Committed, At: r.At.UTC(),
		})
	}
	return requests
}
