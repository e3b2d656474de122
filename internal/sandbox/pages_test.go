package sandbox_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/page"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// TestEndedPages are gone for a browser, and say why.
func TestEndedPages(t *testing.T) {
	t.Parallel()
	r := sandboxtest.Acme.Client(t)
	for status, words := range map[string]string{"expired": "Its time is over", "ended": "It was revoked"} {
		link := r.Next()
		r.Must(r.Act("acme", link.ID, "force", status))
		a := r.Send("GET", link.URL, "").Want(410)
		sandboxtest.Equal(t, status, strings.Contains(a.Body, words) && !strings.Contains(a.Body, `value="pay"`), true)
		sandboxtest.Equal(t, "said", strings.Contains(r.Press(link.URL, "pay").Want(409).Body, `role="alert"`), true)
	}
}

func TestAllLinksPage(t *testing.T) {
	t.Parallel()
	r := sandboxtest.Acme.Client(t)
	sandboxtest.Equal(t, "none", strings.Contains(r.Send("GET", "/", "").Want(200).Body, "There is no link yet"), true)
	var links []vendorapi.Link
	for range 4 {
		links = append(links, r.Next())
	}
	all := r.Send("GET", "/", "").Want(200)
	for _, link := range links {
		for _, word := range []string{page.Path(link), link.Label, strings.TrimSpace(link.Amount + " " + link.Currency)} {
			if !strings.Contains(all.Body, word) {
				t.Errorf("no %q in %s", word, all.Body)
			}
		}
	}
	paid := links[len(links)-1]
	a := r.Form(page.Path(paid), url.Values{"act": {"pay"}, "from": {"index"}, "back": {"open"}}).Want(303)
	sandboxtest.Equal(t, "back", a.Header.Get("Location"), "/?state=open&done=pay")
	for state, count := range map[string]int{"open": len(links) - 1, "paid": 1, "revoked": 0, "": len(links), "nonsense": len(links)} {
		sandboxtest.Equal(t, state, strings.Count(r.Send("GET", "/?state="+state, "").Want(200).Body, `<th scope="row"`), count)
	}
	for i := range page.MaxListed + 5 {
		r.Advance(time.Duration(i) * time.Second)
		r.Next()
	}
	if body := r.Send("GET", "/", "").Body; !strings.Contains(body, fmt.Sprintf("The newest %d of %d links", page.MaxListed, page.MaxListed+5+len(links))) {
		t.Error("too many links are not said to be")
	}
}

func TestPagesPassTimeAndEndFaults(t *testing.T) {
	t.Parallel()
	r := sandboxtest.Acme.Client(t)
	link := r.Next()
	sandboxtest.Equal(t, "now", strings.Contains(r.Send("GET", "/", "").Body, "2026-03-01 12:00 UTC."), true)
	r.Form("/clock", url.Values{"advance": {"24h"}}).Want(303)
	sandboxtest.Equal(t, "a day later", strings.Contains(r.Send("GET", "/", "").Body, "2026-03-02 12:00 UTC, 1 day ahead of this machine"), true)
	r.Form("/clock", url.Values{"advance": {"8784h"}}).Want(303)
	sandboxtest.Equal(t, "expired", r.Find("acme", link.ID).State, vendorapi.StateExpired)
	r.Form("/clock", url.Values{"advance": {"-24h"}}).Want(400)
	r.Form("/clock", url.Values{}).Want(400)

	r.Inject(fault.Fault{Vendor: "acme", Op: "list", Status: 503, Times: 2})
	sandboxtest.Equal(t, "shown", strings.Contains(r.Send("GET", "/", "").Body, "acme:list:answer,status=503,times=2"), true)
	r.List("").Want(503)
	sandboxtest.Equal(t, "what is left", strings.Contains(r.Send("GET", "/", "").Body, "acme:list:answer,status=503,times=1"), true)
	r.Press("/faults", "clear").Want(303)
	r.List("").Want(200)
}

// TestPagesAreKept lets no other site act here, no script run, and nothing of a link become HTML.
func TestPagesAreKept(t *testing.T) {
	t.Parallel()
	r := sandboxtest.Acme.Client(t)
	title := `<script>alert(1)</script>`
	id := r.Create(`{"title":"` + title + `"}`)
	link := r.Find("acme", id)
	for _, path := range []string{"/", link.URL} {
		a := r.Send("GET", path, "").Want(200)
		if strings.Contains(a.Body, title) || !strings.Contains(a.Body, "&lt;script&gt;") {
			t.Errorf("%s does not escape: %s", path, a.Body)
		}
		for _, part := range []string{"default-src 'none'", "form-action 'self'", "frame-ancestors 'none'"} {
			sandboxtest.Equal(t, part, strings.Contains(a.Header.Get("Content-Security-Policy"), part), true)
		}
	}
	for name, header := range map[string][]string{
		"another site":      {"Origin", "https://evil.example"},
		"another port":      {"Origin", "http://127.0.0.1:1"},
		"told by a browser": {"Sec-Fetch-Site", "cross-site"},
		"a sibling":         {"Sec-Fetch-Site", "same-site"},
		"nowhere":           {"Origin", "null"},
	} {
		sandboxtest.Equal(t, name, r.Press(link.URL, "pay", header...).Status, 403)
		sandboxtest.Equal(t, name+", clock", r.Form("/clock", url.Values{"advance": {"24h"}}, header...).Status, 403)
	}
	sandboxtest.Equal(t, "unpaid", r.Find("acme", id).Status, "open")
	// Somebody who follows the link from a mail or another site is a payer.
	r.Send("GET", link.URL, "", "Sec-Fetch-Site", "cross-site").Want(200)

	sandboxtest.Equal(t, "a foreign name for this machine", r.Send("GET", "/", "", "Host", "evil.example").Status, 403)
	for _, path := range []string{"/pay/acme/nobody", "/pay/acme/", "/favicon.ico", "/clock", "/style.css/x"} {
		r.Send("GET", path, "").Want(404)
	}
	r.Send("PUT", link.URL, "").Want(404)
	r.Send("POST", "/", "").Want(404)
}

// TestSeededLinksHavePages although their URLs lead to the vendor, where one path may be that of many.
func TestSeededLinksHavePages(t *testing.T) {
	t.Parallel()
	r := sandboxtest.Acme.Client(t)
	for i, address := range []string{"https://pay.example/go?hash=a", "https://pay.example/go?hash=b", "", "%", r.URL() + "/pay/acme/c"} {
		id := fmt.Sprint("l-", i)
		r.Must(r.Seed("acme", fmt.Appendf(nil, `{"id":%q,"title":"Title of %s","status":"open","url":%q,"made":"2026-01-01T00:00:00Z"}`, id, id, address)))
		shown := r.Send("GET", page.Path(r.Find("acme", id)), "").Want(200)
		sandboxtest.Equal(t, address, strings.Contains(shown.Body, "Title of "+id), true)
	}
}

// TestPagesOfVendors: a vendor may have pages of its own.
func TestPagesOfVendors(t *testing.T) {
	t.Parallel()
	r := sandboxtest.Acme.Client(t)
	sandboxtest.Equal(t, "text", strings.Contains(r.Send("GET", "/hello/acme/you", "").Want(200).Body, "Welcome."), true)
	for _, path := range []string{"/hello/acme/me", "/hello/acme", "/bye/acme/you", "/hello/nobody/you"} {
		r.Send("GET", path, "").Want(404)
	}
}
