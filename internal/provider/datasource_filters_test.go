package provider_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// narrowed is one configuration of a plural data source, and what its vendor is sent.
type narrowed struct {
	vendor string
	config object
	query  url.Values // without the page; nil: nothing
	left   int        // links that it shows, of those of a world
}

// world makes five links of a vendor and brings them into all states that the sandbox can bring about.
func world(t *testing.T, e *acctest.VendorSandbox, c listCase) {
	t.Helper()
	s := e.ServerWithFakeClock()
	ends := map[string][]string{
		"qonto": {"", "pay", "process", "expire", "cancel"}, "powens": {"", "pay", "process", "cancel", ""},
		"conomy": {"", "pay", "process", "expire", ""}, "gigs": {"", "cancel", "pay", "", ""},
	}[c.vendor]
	var made []string
	for i, end := range ends {
		config := c.another(i)
		switch {
		case c.vendor == "conomy" && end != "":
			config = tfconfig.Changed(config, object{"activate": true})
		case c.vendor == "qonto": // a reusable link stays open
			config = tfconfig.Changed(config, object{"reusable": false})
		}
		state, _ := up(t, s, protocoltest.State{}, c.vendorCase, config)
		made = append(made, state.Text("id"))
	}
	for i, end := range ends {
		if end != "" {
			e.Simulate(made[i], end)
		}
	}
	e.ResetRequests()
}

func TestDataSourceFilters(t *testing.T) {
	t.Parallel()
	cases := map[string]narrowed{
		"qonto, nothing":           {"qonto", nil, nil, 5},
		"qonto, statuses":          {"qonto", object{"statuses": list{"paid", "open"}}, url.Values{"status[]": {"open", "paid"}}, 2},
		"qonto, order":             {"qonto", object{"sort_by": "amount:desc"}, url.Values{"sort_by": {"amount:desc"}}, 5},
		"qonto, states":            {"qonto", object{"states": list{"revoked", "expired"}}, url.Values{"status[]": {"canceled", "expired"}}, 2},
		"qonto, both":              {"qonto", object{"states": list{"open"}, "statuses": list{"open", "paid"}}, url.Values{"status[]": {"open", "paid"}}, 1},
		"qonto, an unknown state":  {"qonto", object{"states": list{"open", "unknown"}}, nil, 1},
		"powens, states":           {"powens", object{"states": list{"open", "paid"}}, nil, 3},
		"powens, revoked":          {"powens", object{"states": list{"revoked"}}, nil, 1},
		"gigs, statuses":           {"gigs", object{"statuses": list{"completed"}}, url.Values{"status": {"completed"}}, 1},
		"gigs, states":             {"gigs", object{"states": list{"paid", "revoked"}}, url.Values{"status": {"canceled,completed"}}, 2},
		"gigs, a state it has not": {"gigs", object{"states": list{"expired", "paid"}}, nil, 1},
		"gigs, invoice":            {"gigs", object{"invoice": "inv_0SNlurA049MEWV1QTRqvd18YuG25"}, url.Values{"invoice": {"inv_0SNlurA049MEWV1QTRqvd18YuG25"}}, 5},
		"conomy, statuses":         {"conomy", object{"statuses": list{"ATTEMPT", "FINISHED"}}, url.Values{"status": {"ATTEMPT,FINISHED"}}, 3},
		"conomy, states":           {"conomy", object{"states": list{"open"}}, url.Values{"status": {"ACTIVE,ATTEMPT"}}, 2},
		"conomy, revoked":          {"conomy", object{"states": list{"revoked"}}, nil, 0},
		"conomy, the rest": {"conomy", object{
			"destination_account_numbers": list{"9283746501", "other"}, "customer_emails": list{"planted@example.com"}, "owner_identity_ids": list{"65f1a7c2e4b0d81f3a9c7e21"},
		}, url.Values{"destination.accountNumber": {"9283746501,other"}, "customer.email": {"planted@example.com"}, "owner.identityId": {"65f1a7c2e4b0d81f3a9c7e21"}}, 0},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := caseOf(tc.vendor)
			e := acctest.NewSandbox(t, tc.vendor)
			world(t, e, c)
			links := dataOf(t, e.ServerWithFakeClock(), c.several(), tc.config).List("links")
			if len(links) != tc.left {
				t.Errorf("%d links, want %d", len(links), tc.left)
			}
			sent := e.Requests(sandbox.ByOp(tc.vendor, "list"))
			if len(sent) != 1 {
				t.Fatalf("%d list calls", len(sent))
			}
			got := url.Values{}
			for key, values := range sent[0].Query {
				if !slices.Contains([]string{"page", "per_page", "limit", "offset"}, key) {
					got[key] = values
				}
			}
			if len(got)+len(tc.query) > 0 && !reflect.DeepEqual(got, tc.query) {
				t.Errorf("sent %v, want %v", got, tc.query)
			}
		})
	}
}

