package provider_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// Nothing there is an empty list, and no error.
func TestListOfNothing(t *testing.T) {
	eachList(t, func(t *testing.T, c listCase) {
		e := acctest.NewSandbox(t, c.vendor)
		if found := c.found(t, e.ServerWithFakeClock(), protocoltest.ListRequest{IncludeResource: true}); len(found) != 0 || e.CallCount(c.vendor, "list") != 1 {
			t.Errorf("%v in %d requests", found, e.CallCount(c.vendor, "list"))
		}
	})
}

// What goes wrong in the middle of a walk is an error after what was found, and never a short list that looks whole.
func TestListBreaksOff(t *testing.T) {
	faults := map[string]sandbox.Fault{
		"refused":   {Kind: sandbox.Answer, Status: 403, Body: `{"message":"no"}`},
		"error":     {Kind: sandbox.HTML, Status: 500},
		"truncated": {Kind: sandbox.Truncate},
		"malformed": {Kind: sandbox.Malformed},
		"too large": {Kind: sandbox.Oversize},
	}
	eachList(t, func(t *testing.T, c listCase) {
		for name, fault := range faults {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				e := acctest.NewSandbox(t, c.vendor)
				c.stock(t, e, 300)
				fault.Vendor, fault.Op = c.vendor, "list"
				if c.page > 0 {
					fault.Skip = 1
				}
				e.Inject(fault)
				found, diags := e.ServerWithFakeClock().List(t.Context(), c.name(), protocoltest.ListRequest{IncludeResource: true})
				if len(found) < c.page || len(found) >= 300 {
					t.Errorf("%d links before the error", len(found))
				}
				if len(diags) != 1 || !diags.HasError() || !strings.HasPrefix(diags[0].Summary, "Cannot list ") || !strings.Contains(diags[0].Detail, "not read to its end") {
					t.Errorf("said: %s", diags)
				}
			})
		}
	})
}

// Whoever interrupts the query ends the walk.
func TestListObeysItsContext(t *testing.T) {
	eachList(t, func(t *testing.T, c listCase) {
		e := acctest.NewSandbox(t, c.vendor)
		c.stock(t, e, 300)
		ctx, cancel := context.WithCancel(t.Context())
		seen, broke := 0, false
		e.ServerWithFakeClock().ListEach(ctx, c.name(), protocoltest.ListRequest{}, func(f protocoltest.ListResult, diags protocoltest.Diagnostics) bool {
			if seen++; seen == 10 {
				cancel()
			}
			broke = broke || diags.HasError()
			return true
		})
		if got := e.CallCount(c.vendor, "list"); got > 1 || c.page > 0 && !broke {
			t.Errorf("%d requests, broke off: %v", got, broke)
		}
	})
}

// A vendor that is not configured says so, in the words of the resource.
func TestListOfAVendorThatIsNotConfigured(t *testing.T) {
	eachList(t, func(t *testing.T, c listCase) {
		s := acctest.NewServer(t, nil, object{})
		found, diags := s.List(t.Context(), c.name(), protocoltest.ListRequest{})
		if len(found) > 0 || len(diags.Errors()) != 1 || !strings.Contains(diags.String(), "is not configured") {
			t.Errorf("%v %s", found, diags)
		}
	})
}

// What a vendor's answer leaves in doubt is said beside the link, which is listed all the same.
func TestListRemarks(t *testing.T) {
	t.Parallel()
	c := listCases()[1]
	e := acctest.NewSandbox(t, c.vendor)
	c.stock(t, e, 1)
	text, err := os.ReadFile(filepath.Join("..", "cmd", "demo", "testdata", "powens.json"))
	if err != nil {
		t.Fatal(err)
	}
	odd := strings.Replace(string(text), `"revoked_at": null`, `"revoked_at": "next tuesday"`, 1)
	e.Inject(sandbox.Fault{Vendor: "powens", Op: "list", Kind: sandbox.Answer, Status: http.StatusOK, Body: "[" + odd + "," + string(text) + "]"})
	found, diags := e.ServerWithFakeClock().List(t.Context(), c.name(), protocoltest.ListRequest{IncludeResource: true})
	if len(found) != 2 || found[0].State.Text("state") != "unknown" || len(diags) != 1 || diags.HasError() || !strings.Contains(diags[0].Detail, "next tuesday") {
		t.Errorf("%d links, %s", len(found), diags)
	}
}
