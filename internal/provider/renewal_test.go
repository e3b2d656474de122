package provider_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// renewing are the vendors whose tokens the provider renews.
var renewing = map[string]struct {
	settings func(*testing.T, *acctest.VendorSandbox) object
	expire   func(*acctest.VendorSandbox)
	one      func(int) object // what makes links differ
}{
	"conomy": {
		expire: func(e *acctest.VendorSandbox) { e.Conomy.ExpireTokens() },
		one:    func(i int) object { return object{"checkout_token": fmt.Sprintf("invoice-%d", i)} },
	},
	"powens": {
		expire: func(e *acctest.VendorSandbox) { e.Powens.ExpireTokens() },
		one:    func(i int) object { return object{"label": fmt.Sprintf("Order %d", i)} },
	},
	"qonto": {
		settings: tokenFile,
		expire:   func(e *acctest.VendorSandbox) { e.Qonto.ExpireTokens() },
		one: func(i int) object {
			return object{"items": list{object{"title": fmt.Sprintf("Seat %d", i), "quantity": 1, "unit_price": object{"value": "10.99", "currency": "EUR"}, "vat_rate": "21.0"}}}
		},
	},
}

// tokenFile has the settings of a provider whose token is in a file.
func tokenFile(t *testing.T, e *acctest.VendorSandbox) object {
	t.Helper()
	tokens := e.Qonto.Tokens()
	data, err := json.Marshal(map[string]any{
		"client_id": tokens.ClientID, "client_secret": tokens.ClientSecret, "access_token": tokens.AccessToken,
		"refresh_token": tokens.RefreshToken, "expires_at": tokens.ExpiresAt,
	})
	path := filepath.Join(t.TempDir(), "tokens.json")
	if err == nil {
		err = os.WriteFile(path, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return object{"access_token": nil, "token_file": path}
}

// renewed runs a test for each of them, with a provider that has made one link.
func renewed(t *testing.T, test func(t *testing.T, e *acctest.VendorSandbox, s *protocoltest.Server, up func(int) protocoltest.Diagnostics)) {
	each(t, func(t *testing.T, c vendorCase, e *acctest.VendorSandbox, _ *protocoltest.Server) {
		how, ok := renewing[c.vendor]
		if !ok {
			return // its key lives for ever
		}
		change := object{}
		if how.settings != nil {
			change = how.settings(t, e)
		}
		s := e.ServerWithFakeClock(change)
		up := func(i int) protocoltest.Diagnostics {
			config := maps.Clone(c.config)
			maps.Copy(config, how.one(i))
			_, _, diags := s.ApplyConfig(protocoltest.State{}, c.name(), config)
			return diags
		}
		if diags := up(0); len(diags) > 0 {
			t.Fatal(diags)
		}
		how.expire(e)
		e.ResetRequests()
		test(t, e, s, up)
	})
}

// together makes ten links at once and counts the failures.
func together(t *testing.T, up func(int) protocoltest.Diagnostics, words ...string) int {
	t.Helper()
	var group sync.WaitGroup
	var failed atomic.Int32
	for i := range 10 {
		group.Go(func() {
			diags := up(i + 1)
			if !diags.HasError() {
				return
			}
			failed.Add(1)
			for _, word := range words {
				if !strings.Contains(diags.String(), word) {
					t.Errorf("%q is missing in:\n%s", word, diags)
				}
			}
		})
	}
	group.Wait()
	return int(failed.Load())
}

// A token that ends in the middle of an apply is renewed once, not once for each link, and each link is made once.
func TestTenCreatesOneRenewal(t *testing.T) {
	renewed(t, func(t *testing.T, e *acctest.VendorSandbox, _ *protocoltest.Server, up func(int) protocoltest.Diagnostics) {
		if failed := together(t, up); failed > 0 {
			t.Errorf("%d failed", failed)
		}
		sent(t, e, 1, 20)
		if n := len(e.Overview()); n != 11 {
			t.Errorf("%d links, want 11", n)
		}
	})
}

// A new token that is rejected too is the end: no further renewal, nothing sent more than twice, and nothing at all by
// later calls.
func TestRejectedForGood(t *testing.T) {
	renewed(t, func(t *testing.T, e *acctest.VendorSandbox, _ *protocoltest.Server, up func(int) protocoltest.Diagnostics) {
		e.Inject(sandbox.Fault{Op: "create", Kind: sandbox.ExpireToken})
		if failed := together(t, up, "401", "Nothing was created"); failed != 10 {
			t.Errorf("%d failed", failed)
		}
		sent(t, e, 1, 20)
		before := len(e.Requests())
		for range 5 {
			if failed := together(t, up, "401", "Nothing was created", "Not sent"); failed != 10 {
				t.Errorf("%d failed", failed)
			}
		}
		if n := len(e.Requests()); n != before {
			t.Errorf("%d more requests", n-before)
		}
	})
}

// sent: so many renewals, and at most so many creates.
func sent(t *testing.T, e *acctest.VendorSandbox, renewals, creates int) {
	t.Helper()
	if n := len(e.Requests(sandbox.ByOp("", "token"))); n != renewals {
		t.Errorf("%d renewals, want %d", n, renewals)
	}
	if n := len(e.Requests(sandbox.ByOp("", "create"))); n > creates {
		t.Errorf("%d creates, want at most %d", n, creates)
	}
}
