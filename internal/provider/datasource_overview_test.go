package provider_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

const overview = "paymentlinks_links"

// everything configures all vendors for one sandbox, less those named.
func everything(t *testing.T, e *acctest.VendorSandbox, without ...string) object {
	t.Helper()
	out := object{}
	for _, c := range vendorCases {
		if !slices.Contains(without, c.vendor) {
			out[c.vendor] = acctest.WrapSandbox(t, e.Sandbox, c.vendor).Settings()
		}
	}
	return out
}

func hurried(t *testing.T, config object) *protocoltest.Server {
	t.Helper()
	s := acctest.NewServer(t, clock.NewFake(clock.System{}.Now()), config)
	if s.ConfigureDiagnostics.HasError() {
		t.Fatal(s.ConfigureDiagnostics)
	}
	return s
}

// summaries makes a link of each vendor and returns what the overview has to say of each.
func summaries(t *testing.T, s *protocoltest.Server) map[string]object {
	t.Helper()
	out := map[string]object{}
	for _, c := range vendorCases {
		state, _ := up(t, s, protocoltest.State{}, c, c.config)
		out[c.vendor] = object{
			"vendor": c.vendor, "id": state.Text("id"), "url": state.Text("url"), "state": "open",
			"amount": nil, "currency": nil, "created_at": state.Get("created_at"),
		}
	}
	for vendor, sum := range map[string][2]string{"qonto": {"13.30", "EUR"}, "powens": {"49.90", "EUR"}, "conomy": {"49990", "CLP"}} {
		out[vendor]["amount"], out[vendor]["currency"] = sum[0], sum[1]
	}
	return out
}

func TestOverview(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "qonto")
	s := hurried(t, everything(t, e))
	want := summaries(t, s)
	e.ResetRequests()
	links := dataOf(t, s, overview, nil).List("links")
	var vendors []string
	for _, link := range links {
		vendor := tfconfig.Lookup(link, "vendor").(string)
		vendors = append(vendors, vendor)
		for name, value := range want[vendor] {
			if said := tfconfig.Lookup(link, name); said != value {
				t.Errorf("%s: %s is %v, want %v", vendor, name, said, value)
			}
		}
	}
	if !slices.Equal(vendors, []string{"conomy", "gigs", "powens", "qonto"}) {
		t.Errorf("links of %v", vendors)
	}
	for _, c := range vendorCases {
		if n := e.CallCount(c.vendor, "list"); n != 1 {
			t.Errorf("%s was asked %d times", c.vendor, n)
		}
	}
	if paid := dataOf(t, s, overview, object{"states": list{"paid"}}); len(paid.List("links")) != 0 {
		t.Errorf("paid: %v", paid.List("links"))
	}
	sent := e.Requests(sandbox.ByOp("qonto", "list"))
	if sent[1].Query.Get("status[]") != "paid" { // the vendor is spared the rest
		t.Errorf("sent %v", sent[1].Query)
	}
	e.ResetRequests()
	two := dataOf(t, s, overview, object{"vendors": list{"gigs", "powens"}}).List("links")
	if len(two) != 2 || e.CallCount("conomy", "list")+e.CallCount("qonto", "list") != 0 {
		t.Errorf("%d links of two vendors", len(two))
	}
}

// A vendor that is not configured is left out, unless somebody names it.
func TestOverviewOfWhatIsConfigured(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "qonto")
	s := hurried(t, everything(t, e, "gigs", "powens"))
	dataOf(t, s, overview, nil)
	if e.CallCount("conomy", "list") != 1 || e.CallCount("qonto", "list") != 1 || e.CallCount("gigs", "list")+e.CallCount("powens", "list") != 0 {
		t.Errorf("asked: %v", e.Requests())
	}
	e.ResetRequests()
	_, diags := s.ReadDataSource(overview, object{"vendors": list{"qonto", "gigs", "powens"}})
	if len(diags.ForAttribute("vendors").Errors()) != 2 || !strings.Contains(diags.String(), "Gigs is not configured") || !strings.Contains(diags.String(), "gigs = {}") {
		t.Errorf("said: %s", diags)
	}
	nothing := hurried(t, nil)
	state, diags := nothing.ReadDataSource(overview, nil)
	if len(state.List("links")) != 0 || len(diags.Warnings()) != 1 || diags.HasError() {
		t.Errorf("said: %s", diags)
	}
}

// Every vendor that fails is named, and no failure keeps another vendor from being asked.
func TestOverviewOfFailures(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "qonto")
	s := hurried(t, everything(t, e))
	e.Inject(sandbox.Fault{Vendor: "conomy", Op: "list", Kind: sandbox.Answer, Status: http.StatusForbidden, Body: `{}`})
	e.Inject(sandbox.Fault{Vendor: "powens", Op: "list", Kind: sandbox.HTML, Status: http.StatusNotFound})
	state, diags := s.ReadDataSource(overview, nil)
	var summaries []string
	for _, d := range diags.Errors() {
		summaries = append(summaries, d.Summary)
	}
	if state.Exists() || !slices.Equal(summaries, []string{"Cannot list Conomy payment links", "Cannot list Powens payment links"}) {
		t.Errorf("said: %s", diags)
	}
	for _, c := range vendorCases {
		if n := e.CallCount(c.vendor, "list"); n != 1 {
			t.Errorf("%s was asked %d times", c.vendor, n)
		}
	}
}

// None waits for another: four slow vendors take as long as one.
func TestOverviewAsksAtOnce(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "qonto")
	s := hurried(t, everything(t, e))
	dataOf(t, s, overview, nil) // tokens are there
	const slow = 400 * time.Millisecond
	e.Inject(sandbox.Fault{Op: "list", Kind: sandbox.Wait, Delay: slow})
	began := (clock.System{}).Now()
	dataOf(t, s, overview, nil)
	if took := (clock.System{}).Now().Sub(began); took < slow || took > 3*slow {
		t.Errorf("it took %s", took)
	}
}

// Variables that may be there for something else do not stop the others; whoever names the vendor is told.
func TestOverviewBesideAStrayVariable(t *testing.T) {
	e := acctest.NewSandbox(t, "conomy")
	t.Setenv("QONTO_ACCESS_TOKEN", "ory_at_somebody")
	s := e.ServerWithFakeClock()
	state, diags := s.ReadDataSource(overview, nil)
	if !state.Exists() || diags.HasError() || len(diags.Warnings()) != 1 || !strings.Contains(diags.String(), "QONTO_ENVIRONMENT") {
		t.Errorf("said: %s", diags)
	}
	_, diags = s.ReadDataSource(overview, object{"vendors": list{"qonto"}})
	if len(diags.ForAttribute("vendors").Errors()) != 1 || !strings.Contains(diags.String(), "QONTO_ENVIRONMENT") {
		t.Errorf("said: %s", diags)
	}
}
