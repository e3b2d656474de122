package provider_test

import (
	"net/http"
	"slices"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
)

// row is one vendor as it may be configured, or as it may behave where its contract is silent.
type row struct {
	vendorCase
	title    string
	settings object
	switches string // JSON
	// operations that the row is about; empty for all that the vendor has.
	operations []string
	// forgets: an idempotency key that was answered with a 5xx makes a second link.
	forgets bool

	secrets, secretSettings, without []string
}

// rows are the vendors and their variants.
func rows() []row {
	creates := []string{"create", "list"}
	vendors := map[string]row{}
	for _, c := range vendorCases {
		vendors[c.vendor] = row{vendorCase: c, title: c.vendor}
	}
	qonto, powens, conomy, gigs := vendors["qonto"], vendors["powens"], vendors["conomy"], vendors["gigs"]
	qonto.secretSettings, qonto.without = []string{"access_token", "staging_token"}, []string{"token_endpoint"}
	powens.secretSettings, powens.secrets = []string{"client_secret"}, []string{"Lovelace"}
	conomy.secretSettings, conomy.secrets = []string{"api_key", "client_secret"}, []string{"payer@planted.example"}
	conomy.config = conomy.with(object{"customer": object{"email": "payer@planted.example"}})
	gigs.secretSettings, gigs.secrets = []string{"api_key"}, []string{"Elaine", "elaine@example.com", "290.063.072-03"}
	variant := func(r row, title string) row {
		r.title, r.operations = r.title+"_"+title, creates
		return r
	}
	ignored, forgotten, unkeyed := variant(qonto, "key_ignored"), variant(gigs, "keys_forgotten"), variant(gigs, "without_keys")
	ignored.switches = `{"ignore_idempotency_key":true}`
	forgotten.switches, forgotten.forgets = `{"ignore_idempotency_keys":true}`, true
	unkeyed.settings = object{"idempotency_keys": false}
	return []row{qonto, ignored, powens, conomy, gigs, forgotten, unkeyed}
}

// patient is how long after a create its link is looked for.
const patient = 7 * time.Second

// keyed: the provider sends a key that the vendor promises to heed.
func (r row) keyed() bool { return r.vendor == "gigs" && r.settings == nil }

// renews: a token that is rejected by a call of links is replaced by another.
func (x *trial) renews() bool {
	return !isToken(x.op) && (x.vendor == "powens" || x.vendor == "conomy")
}

func isToken(op string) bool {
	return slices.Contains([]string{"token", "token_at_refresh", "token_at_destroy"}, op)
}

// isRead: a call that commits nothing.
func isRead(call string) bool { return call == "get" || call == "list" }

// ops are the operations of the row's vendor.
func (r row) ops() []string {
	if r.operations != nil {
		return r.operations
	}
	ops := []string{"create", "read", "list"}
	switch r.vendor {
	case "powens": // notes what exists before its first create
		ops = append(ops, "census")
	case "conomy":
		ops = append(ops, "activate", "activate_later")
	case "gigs": // believes a 404 only when its list says so too
		return append(ops, "confirm")
	}
	return append(ops, "revoke", "token", "token_at_refresh", "token_at_destroy")
}

// happens: the column means something in the row. A vendor that forgets keys keeps to its documents after a 5xx only, and
// what was made before one must be listed while it is looked for: else nothing tells that another create is a second one.
func (r row) happens(op string, m mishap) bool {
	if len(m.only) > 0 && !slices.Contains(m.only, op) || m.fault.After && !m.hangs && isRead(r.hit(op)) {
		return false
	}
	if !r.forgets {
		return true
	}
	return op == "list" && m.listLag <= patient || op == "create" && (m.fault.Status >= http.StatusInternalServerError || m.fault.Kind == sandbox.HTML)
}

// hit is the vendor's call that goes wrong in an operation.
func (r row) hit(op string) string {
	switch op {
	case "read":
		return "get"
	case "census", "confirm":
		return "list"
	case "revoke":
		return r.revoke
	case "activate_later":
		return "activate"
	}
	if isToken(op) {
		return "token"
	}
	return op
}

// set changes switches of the row's vendor.
func (r row) set(e *acctest.VendorSandbox, json string) error {
	if json == "" {
		return nil
	}
	return map[string]interface{ SetSwitches([]byte) error }{
		"conomy": e.Conomy, "gigs": e.Gigs, "powens": e.Powens, "qonto": e.Qonto,
	}[r.vendor].SetSwitches([]byte(json))
}
