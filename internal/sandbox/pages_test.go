package sandbox_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/page"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// TestPaymentPage: what each vendor's link shows, and that every button does what it says and the page can do nothing else.
func TestPaymentPage(t *testing.T) {
	t.Parallel()
	for vendor, words := range map[string][]string{
		"qonto":  {"13.30 EUR", "Workshop", "Qonto", "open", "2027-03-01 12:00 UTC"},
		"powens": {"50.90 EUR", "Invoice 1", "Powens", "open", "unavailable"},
		"conomy": {"49990 CLP", "Annual plan", "Conomy", "open", "ATTEMPT", "2026-03-02 12:00 UTC"},
		"gigs":   {"The amount of the invoice", "Invoice inv_", "Gigs", "open", "active"},
	} {
		t.Run(vendor, func(t *testing.T) {
			t.Parallel()
			r := newStocked(t)
			link := r.stock(vendor)
			shown := r.send("GET", strings.TrimPrefix(link.URL, r.URL()), "").want(200)
			for _, word := range words {
				if !strings.Contains(shown.body, word) {
					t.Errorf("no %q in %s", word, shown.body)
				}
			}
			buttons := regexp.MustCompile(`<button name="act" value="(\w+)"`)
			offered := buttons.FindAllStringSubmatch(shown.body, -1)
			equal(t, "buttons", len(offered), len(link.Deeds))
			for _, button := range offered {
				each := r.stock(vendor)
				a := r.form(each.URL, pressed(button[1])).want(303)
				equal(t, "leads on", strings.HasSuffix(a.header.Get("Location"), "?done="+button[1]), true)
				if status := r.send("GET", a.header.Get("Location"), "").status; status != 200 && status != 410 {
					t.Errorf("%s leads to a %d", button[1], status)
				}
			}
			for _, act := range []string{"pay", "process", "fail", "reject", "expire", "cancel", "activate", "delete", "force", ""} {
				if !strings.Contains(shown.body, `value="`+act+`"`) {
					r.form(link.URL, pressed(act)).want(409)
				}
			}
			equal(t, "not changed", r.find(vendor, link.ID).Status, link.Status)
			equal(t, "not recorded", len(r.Requests(func(q Record) bool { return q.Op != "create" })), 0)
		})
	}
}

// TestEndedPages are gone for a browser, and say why.
func TestEndedPages(t *testing.T) {
	t.Parallel()
	r := newStocked(t)
	for act, words := range map[string]string{"expire": "Its time is over", "cancel": "It was revoked"} {
		link := r.stock("qonto")
		if err := r.Qonto.Act(link.ID, act, ""); err != nil {
			t.Fatal(err)
		}
		a := r.send("GET", strings.TrimPrefix(link.URL, r.URL()), "").want(410)
		equal(t, act, strings.Contains(a.body, words) && !strings.Contains(a.body, `value="pay"`), true)
		late := r.form(link.URL, pressed("pay")).want(409)
		equal(t, "said", strings.Contains(late.body, `role="alert"`), true)
	}
}

// TestEveryDeedIsOffered goes through all statuses: whatever is offered is accepted.
func TestEveryDeedIsOffered(t *testing.T) {
	t.Parallel()
	r := newStocked(t)
	acts := map[string]func(id, action, status string) error{
		"powens": r.Powens.Act, "conomy": r.Conomy.Act, "gigs": r.Gigs.Act, "qonto": r.Qonto.Act,
	}
	for vendor, statuses := range map[string][]string{
		"powens": {"created", "pending", "done", "rejected", "expired", "on_hold"},
		"conomy": {"ATTEMPT", "ACTIVE", "PROCESSING_PAYMENT", "FINISHED", "EXPIRED", "ON_HOLD"},
		"gigs":   {"active", "completed", "canceled", "on_hold"},
		"qonto":  {"open", "processing", "paid", "expired", "canceled", "on_hold"},
	} {
		for _, status := range statuses {
			force := func() vendorapi.Link {
				link := r.stock(vendor)
				if err := acts[vendor](link.ID, "force", status); err != nil {
					t.Fatal(err)
				}
				return r.find(vendor, link.ID)
			}
			link := force()
			equal(t, vendor+" "+status+" is unknown", link.Stage == vendorapi.StageUnknown, status == "on_hold" || status == "ON_HOLD")
			for _, deed := range link.Deeds {
				if err := acts[vendor](force().ID, deed.Act, ""); err != nil {
					t.Errorf("%s, %s: %s is offered: %v", vendor, status, deed.Label, err)
				}
			}
		}
	}
}

