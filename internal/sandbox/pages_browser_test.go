package sandbox_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/browser"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/browser/browsertest"
)

// reader is a sandbox with a link of every vendor, and a person with a browser.
type reader struct {
	*stocked
	tab *browser.Tab
}

// newReader skips the test where there is no browser.
func newReader(t *testing.T) *reader {
	t.Helper()
	tab := browsertest.Open(t)
	return &reader{newStocked(t), tab}
}

func (r *reader) open(address string) (status int64) {
	r.t.Helper()
	status, err := r.tab.Go(address)
	if err != nil {
		r.t.Fatal(err)
	}
	return status
}

func (r *reader) reads(selector string) string {
	r.t.Helper()
	text, err := r.tab.Text(selector)
	if err != nil {
		r.t.Fatal(err)
	}
	return strings.TrimSpace(text)
}

// walk presses Tab until the focus is on something of this name, as it is read out: at most as often as a person would.
func (r *reader) walk(name string) {
	r.t.Helper()
	var seen []string
	for range 30 {
		if err := r.tab.Press("\t"); err != nil {
			r.t.Fatal(err)
		}
		at, err := browser.Evaluate[string](r.tab, `document.activeElement.textContent.trim()`)
		if err != nil {
			r.t.Fatal(err)
		}
		if at == name {
			visible, err := browser.Evaluate[bool](r.tab,
				`document.activeElement.matches(":focus-visible") && getComputedStyle(document.activeElement).outlineStyle !== "none"`)
			if err != nil {
				r.t.Fatal(err)
			}
			equal(r.t, "the focus on "+name+" can be seen", visible, true)
			return
		}
		seen = append(seen, at)
	}
	r.t.Fatalf("Tab never came to %q, but to %q", name, seen)
}

func (r *reader) enter() {
	r.t.Helper()
	if err := r.tab.PressAndLeave("\r"); err != nil {
		r.t.Fatal(err)
	}
}

// TestKeyboard does at every vendor's payment page what a person can do, with nothing but Tab and Enter.
func TestKeyboard(t *testing.T) {
	t.Parallel()
	r := newReader(t)
	for _, c := range []struct {
		vendor string
		press  []string
		stage  string
		status string
	}{
		{"qonto", []string{"Start paying", "Pay"}, "paid", "paid"},
		{"qonto", []string{"Fail"}, "open", "open"},
		{"qonto", []string{"Let it expire"}, "expired", "expired"},
		{"qonto", []string{"Deactivate"}, "revoked", "canceled"},
		{"powens", []string{"Fail", "Pay"}, "paid", "done"},
		{"powens", []string{"Let the attempt expire", "Revoke"}, "revoked", "revoked"},
		{"conomy", []string{"Activate", "Start paying", "Fail", "Pay"}, "paid", "FINISHED"},
		{"conomy", []string{"Let it expire"}, "expired", "EXPIRED"},
		{"gigs", []string{"Pay"}, "paid", "completed"},
		{"gigs", []string{"Cancel"}, "revoked", "canceled"},
	} {
		t.Run(c.vendor+" "+strings.Join(c.press, ", "), func(t *testing.T) {
			link := r.stock(c.vendor)
			equal(t, "answer", r.open(link.URL), 200)
			equal(t, "stage", r.reads(".stage"), "open")
			for _, button := range c.press {
				r.walk(button)
				r.enter()
				if r.reads("[role=status]") == "" {
					t.Error("nothing is said about " + button)
				}
			}
			equal(t, "stage", r.reads(".stage"), c.stage)
			equal(t, "status", r.find(c.vendor, link.ID).Status, c.status)
		})
	}
}

// TestAllLinksInBrowser finds a link on the page over all links, and acts there.
func TestAllLinksInBrowser(t *testing.T) {
	t.Parallel()
	r := newReader(t)
	first, second := r.stock("qonto"), r.stock("gigs")
	r.open(r.URL() + "/")
	equal(t, "heading", r.reads("h1"), "Payment links")
	r.walk("paid 0")
	r.enter()
	equal(t, "nothing paid", strings.Contains(r.reads("main"), "No link is paid."), true)

	r.open(r.URL() + "/?state=open")
	if err := r.tab.Click(`form[aria-label="` + second.Label + `"] button.pay`); err != nil {
		t.Fatal(err)
	}
	equal(t, "paid", r.find("gigs", second.ID).Stage, vendorapi.StagePaid)
	address, err := r.tab.Address()
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "still narrowed", strings.HasPrefix(address, r.URL()+"/?state=open"), true)
	equal(t, "no longer there", strings.Contains(r.reads("tbody"), second.Label), false)

	r.walk(first.Label)
	r.enter()
	equal(t, "its page", r.reads("h1"), "13.30 EUR")

	r.open(r.URL() + "/")
	before := r.Now()
	r.walk("Let a day pass")
	r.enter()
	equal(t, "a day passed", r.Now().Sub(before).Hours(), 24)
}

// TestPagesFit looks at both pages on a wide screen and on a phone: nothing may stick out to the side, light or dark.
func TestPagesFit(t *testing.T) {
	t.Parallel()
	r := newReader(t)
	for _, address := range []string{r.URL() + "/", r.stock("qonto").URL} {
		for _, view := range []browser.View{{Width: 1280, Height: 800, Scale: 1}, {Width: 360, Height: 740, Scale: 1, Dark: true}} {
			if err := r.tab.Look(view); err != nil {
				t.Fatal(err)
			}
			r.open(address)
			overhang, err := browser.Evaluate[int](r.tab, `document.documentElement.scrollWidth - window.innerWidth`)
			if err != nil {
				t.Fatal(err)
			}
			if overhang > 0 {
				t.Errorf("%s is %d px wider than a screen of %d", address, overhang, view.Width)
			}
			styled, err := browser.Evaluate[string](r.tab, `getComputedStyle(document.body).backgroundColor`)
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "ground", styled, map[bool]string{false: "rgb(245, 246, 248)", true: "rgb(20, 23, 28)"}[view.Dark])
		}
	}
}