func caseOf(vendor string) listCase {
	cases := listCases()
	return cases[slices.IndexFunc(cases, func(c listCase) bool { return c.vendor == vendor })]
}

// A link of another project is asked for there.
func TestDataSourceProject(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "gigs")
	s := e.ServerWithFakeClock()
	_, diags := s.ReadDataSource("paymentlinks_gigs_links", object{"project": "elsewhere"})
	sent := e.Requests(sandbox.ByOp("gigs", "list"))
	if !diags.HasError() || len(sent) != 1 || !strings.Contains(sent[0].Path, "/projects/elsewhere/") {
		t.Errorf("%v %s", sent, diags)
	}
	e.ResetRequests()
	bare := e.ServerWithFakeClock(object{"project": nil})
	for _, name := range []string{"paymentlinks_gigs_links", "paymentlinks_links"} {
		if _, diags := bare.ReadDataSource(name, nil); !strings.Contains(diags.Errors().String(), "There is no project to ask for") {
			t.Errorf("%s: %s", name, diags)
		}
	}
	if _, diags := bare.ReadDataSource("paymentlinks_gigs_link", object{"id": "pml_1"}); !diags.HasError() {
		t.Error("a link of no project was read")
	}
	if n := len(e.Requests()); n != 0 {
		t.Errorf("%d requests without a project", n)
	}
}

// Conomy takes so many ids a call; they come in batches, each link once.
func TestDataSourceIDsInBatches(t *testing.T) {
	t.Parallel()
	c := caseOf("conomy")
	e := acctest.NewSandbox(t, "conomy")
	stock := c.stock(t, e, 200)
	for n, calls := range map[int]int{1: 1, 50: 1, 51: 2, 120: 3} {
		var wanted list
		for _, id := range stock[:n] {
			wanted = append(wanted, id)
		}
		got := linkIDs(dataOf(t, e.ServerWithFakeClock(), c.several(), object{"ids": wanted}))
		slices.Sort(got)
		if !slices.Equal(got, stock[:n]) {
			t.Errorf("%d ids: %d links", n, len(got))
		}
		sent := e.Requests(sandbox.ByOp("conomy", "list"))
		if len(sent) != calls {
			t.Errorf("%d ids: %d calls, want %d", n, len(sent), calls)
		}
		for _, r := range sent {
			if asked := strings.Split(r.Query.Get("id"), ","); len(asked) > 50 {
				t.Errorf("one call asks for %d ids", len(asked))
			}
		}
		e.ResetRequests()
	}
}

