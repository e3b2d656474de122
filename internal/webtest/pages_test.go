package webtest_test

import (
	"slices"
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

// find is a link as it is now; without an id when it is gone.
func (v *visitor) find(id string) vendorapi.Link {
	for _, link := range v.Overview() {
		if link.ID == id {
			return link
		}
	}
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

// TestKeyboard presses every button of every vendor's payment page, with nothing but Tab and Enter: it does what the same act does in
// the sandbox. A link that somebody has begun to pay is paid after that.
func TestKeyboard(t *testing.T) {
	t.Parallel()
	tab := browser.Require(t)
	for _, d := range descriptor.All() {
		for _, button := range newVisitor(t, tab, d.Name).create("Workshop").Buttons {
			t.Run(d.Name+" "+button.Label, func(t *testing.T) {
				v, twin := newVisitor(t, tab, d.Name), newVisitor(t, tab, d.Name)
				link, other := v.create("Workshop"), twin.create("Workshop")
				equal(t, "answer", v.open(link.URL), 200)
				equal(t, "stage", v.reads(".stage"), string(link.State))
				for {
					v.walk(button.Label)
					v.enter()
					if v.reads("[role=status]") == "" {
						t.Error("nothing is said about " + button.Label)
					}
					if err := twin.Act(d.Name, other.ID, button.Action, ""); err != nil {
						t.Fatal(err)
					}
					link, other = v.find(link.ID), twin.find(other.ID)
					equal(t, "gone after "+button.Label, link.ID == "", other.ID == "")
					if link.ID == "" {
						return
					}
					equal(t, "status after "+button.Label, link.Status, other.Status)
					equal(t, "stage after "+button.Label, v.reads(".stage"), string(other.State))
					pay := slices.IndexFunc(link.Buttons, func(b vendorapi.Button) bool { return b.Action == "pay" })
					if link.State != vendorapi.StateProcessing || pay < 0 {
						return
					}
					button = link.Buttons[pay]
				}
			})
		}
	}
}

// TestAllLinksInBrowser finds a link on the page over all links, and acts there.
func TestAllLinksInBrowser(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, browser.Require(t), descriptor.Revocable().Name)
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
	equal(t, "its page", v.reads("h1"), v.vendor.Amount+" "+v.vendor.Currency)

	v.open(v.URL() + "/")
	before := v.Now()
	v.walk("Let a day pass")
	v.enter()
	equal(t, "a day passed", v.Now().Sub(before).Round(time.Hour), 24*time.Hour)
}

// TestPagesFit looks at both pages on a wide screen and on a phone: nothing may stick out to the side, light or dark.
func TestPagesFit(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, browser.Require(t), descriptor.Revocable().Name)
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
