package gigs

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// TestAnswer: the vendor's published sample is understood, also with fields and values that no document names
// (contract 1.9), and with keys left out in place of null (contract 8.23). What holds no link is none.
func TestAnswer(t *testing.T) {
	t.Parallel()
	sample, err := os.ReadFile(filepath.Join("testdata", "published_link.json"))
	if err != nil {
		t.Fatal(err)
	}
	more := strings.Replace(string(sample), "{", `{"newField":{"deep":[1,null]},"updatedAt":null,"amount":12.5,`, 1)
	for name, text := range map[string]string{"sample": string(sample), "more": more} {
		var got linkResponse
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Fatalf("%s: %s", name, err)
		}
		want := Link{
			ID: "pml_0SNlurA049MEWV1x2CfC8u8im5xU", CanceledAt: "2024-08-14T19:40:34Z", CompletedAt: "2024-08-14T19:40:34Z",
			CreatedAt: "2024-08-14T19:38:34.0Z", Invoice: "inv_0SNlurA049MEWV1QTRqvd18YuG25",
			PaymentURL: "https://api.ebanx.com/ws/redirect/execute?hash=64f2", Status: "active", Type: "ebanx",
		}
		l := got.Link
		if l.Ebanx == nil || l.Ebanx.RedirectURL != "https://example.com" {
			t.Errorf("%s: ebanx %+v", name, l.Ebanx)
		}
		if l.Ebanx = nil; l != want {
			t.Errorf("%s: %+v", name, l)
		}
	}
	for _, text := range []string{`null`, `{}`, `{"id":null}`, `{"id":""}`, `{"object":"error"}`, `[]`, `"pml_1"`, `{"id":1}`} {
		if err := json.Unmarshal([]byte(text), new(linkResponse)); err == nil {
			t.Errorf("%s is taken for a link", text)
		}
	}
}

func TestStateOfStatus(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]driver.State{
		"active": driver.Open, "completed": driver.Paid, "canceled": driver.Revoked,
		"": driver.Unknown, "cancelled": driver.Unknown, "Active": driver.Unknown, "expired": driver.Unknown,
	} {
		if got := (vendor{}).State(Link{Status: status}, time.Time{}); got != want {
			t.Errorf("%q is %s, want %s", status, got, want)
		}
	}
}

func TestCreated(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2024-08-14T19:38:34Z": "2024-08-14T19:38:34Z", "2024-08-14T19:38:34.0Z": "2024-08-14T19:38:34Z",
		"2024-08-14T16:38:34.25-03:00": "2024-08-14T19:38:34.25Z", "": "0001-01-01T00:00:00Z", "soon": "0001-01-01T00:00:00Z",
	} {
		if got := (vendor{}).Created(Link{CreatedAt: text}).UTC().Format(time.RFC3339Nano); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

// TestModelOfOddAnswers: what an answer leaves out is null, but an EBANX link always has its object.
func TestModelOfOddAnswers(t *testing.T) {
	t.Parallel()
	m := vendor{}.Model(Link{ID: "x"})
	for name, v := range map[string]attr.Value{
		"url": m.URL, "project": m.Project, "invoice": m.Invoice, "type": m.Type, "status": m.Status,
		"created_at": m.CreatedAt, "completed_at": m.CompletedAt, "canceled_at": m.CanceledAt,
	} {
		if !v.IsNull() {
			t.Errorf("%s is %s", name, v)
		}
	}
	for name, test := range map[string]struct {
		link Link
		null bool
	}{
		"nothing":             {Link{}, false},
		"no ebanx":            {Link{Type: "ebanx"}, false},
		"empty ebanx":         {Link{Type: "ebanx", Ebanx: &Ebanx{}}, false},
		"another type":        {Link{Type: "pix"}, true},
		"another type's ones": {Link{Type: "pix", Ebanx: &Ebanx{}}, false},
	} {
		if got := (vendor{}).Model(test.link).Ebanx; got.IsNull() != test.null {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestCanonicalURL(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b string
		same bool
	}{
		{"https://example.com", "https://example.com/", true},
		{"https://example.com?a=b", "https://example.com/?a=b", true},
		{"HTTPS://Example.com/Path", "https://example.COM:443/Path", true},
		{"http://example.com:80", "http://example.com", true},
		{"https://[2001:DB8::1]:443/", "https://[2001:db8::1]", true},
		{"https://example.com:80", "https://example.com", false},
		{"https://example.com/a", "https://example.com/a/", false},
		{"https://example.com/A", "https://example.com/a", false},
		{"https://example.com/?a=b", "https://example.com/?a=c", false},
		{"https://example.com", "http://example.com", false},
		{"not a url", "not a url", true},
		{"%", "%25", false},
	} {
		if got := canonicalURL(test.a) == canonicalURL(test.b); got != test.same {
			t.Errorf("%q and %q: %t (%q, %q)", test.a, test.b, got, canonicalURL(test.a), canonicalURL(test.b))
		}
	}
}