// What is wrong with a filter is said before anything is asked.
func TestDataSourceBadFilters(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "qonto")
	s := acctest.NewServer(t, nil, everything(t, e))
	for i, tc := range []struct {
		name   string
		config object
		at     string
		word   string
	}{
		{"paymentlinks_qonto_links", object{"statuses": list{"settled"}}, "statuses", "open, processing, paid, expired, canceled"},
		{"paymentlinks_qonto_links", object{"statuses": list{}}, "statuses", "Leave the argument out"},
		{"paymentlinks_qonto_links", object{"statuses": list{nil}}, "statuses", "Leave the argument out"},
		{"paymentlinks_qonto_links", object{"sort_by": "created_at:desc"}, "sort_by", "expiration_date:asc"},
		{"paymentlinks_qonto_links", object{"states": list{"canceled"}}, "states", "open, processing, paid, expired, revoked, unknown"},
		{"paymentlinks_powens_links", object{"states": list{}}, "states", "Leave the argument out"},
		{"paymentlinks_powens_links", object{"states": list{""}}, "states", "Leave the argument out"},
		{"paymentlinks_gigs_links", object{"invoice": ""}, "invoice", "Leave the argument out"},
		{"paymentlinks_gigs_links", object{"project": " "}, "project", "Leave the argument out"},
		{"paymentlinks_gigs_links", object{"statuses": list{"open"}}, "statuses", "active, canceled, completed"},
		{"paymentlinks_conomy_links", object{"ids": list{}}, "ids", "Leave the argument out"},
		{"paymentlinks_conomy_links", object{"ids": list{"a,b"}}, "ids", "comma"},
		{"paymentlinks_conomy_links", object{"customer_emails": list{"planted@example.com,b@example.com"}}, "customer_emails", "comma"},
		{"paymentlinks_conomy_links", object{"statuses": list{"active"}}, "statuses", "ACTIVE"},
		{"paymentlinks_conomy_link", object{}, "id", "exactly one of `id` and `checkout_token`"},
		{"paymentlinks_conomy_link", object{"id": "a", "checkout_token": "b"}, "id", "exactly one of `id` and `checkout_token`"},
		{"paymentlinks_conomy_link", object{"id": "a", "owner_identity_id": "b"}, "owner_identity_id", "narrows the search"},
		{"paymentlinks_conomy_link", object{"checkout_token": ""}, "checkout_token", "empty"},
		{"paymentlinks_conomy_link", object{"id": "a/b"}, "id", "slash"},
		{"paymentlinks_conomy_link", object{"id": ""}, "id", "missing"},
		{"paymentlinks_powens_link", object{"id": "17"}, "id", "UUID"},
		{"paymentlinks_qonto_link", object{"id": ".."}, "id", "not name a link"},
		{"paymentlinks_gigs_link", object{"id": "a", "project": "b/c"}, "id", "slash"},
		{"paymentlinks_gigs_link", object{"id": "a", "project": ""}, "project", "empty"},
		{"paymentlinks_links", object{"vendors": list{"stripe"}}, "vendors", "conomy, gigs, powens, qonto"},
		{"paymentlinks_links", object{"vendors": list{}}, "vendors", "Leave the argument out"},
		{"paymentlinks_links", object{"states": list{"done"}}, "states", "revoked"},
		{"paymentlinks_qonto_link_payments", object{"link_id": "17"}, "link_id", "UUID"},
		{"paymentlinks_qonto_link_payments", object{"link_id": "3c90c3cc-0d44-4b50-8888-8dd25736052a", "statuses": list{"done"}}, "statuses", "authorized"},
		{"paymentlinks_qonto_link_payments", object{"link_id": "3c90c3cc-0d44-4b50-8888-8dd25736052a", "sort_by": "created_at:asc"}, "sort_by", "creation_date"},
	} {
		diags := s.ValidateDataSource(tc.name, tc.config)
		if len(diags) != 1 || len(diags.ForAttribute(tc.at).Errors()) != 1 || !strings.Contains(diags.String(), tc.word) {
			t.Errorf("%d, %s: %s", i, tc.name, diags)
		}
		if strings.Contains(diags.String(), "planted") {
			t.Errorf("a payer's address is said: %s", diags)
		}
	}
	if n := len(e.Requests()); n != 0 {
		t.Errorf("%d requests", n)
	}
	for name, config := range map[string]object{
		"paymentlinks_conomy_links":        {"ids": tfconfig.Unknown, "statuses": list{tfconfig.Unknown, "ACTIVE"}},
		"paymentlinks_conomy_link":         {"id": tfconfig.Unknown, "checkout_token": "b"},
		"paymentlinks_gigs_link":           {"id": tfconfig.Unknown, "project": tfconfig.Unknown},
		"paymentlinks_powens_link":         {"id": tfconfig.Unknown},
		"paymentlinks_links":               {"vendors": list{tfconfig.Unknown}},
		"paymentlinks_qonto_link_payments": {"link_id": tfconfig.Unknown},
	} {
		if diags := s.ValidateDataSource(name, config); len(diags) > 0 {
			t.Errorf("%s, not known yet: %s", name, diags)
		}
	}
}

