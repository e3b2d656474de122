package sandbox_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// gigsCase is what a switch changes on the wire: probe says what it sees, in the default and in the other position.
type gigsCase struct {
	field    string // of GigsSwitches
	position string // where a switch has several
	set      func(*sandbox.GigsSwitches)
	probe    func(gigsRig) string
	off, on  string
}

// gigsPosted is the status of a create, and where it was refused why.
func gigsPosted(body string, header ...string) func(gigsRig) string {
	return func(r gigsRig) string {
		a := r.post(body, header...)
		return fmt.Sprint(a.status, " ", a.at("type"), " ", a.at("details", "0", "property"))
	}
}

// gigsRead is a value of a new link, as a read shows it.
func gigsRead(body string, path ...string) func(gigsRig) string {
	return func(r gigsRig) string { return r.get(gigsLinks + "/" + r.create(body)).at(path...) }
}

// gigsTwo is the status of a second create for an invoice, and the statuses of both links.
func gigsTwo(r gigsRig) string {
	id := r.create(gigsBody)
	status := r.post(gigsBody).status
	return fmt.Sprint(status, " ", r.get(gigsLinks+"/"+id).at("status"), " ", r.Gigs.Payable())
}

const plainGigs = `{"ebanx":{"user":{"fullName":"Elaine Benes","email":"elaine@example.com","taxNumber":"290.063.072-03"}},"invoice":"inv_1","type":"ebanx"}`

var gigsCases = []gigsCase{
	{field: "CreateOK", set: func(s *sandbox.GigsSwitches) { s.CreateOK = true },
		probe: gigsPosted(gigsBody), off: "201 ebanx absent", on: "200 ebanx absent"},
	{field: "CheckDigits", set: func(s *sandbox.GigsSwitches) { s.CheckDigits = true },
		probe: gigsPosted(strings.Replace(gigsBody, "-03", "-04", 1)), off: "201 ebanx absent", on: "422 invalid ebanx.user.taxNumber"},
	{field: "CheckDigits", position: "right ones", set: func(s *sandbox.GigsSwitches) { s.CheckDigits = true },
		probe: gigsPosted(strings.Replace(gigsBody, "290.063.072-03", "11144477735", 1)), off: "201 ebanx absent", on: "201 ebanx absent"},
	{field: "TrailingSlash", set: func(s *sandbox.GigsSwitches) { s.TrailingSlash = true },
		probe: gigsRead(gigsBody, "ebanx", "redirectUrl"), off: "https://example.com", on: "https://example.com/"},
	{field: "TrailingSlash", position: "has one", set: func(s *sandbox.GigsSwitches) { s.TrailingSlash = true },
		probe: gigsRead(strings.Replace(gigsBody, "example.com\"}", "example.com/\"}", 1), "ebanx", "redirectUrl"), off: "https://example.com/", on: "https://example.com/"},
	{field: "SecondActive", position: "reject", set: func(s *sandbox.GigsSwitches) { s.SecondActive = "reject" },
		probe: gigsTwo, off: "201 active 2", on: "422 active 1"},
	{field: "SecondActive", position: "cancel", set: func(s *sandbox.GigsSwitches) { s.SecondActive = "cancel" },
		probe: gigsTwo, off: "201 active 2", on: "201 canceled 1"},
	{field: "VoidCancels", set: func(s *sandbox.GigsSwitches) { s.VoidCancels = true },
		probe: func(r gigsRig) string {
			id, other := r.create(gigsBody), r.create(plainGigs)
			r.Gigs.SettleInvoice(gigsInvoice, "voided")
			return r.get(gigsLinks+"/"+id).at("status") + " " + r.get(gigsLinks+"/"+other).at("status") + fmt.Sprint(" ", r.post(gigsBody).status)
		}, off: "active active 422", on: "canceled active 422"},
	{field: "UnknownInvoice", position: "not_found", set: func(s *sandbox.GigsSwitches) { s.UnknownInvoice = "not_found" },
		probe: gigsPosted(gigsBody), off: "201 ebanx absent", on: "404 notFound absent"},
	{field: "UnknownInvoice", position: "unprocessable", set: func(s *sandbox.GigsSwitches) { s.UnknownInvoice = "unprocessable" },
		probe: gigsPosted(gigsBody), off: "201 ebanx absent", on: "422 invalid invoice"},
	{field: "RefuseIdempotencyKeys", set: func(s *sandbox.GigsSwitches) { s.RefuseIdempotencyKeys = true },
		probe: gigsPosted(gigsBody, "Idempotency-Key", "k"), off: "201 ebanx absent", on: "400 invalid absent"},
	{field: "RefuseIdempotencyKeys", position: "without a key", set: func(s *sandbox.GigsSwitches) { s.RefuseIdempotencyKeys = true },
		probe: gigsPosted(gigsBody), off: "201 ebanx absent", on: "201 ebanx absent"},
	{field: "IgnoreIdempotencyKeys", set: func(s *sandbox.GigsSwitches) { s.IgnoreIdempotencyKeys = true },
		probe: func(r gigsRig) string {
			first := r.post(gigsBody, "Idempotency-Key", "k").want(201)
			return fmt.Sprint(r.post(gigsBody, "Idempotency-Key", "k").at("id") == first.at("id"), " ", r.Gigs.Payable())
		}, off: "true 1", on: "false 2"},
	{field: "RejectReusedKey", set: func(s *sandbox.GigsSwitches) { s.RejectReusedKey = true },
		probe: func(r gigsRig) string {
			r.post(gigsBody, "Idempotency-Key", "k").want(201)
			return fmt.Sprint(r.post(gigsBody, "Idempotency-Key", "k").status, r.post(plainGigs, "Idempotency-Key", "k").status)
		}, off: "201 201", on: "201 422"},
	{field: "RateLimit", set: func(s *sandbox.GigsSwitches) { s.RateLimit = 2 },
		probe: func(r gigsRig) string {
			r.get(gigsLinks).want(200)
			r.Advance(4 * time.Second)
			r.get(gigsLinks).want(200)
			third := r.get(gigsLinks)
			r.Advance(6 * time.Second)
			return fmt.Sprint(third.status, " ", third.header.Get("Retry-After"), " ", r.get(gigsLinks).status)
		}, off: "200  200", on: "429 6 200"},
	{field: "Fractions", set: func(s *sandbox.GigsSwitches) { s.Fractions = true },
		probe: func(r gigsRig) string {
			id := r.create(gigsBody)
			return r.get(gigsLinks+"/"+id).at("createdAt") + " " + r.get(gigsLinks+"/"+id).at("createdAt")
		}, off: "2026-03-01T12:00:00Z 2026-03-01T12:00:00Z", on: "2026-03-01T12:00:00.0Z 2026-03-01T12:00:00Z"},
	{field: "OmitNulls", set: func(s *sandbox.GigsSwitches) { s.OmitNulls = true },
		probe: gigsRead(plainGigs, "canceledAt"), off: "null", on: "absent"},
	{field: "OmitNulls", position: "in ebanx", set: func(s *sandbox.GigsSwitches) { s.OmitNulls = true },
		probe: gigsRead(plainGigs, "ebanx"), off: `{"redirectUrl":null}`, on: `{}`},
	{field: "ExtraFields", set: func(s *sandbox.GigsSwitches) { s.ExtraFields = true },
		probe: gigsRead(gigsBody, "sandboxExtra", "since"), off: "absent", on: "a later version"},
	{field: "ExtraFields", position: "in ebanx", set: func(s *sandbox.GigsSwitches) { s.ExtraFields = true },
		probe: gigsRead(gigsBody, "ebanx", "preview", "installments"), off: "absent", on: "3"},
	{field: "ReadDelay", set: func(s *sandbox.GigsSwitches) { s.ReadDelay = 2 * time.Second },
		probe: func(r gigsRig) string {
			id := r.create(gigsBody)
			first := r.get(gigsLinks + "/" + id).status
			r.Advance(2 * time.Second)
			return fmt.Sprint(first, r.get(gigsLinks+"/"+id).status)
		}, off: "200 200", on: "404 200"},
	{field: "ListLag", set: func(s *sandbox.GigsSwitches) { s.ListLag = 2 * time.Second },
		probe: func(r gigsRig) string {
			id := r.create(gigsBody)
			first := r.get(gigsLinks).ids()
			r.Advance(2 * time.Second)
			return fmt.Sprint(first == id, r.get(gigsLinks).ids() == id)
		}, off: "true true", on: "false true"},
}

