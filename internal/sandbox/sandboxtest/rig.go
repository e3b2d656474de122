// Package sandboxtest is for the sandbox's own tests: a sandbox with a bare HTTP client, a suite that every vendor's package runs
// with one call, and Acme, the smallest vendor there can be.
package sandboxtest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
)

// Start is when the tests' clock stands at first.
var Start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// Rig is a sandbox and a bare HTTP client.
type Rig struct {
	*sandbox.Sandbox
	T      testing.TB
	Header http.Header // of every request
	HTTP   *http.Client
}

// New starts a sandbox on a clock of its own, so that no test sleeps. It ends with the test.
func New(t testing.TB, vendors ...vendorapi.Constructor) *Rig {
	t.Helper()
	return NewOn(t, fakeclock.New(Start), vendors...)
}

// NewOn is New on another clock.
func NewOn(t testing.TB, c clock.Clock, vendors ...vendorapi.Constructor) *Rig {
	t.Helper()
	transport := &http.Transport{DisableKeepAlives: true}
	t.Cleanup(transport.CloseIdleConnections)
	return &Rig{
		Sandbox: Serve(t, sandbox.Options{Clock: c}, vendors...), T: t, Header: http.Header{"Content-Type": {"application/json"}},
		HTTP: &http.Client{
			Transport: transport, Timeout: 10 * time.Second,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// Serve starts a sandbox that ends with the test.
func Serve(t testing.TB, o sandbox.Options, vendors ...vendorapi.Constructor) *sandbox.Sandbox {
	t.Helper()
	s, err := sandbox.Start(o, vendors...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// Response is an answer as it came; Err is that of the connection or of the body.
type Response struct {
	T      testing.TB
	Status int
	Header http.Header
	Body   string
	Err    error
}

// Send makes one request to a path, or to a whole URL; header are names and values, of which "" takes the rig's own header away.
func (r *Rig) Send(method, path, body string, header ...string) Response {
	r.T.Helper()
	req, err := http.NewRequestWithContext(r.T.Context(), method, r.URL()+strings.TrimPrefix(path, r.URL()), strings.NewReader(body))
	if err != nil {
		r.T.Fatal(err)
	}
	req.Header = r.Header.Clone()
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
		if header[i+1] == "" {
			req.Header.Del(header[i])
		}
	}
	if host := req.Header.Get("Host"); host != "" {
		req.Host = host
	}
	res, err := r.HTTP.Do(req)
	if err != nil {
		return Response{T: r.T, Err: err}
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	return Response{r.T, res.StatusCode, res.Header, string(text), err}
}

// Find returns a link as it is now.
func (r *Rig) Find(vendor, id string) vendorapi.Link {
	r.T.Helper()
	for _, link := range r.Overview() {
		if link.Vendor == vendor && link.ID == id {
			return link
		}
	}
	r.T.Fatalf("%s holds no link %s", vendor, id)
	return vendorapi.Link{}
}

// Must is for what must not fail.
func (r *Rig) Must(err error) {
	r.T.Helper()
	if err != nil {
		r.T.Fatal(err)
	}
}

// Want ends the test unless the answer has a status.
func (a Response) Want(status int) Response {
	a.T.Helper()
	if a.Err != nil {
		a.T.Fatal(a.Err)
	}
	if a.Status != status {
		a.T.Fatalf("status %d, want %d: %s", a.Status, status, a.Body)
	}
	return a
}

// JSON returns the body as values, numbers as json.Number.
func (a Response) JSON() any {
	a.T.Helper()
	return decode(a.T, []byte(a.Body))
}

func decode(t testing.TB, text []byte) (value any) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return value
}

// At shows the JSON value at a path: a string bare, an absent key as "absent", anything else as JSON text.
func (a Response) At(path ...string) string {
	a.T.Helper()
	value := a.JSON()
	for _, key := range path {
		switch v := value.(type) {
		case map[string]any:
			next, ok := v[key]
			if !ok {
				return "absent"
			}
			value = next
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(v) {
				return "absent"
			}
			value = v[i]
		default:
			return "absent"
		}
	}
	if text, ok := value.(string); ok {
		return text
	}
	return string(vendorapi.Raw(value))
}

// Equal reports two values that differ.
func Equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// Compact makes two JSON texts comparable where only white space and the order of keys differ.
func Compact(t testing.TB, text string) string {
	t.Helper()
	return string(vendorapi.Raw(decode(t, []byte(text))))
}

// Swap replaces a part of a text, which has to hold it.
func Swap(t testing.TB, text, old, with string) string {
	t.Helper()
	if !strings.Contains(text, old) {
		t.Fatalf("no %s in %s", old, text)
	}
	return strings.Replace(text, old, with, 1)
}

// Press sends what a button of a page sends.
func (r *Rig) Press(address, action string, header ...string) Response {
	r.T.Helper()
	return r.Form(address, url.Values{"act": {action}}, header...)
}

// Form sends a form, as a browser does.
func (r *Rig) Form(address string, values url.Values, header ...string) Response {
	r.T.Helper()
	header = append([]string{"Content-Type", "application/x-www-form-urlencoded"}, header...)
	return r.Send(http.MethodPost, address, values.Encode(), header...)
}
