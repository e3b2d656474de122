package sandbox_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// start is when the tests' clock stands at first.
var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// rig is a sandbox and a bare HTTP client with working credentials.
type rig struct {
	*sandbox.Sandbox
	t      *testing.T
	header http.Header
	client *http.Client
}

// newRig starts a sandbox on a clock of its own, so that no test sleeps.
func newRig(t *testing.T) *rig { return newRigOn(t, clock.NewFake(start)) }

func newRigOn(t *testing.T, c clock.Clock) *rig {
	t.Helper()
	s, err := sandbox.Start(sandbox.Options{Clock: c})
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{DisableKeepAlives: true}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	env := s.Env()
	return &rig{Sandbox: s, t: t,
		header: http.Header{
			"Authorization":         {"Bearer " + env["QONTO_ACCESS_TOKEN"]},
			"X-Qonto-Staging-Token": {env["QONTO_STAGING_TOKEN"]},
			"Content-Type":          {"application/json"},
		},
		client: &http.Client{
			Transport: transport, Timeout: 10 * time.Second,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// reply is an answer as it came; err is that of the connection or of the body.
type reply struct {
	t      *testing.T
	status int
	header http.Header
	body   string
	err    error
}

// send makes one request; a header value "" takes the rig's own header away.
func (r *rig) send(method, path, body string, header ...string) reply {
	r.t.Helper()
	req, err := http.NewRequest(method, r.URL()+path, strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header = r.header.Clone()
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
		if header[i+1] == "" {
			req.Header.Del(header[i])
		}
	}
	res, err := r.client.Do(req)
	if err != nil {
		return reply{t: r.t, err: err}
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	return reply{r.t, res.StatusCode, res.Header, string(text), err}
}

func (r *rig) get(path string) reply { r.t.Helper(); return r.send(http.MethodGet, "/qonto"+path, "") }

func (r *rig) post(body string, header ...string) reply {
	r.t.Helper()
	return r.send(http.MethodPost, "/qonto/v2/payment_links", body, header...)
}

func (r *rig) deactivate(id string) reply {
	r.t.Helper()
	return r.send(http.MethodPatch, "/qonto/v2/payment_links/"+id+"/deactivate", "")
}

// create makes a link and returns its id.
func (r *rig) create(body string) string {
	r.t.Helper()
	return r.post(body).want(http.StatusCreated).at("payment_link", "id")
}

func (a reply) want(status int) reply {
	a.t.Helper()
	if a.err != nil {
		a.t.Fatal(a.err)
	}
	if a.status != status {
		a.t.Fatalf("status %d, want %d: %s", a.status, status, a.body)
	}
	return a
}

func (a reply) json() any {
	a.t.Helper()
	decoder := json.NewDecoder(strings.NewReader(a.body))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		a.t.Fatalf("%v in %s", err, a.body)
	}
	return value
}

// at shows the JSON value at a path: a string bare, an absent key as "absent", anything else as JSON text.
func (a reply) at(path ...string) string {
	a.t.Helper()
	value := a.json()
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
	text, err := json.Marshal(value)
	if err != nil {
		a.t.Fatal(err)
	}
	return string(text)
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

const item = `{"title":"Workshop","quantity":1,"unit_price":{"value":"10.99","currency":"EUR"},"vat_rate":"21.0"}`

// basket is a create body with one item.
func basket(item string) string {
	return `{"payment_link":{"items":[` + item + `],"reusable":false,"potential_payment_methods":["credit_card","ideal"]}}`
}

// priced is a basket with a unit price and a VAT rate.
func priced(value, vat string) string {
	return basket(fmt.Sprintf(`{"title":"Workshop","quantity":1,"unit_price":{"value":%q,"currency":"EUR"},"vat_rate":%q}`, value, vat))
}

const invoiceID = "7a5c1e0e-5a0f-4a9b-9c55-0b8f7c1d2e3f"

const invoice = `{"payment_link":{"invoice_id":"` + invoiceID + `","invoice_number":"F-2026-017","debitor_name":"Ada Rossi",` +
	`"amount":{"value":"119.00","currency":"EUR"},"potential_payment_methods":["credit_card"]}}`

// compact makes two JSON texts comparable where only white space differs.
func compact(t *testing.T, text []byte) string {
	t.Helper()
	var value any
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