func TestGigsSwitches(t *testing.T) {
	t.Parallel()
	for _, c := range gigsCases {
		t.Run(c.field+" "+c.position, func(t *testing.T) {
			t.Parallel()
			equal(t, "by default", c.probe(newGigsRig(t)), c.off)
			equal(t, "switched", c.probe(newGigsRig(t).set(c.set)), c.on)
		})
	}
}

// TestGigsSwitchesAreAllTried fails for a switch without a case above that shows a difference.
func TestGigsSwitchesAreAllTried(t *testing.T) {
	t.Parallel()
	tried := map[string]bool{}
	for _, c := range gigsCases {
		tried[c.field] = tried[c.field] || c.off != c.on
	}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[sandbox.GigsSwitches]()) {
		if !tried[field.Name] {
			t.Errorf("no wire test for the switch %s", field.Name)
		}
	}
}

func TestGigsControlSwitches(t *testing.T) {
	t.Parallel()
	r := newGigsRig(t)
	set := func(body string) reply { return r.send("POST", "/_sandbox/switches/gigs", body) }
	a := set(`{"second_active":"cancel","read_delay":"5s","rate_limit":100}`).want(200)
	equal(t, "changed", a.at("second_active")+a.at("read_delay")+a.at("list_lag")+a.at("rate_limit")+a.at("unknown_invoice"), "cancel5s0s100finalized")
	for _, bad := range []string{
		`{"second_active":"two"}`, `{"second_active":""}`, `{"unknown_invoice":"maybe"}`, `{"rate_limit":-1}`, `{"read_delay":"soon"}`, `{"list_lag":3}`,
		`{"create_ok":true,"no_such":1}`, `[]`,
	} {
		set(bad).want(400)
	}
	equal(t, "a bad one changes nothing", r.send("GET", "/_sandbox/switches/gigs", "").at("create_ok"), "false")
}

// TestGigsKnownInvoices: strict positions know what AddInvoice named.
func TestGigsKnownInvoices(t *testing.T) {
	t.Parallel()
	for _, position := range []string{"not_found", "unprocessable"} {
		r := newGigsRig(t).set(func(s *sandbox.GigsSwitches) { s.UnknownInvoice = position })
		r.Gigs.AddInvoice(gigsInvoice, "finalized")
		r.post(gigsBody).want(201)
	}
}

// TestGigsRefusalsOfFaults are in the vendor's words.
func TestGigsRefusalsOfFaults(t *testing.T) {
	t.Parallel()
	for kind, want := range map[sandbox.FaultKind]string{
		sandbox.TooMany: "429 error tooManyRequests", sandbox.ExpireToken: "401 error unauthenticated", sandbox.Echo: "422 error invalid",
	} {
		r := newGigsRig(t)
		r.Inject(sandbox.Fault{Vendor: "gigs", Kind: kind})
		a := r.get(gigsLinks)
		equal(t, string(kind), fmt.Sprint(a.status, " ", a.at("object"), " ", a.at("type")), want)
	}
}
