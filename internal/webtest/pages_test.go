package webtest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/webtest/browser"
)

// visitor is a person with a browser, and a sandbox with links of one vendor.
type visitor struct {
	*acctest.VendorSandbox
	t      *testing.T
	vendor descriptor.Descriptor
	tab    *browser.Tab
}

// newVisitor skips the test where there is no browser.
func newVisitor(t *testing.T, tab *browser.Tab, vendor string) *visitor {
	t.Helper()
	d, ok := descriptor.ByName(vendor)
	if !ok {
		t.Fatalf("no vendor %s", vendor)
	}
	return &visitor{acctest.NewSandbox(t, vendor), t, d, tab}
}

// create makes a link with the provider, which can be paid once, and at once unless it has to be activated. Each has a label of
// its own.
func (v *visitor) create(label string) vendorapi.Link {
	v.t.Helper()
	config := v.vendor.Labeled(label, label)
	if v.vendor.Activation == nil {
		config = tfconfig.Changed(config, v.vendor.Payable)
	}
	state, _, diags := v.Server().ApplyConfig(protocoltest.State{}, v.vendor.ResourceType(), config)
	if diags.HasError() {
		v.t.Fatal(diags)
	}
	return v.find(state.Text("id"))
}

// find is a link as it is now.
func (v *visitor) find(id string) vendorapi.Link {
	v.t.Helper()
	for _, link := range v.Overview() {
		if link.ID == id {
			return link
		}
	}
	v.t.Fatalf("%s holds no link %s", v.vendor.Name, id)
	return vendorapi.Link{}
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func (v *visitor) open(address string) (status int64) {
	v.t.Helper()
	status, err := v.tab.Navigate(address)
	if err != nil {
		v.t.Fatal(err)
	}
	return status
}

func (v *visitor) reads(selector string) string {
	v.t.Helper()
	text, err := v.tab.Text(selector)
	if err != nil {
		v.t.Fatal(err)
	}
	return strings.TrimSpace(text)
}

// walk presses Tab until the focus is on something of this name, as it is read out: at most as often as a person would.
func (v *visitor) walk(name string) {
	v.t.Helper()
	var seen []string
	for range 30 {
		if err := v.tab.TypeKeys("\t"); err != nil {
			v.t.Fatal(err)
		}
		at, err := browser.Evaluate[string](v.tab, `document.activeElement.textContent.trim()`)
		if err != nil {
			v.t.Fatal(err)
		}
		if at == name {
			visible, err := browser.Evaluate[bool](v.tab,
				`document.activeElement.matches(":focus-visible") && getComputedStyle(document.activeElement).outlineStyle !== "none"`)
			if err != nil {
				v.t.Fatal(err)
			}
			equal(v.t, "the focus on "+name+" can be seen", visible, true)
			return
		}
		seen = append(seen, at)
	}
	v.t.Fatalf("Tab never came to %q, but to %q", name, seen)
}

func (v *visitor) enter() {
	v.t.Helper()
	if err := v.tab.PressAndNavigate("\r"); err != nil {
		v.t.Fatal(err)
	}
}

// TestKeyboard does at every vendor's payment page what a person can do, with nothing but Tab and Enter.
func TestKeyboard(t *testing.T) {
	t.Parallel()
	tab := browser.Require(t)
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
			v := newVisitor(t, tab, c.vendor)
			link := v.create("Workshop")
			equal(t, "answer", v.open(link.URL), 200)
			equal(t, "stage", v.reads(".stage"), "open")
			for _, button := range c.press {
				v.walk(button)
				v.enter()
				if v.reads("[role=status]") == "" {
					t.Error("nothing is said about " + button)
				}
			}
			equal(t, "stage", v.reads(".stage"), c.stage)
			equal(t, "status", v.find(link.ID).Status, c.status)
		})
	}
}

// TestAllLinksInBrowser finds a link on the page over all links, and acts there.
func TestAllLinksInBrowser(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, browser.Require(t), "qonto")
	first, second := v.create("Workshop"), v.create("Lecture")
	v.open(v.URL() + "/")
	equal(t, "heading", v.reads("h1"), "Payment links")
	v.walk("paid 0")
	v.enter()
	equal(t, "nothing paid", strings.Contains(v.reads("main"), "No link is paid."), true)

	v.open(v.URL() + "/?state=open")
	if err := v.tab.Click(`form[aria-label="` + second.Label + `"] button.pay`); err != nil {
		t.Fatal(err)
	}
	equal(t, "paid", v.find(second.ID).State, vendorapi.StatePaid)
	address, err := v.tab.URL()
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "still narrowed", strings.HasPrefix(address, v.URL()+"/?state=open"), true)
	equal(t, "no longer there", strings.Contains(v.reads("tbody"), second.Label), false)

	v.walk(first.Label)
	v.enter()
	equal(t, "its page", v.reads("h1"), "13.30 EUR")

	v.open(v.URL() + "/")
	before := v.Now()
	v.walk("Let a day pass")
	v.enter()
	equal(t, "a day passed", v.Now().Sub(before).Round(time.Hour), 24*time.Hour)
}

// TestPagesFit looks at both pages on a wide screen and on a phone: nothing may stick out to the side, light or dark.
func TestPagesFit(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, browser.Require(t), "qonto")
	for _, address := range []string{v.URL() + "/", v.create("Workshop").URL} {
		for _, view := range []browser.Viewport{{Width: 1280, Height: 800, Scale: 1}, {Width: 360, Height: 740, Scale: 1, Dark: true}} {
			if err := v.tab.SetView(view); err != nil {
				t.Fatal(err)
			}
			v.open(address)
			overhang, err := browser.Evaluate[int](v.tab, `document.documentElement.scrollWidth - window.innerWidth`)
			if err != nil {
				t.Fatal(err)
			}
			if overhang > 0 {
				t.Errorf("%s is %d px wider than a screen of %d", address, overhang, view.Width)
			}
			styled, err := browser.Evaluate[string](v.tab, `getComputedStyle(document.body).backgroundColor`)
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "ground", styled, map[bool]string{false: "rgb(245, 246, 248)", true: "rgb(20, 23, 28)"}[view.Dark])
		}
	}
}
