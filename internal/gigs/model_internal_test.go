package gigs

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
)

// What an answer leaves out is null, but an EBANX link always has its object.
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