func TestAllLinksPage(t *testing.T) {
	t.Parallel()
	r := newStocked(t)
	equal(t, "none", strings.Contains(r.send("GET", "/", "").want(200).body, "There is no link yet"), true)
	var links []vendorapi.Link
	for _, vendor := range r.Vendors() {
		links = append(links, r.stock(vendor))
	}
	all := r.send("GET", "/", "").want(200)
	for _, link := range links {
		for _, word := range []string{page.Path(link), link.Label, strings.TrimSpace(link.Amount + " " + link.Currency)} {
			if !strings.Contains(all.body, word) {
				t.Errorf("no %q in %s", word, all.body)
			}
		}
	}
	paid := links[len(links)-1]
	a := r.form(page.Path(paid), url.Values{"act": {"pay"}, "from": {"index"}, "back": {"open"}}).want(303)
	equal(t, "back", a.header.Get("Location"), "/?state=open&done=pay")
	for state, count := range map[string]int{"open": len(links) - 1, "paid": 1, "revoked": 0, "": len(links), "nonsense": len(links)} {
		equal(t, state, strings.Count(r.send("GET", "/?state="+state, "").want(200).body, `<th scope="row"`), count)
	}
	for i := range page.Most + 5 {
		r.Advance(time.Duration(i) * time.Second)
		r.stock("gigs")
	}
	if body := r.send("GET", "/", "").body; !strings.Contains(body, fmt.Sprintf("The newest %d of %d links", page.Most, page.Most+5+len(links))) {
		t.Error("too many links are not said to be")
	}
}

func TestPagesPassTimeAndEndFaults(t *testing.T) {
	t.Parallel()
	r := newStocked(t)
	link := r.stock("conomy")
	equal(t, "now", strings.Contains(r.send("GET", "/", "").body, "2026-03-01 12:00 UTC."), true)
	r.form("/clock", url.Values{"advance": {"24h"}}).want(303)
	equal(t, "a day later", strings.Contains(r.send("GET", "/", "").body, "2026-03-02 12:00 UTC, 1 day ahead of this machine"), true)
	equal(t, "expired", r.find("conomy", link.ID).Stage, vendorapi.StageExpired)
	r.form("/clock", url.Values{"advance": {"-24h"}}).want(400)
	r.form("/clock", url.Values{}).want(400)

	r.Inject(sandbox.Fault{Vendor: "qonto", Op: "list", Status: 503, Times: 2})
	equal(t, "shown", strings.Contains(r.send("GET", "/", "").body, "qonto:list:answer,status=503,times=2"), true)
	r.get("/v2/payment_links").want(503)
	equal(t, "what is left", strings.Contains(r.send("GET", "/", "").body, "qonto:list:answer,status=503,times=1"), true)
	r.form("/faults", pressed("clear")).want(303)
	r.get("/v2/payment_links").want(200)
}

// TestPagesAreKept lets no other site act here, no script run, and nothing of a link become HTML.
func TestPagesAreKept(t *testing.T) {
	t.Parallel()
	r := newStocked(t)
	title := `<script>alert(1)</script>`
	id := r.create(basket(strings.Replace(item, "Workshop", title, 1)))
	link := r.find("qonto", id)
	for _, path := range []string{"/", strings.TrimPrefix(link.URL, r.URL())} {
		a := r.send("GET", path, "").want(200)
		if strings.Contains(a.body, title) || !strings.Contains(a.body, "&lt;script&gt;") {
			t.Errorf("%s does not escape: %s", path, a.body)
		}
		for _, part := range []string{"default-src 'none'", "form-action 'self'", "frame-ancestors 'none'"} {
			equal(t, part, strings.Contains(a.header.Get("Content-Security-Policy"), part), true)
		}
	}
	for name, header := range map[string][]string{
		"another site":      {"Origin", "https://evil.example"},
		"another port":      {"Origin", "http://127.0.0.1:1"},
		"told by a browser": {"Sec-Fetch-Site", "cross-site"},
		"a sibling":         {"Sec-Fetch-Site", "same-site"},
		"nowhere":           {"Origin", "null"},
	} {
		equal(t, name, r.form(link.URL, pressed("pay"), header...).status, 403)
		equal(t, name+", clock", r.form("/clock", url.Values{"advance": {"24h"}}, header...).status, 403)
	}
	equal(t, "unpaid", r.find("qonto", id).Status, "open")
	// Somebody who follows the link from a mail or another site is a payer.
	r.send("GET", strings.TrimPrefix(link.URL, r.URL()), "", "Sec-Fetch-Site", "cross-site").want(200)

	req, err := http.NewRequest(http.MethodGet, r.URL()+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = "evil.example"
	res, err := r.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	equal(t, "a foreign name for this machine", res.StatusCode, 403)
	for _, path := range []string{"/pay/qonto/nobody", "/pay/qonto/", "/favicon.ico", "/clock", "/style.css/x"} {
		r.send("GET", path, "").want(404)
	}
	r.send("PUT", strings.TrimPrefix(link.URL, r.URL()), "").want(404)
	r.send("POST", "/", "").want(404)
}

// TestSeededLinksHavePages although their URLs lead to the vendor, where one path may be that of many.
func TestSeededLinksHavePages(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for i, address := range []string{"https://pay.example/go?hash=a", "https://pay.example/go?hash=b", "", "%", "${SANDBOX}/pay/gigs/c"} {
		id, at := fmt.Sprintf("pml_%028d", i), strings.ReplaceAll(address, "${SANDBOX}", r.URL())
		seed := `{"object":"paymentLink","id":"` + id + `","createdAt":"2026-01-01T00:00:00Z","invoice":"inv_` + id + `","paymentUrl":"` + at +
			`","status":"active","type":"ebanx"}`
		if err := r.Seed("gigs", []byte(seed)); err != nil {
			t.Fatal(err)
		}
		shown := r.send("GET", page.Path(r.find("gigs", id)), "").want(200)
		equal(t, at, strings.Contains(shown.body, "Invoice inv_"+id), true)
	}
}