// The checkout token names a link at Conomy, although no call takes it.
func TestDataSourceByCheckoutToken(t *testing.T) {
	t.Parallel()
	c := caseOf("conomy")
	e := acctest.NewSandbox(t, "conomy")
	stock := c.stock(t, e, 120)
	s := e.ServerWithFakeClock()
	// Newest first: the sandbox's order puts the last of the stock on the first page.
	for token, tc := range map[string]struct {
		id    string
		calls int
	}{"order-0119": {stock[119], 1}, "order-0000": {stock[0], 3}} {
		got := dataOf(t, s, c.one(), object{"checkout_token": token})
		if got.Text("id") != tc.id || got.Text("checkout_token") != token || e.CallCount("conomy", "list") != tc.calls || e.CallCount("conomy", "get") != 0 {
			t.Errorf("%s: %s in %d calls", token, got.Text("id"), e.CallCount("conomy", "list"))
		}
		e.ResetRequests()
	}
	_, diags := s.ReadDataSource(c.one(), object{"checkout_token": "order-0000", "owner_identity_id": "somebody else"})
	if len(diags.ForAttribute("checkout_token").Errors()) != 1 || !strings.Contains(diags.String(), "and this `owner_identity_id`") {
		t.Errorf("said: %s", diags)
	}
	if sent := e.Requests(sandbox.ByOp("conomy", "list")); len(sent) != 1 || sent[0].Query.Get("owner.identityId") != "somebody else" {
		t.Errorf("sent %v", sent)
	}
	e.ResetRequests()
	if _, diags := s.ReadDataSource(c.one(), object{"checkout_token": "order"}); !diags.HasError() || e.CallCount("conomy", "list") != 3 { // a part is no token
		t.Errorf("%d calls: %s", e.CallCount("conomy", "list"), diags)
	}
	e.Inject(sandbox.Fault{Vendor: "conomy", Op: "list", Skip: 1, Kind: sandbox.Malformed})
	if _, diags := s.ReadDataSource(c.one(), object{"checkout_token": "order-0000"}); !strings.Contains(diags.Errors().String(), "not read to its end") {
		t.Errorf("said: %s", diags)
	}
}

// What a vendor says of a bad filter may hold it; a payer's address is no exception to what stays unsaid.
func TestDataSourceKeepsThePayersAddress(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "conomy")
	const planted = "planted@example.com"
	body, err := json.Marshal(object{"status": 400, "code": "11", "type": "invalidParam", "detail": fmt.Sprintf("customer.email %s,b@example.com is bad", planted), "traceId": "t"})
	if err != nil {
		t.Fatal(err)
	}
	e.Inject(sandbox.Fault{Vendor: "conomy", Op: "list", Kind: sandbox.Answer, Status: 400, Body: string(body)})
	_, diags := e.ServerWithFakeClock().ReadDataSource("paymentlinks_conomy_links", object{"customer_emails": list{planted, "b@example.com"}})
	if !diags.HasError() || strings.Contains(diags.String(), planted) || strings.Contains(diags.String(), "b@example.com") {
		t.Errorf("said: %s", diags)
	}
}
