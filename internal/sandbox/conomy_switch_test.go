package sandbox_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// conomyCase is what a switch changes on the wire: probe says what it sees, in the default and in another position.
type conomyCase struct {
	field    string // of ConomySwitches
	position string // where a switch has several
	set      func(*sandbox.ConomySwitches)
	probe    func(conomyRig) string
	off, on  string
}

// conomySees creates a link and shows a value of the answer, or status and detail of a refusal.
func conomySees(body string, path ...string) func(conomyRig) string {
	return func(r conomyRig) string {
		a := r.post(body)
		if a.status >= 300 {
			return fmt.Sprint(a.status, " ", a.at("code"))
		}
		return a.at(path...)
	}
}

// conomyStatus is the HTTP status of an act on a link in a status.
func conomyStatus(status string, act func(r conomyRig, id string) reply) func(conomyRig) string {
	return func(r conomyRig) string {
		id := r.create(recipe)
		r.do(r.Conomy.ForceStatus(id, status))
		a := act(r, id)
		text := fmt.Sprint(a.status)
		if a.status == 200 && a.at("status") != "absent" {
			text += " " + a.at("status")
		}
		return text
	}
}

func conomyListed(query string, path ...string) func(conomyRig) string {
	return func(r conomyRig) string {
		for _, token := range []string{"t-1", "t-2", "t-3"} {
			r.create(swapped(r.t, "invoice-1001", token))
		}
		return r.get("/payment-links?" + query).want(200).at(path...)
	}
}

type conomySwitches = sandbox.ConomySwitches

var conomyCases = []conomyCase{
	{field: "CreatedActive", set: func(s *conomySwitches) { s.CreatedActive = true }, probe: conomySees(recipe, "status"), off: "ATTEMPT", on: "ACTIVE"},
	{field: "IdempotentActivate", set: func(s *conomySwitches) { s.IdempotentActivate = true },
		probe: conomyStatus("ACTIVE", conomyRig.activate), off: "422", on: "200 ACTIVE"},
	{field: "ReviveExpired", set: func(s *conomySwitches) { s.ReviveExpired = true },
		probe: conomyStatus("EXPIRED", conomyRig.activate), off: "422", on: "200 ACTIVE"},
	{field: "RestartClock", set: func(s *conomySwitches) { s.RestartClock = true }, probe: func(r conomyRig) string {
		id := r.create(recipe)
		r.Advance(time.Minute)
		return r.activate(id).at("createdAt")
	}, off: "2026-03-01T12:00:00.000Z", on: "2026-03-01T12:01:00.000Z"},
	{field: "RefusedStatus", position: "400", set: func(s *conomySwitches) { s.RefusedStatus = "400" },
		probe: conomyStatus("ACTIVE", conomyRig.delete), off: "422", on: "400"},
	{field: "RefusedStatus", position: "409", set: func(s *conomySwitches) { s.RefusedStatus = "409" },
		probe: conomyStatus("ACTIVE", conomyRig.activate), off: "422", on: "409"},
	{field: "ExpiredGone", set: func(s *conomySwitches) { s.ExpiredGone = true },
		probe: conomyStatus("EXPIRED", func(r conomyRig, id string) reply { return r.get("/payment-links/" + id) }), off: "200 EXPIRED", on: "404"},
	{field: "DuplicateTokens", set: func(s *conomySwitches) { s.DuplicateTokens = true }, probe: func(r conomyRig) string {
		r.create(recipe)
		return conomySees(recipe, "status")(r)
	}, off: "409 13", on: "ATTEMPT"},
	{field: "KeepTokens", set: func(s *conomySwitches) { s.KeepTokens = true }, probe: func(r conomyRig) string {
		r.delete(r.create(recipe)).want(204)
		return conomySees(recipe, "status")(r)
	}, off: "ATTEMPT", on: "409 13"},
	{field: "AmountScale", position: "two", set: func(s *conomySwitches) { s.AmountScale = "two" },
		probe: conomySees(recipe, "items", "0", "preTaxAmount"), off: "49990", on: "49990.00"},
	{field: "AmountScale", position: "trimmed", set: func(s *conomySwitches) { s.AmountScale = "trimmed" },
		probe: conomySees(taxed, "totalAmount"), off: "119.0", on: "119"},
	{field: "LaxItems", set: func(s *conomySwitches) { s.LaxItems = true },
		probe: func(r conomyRig) string {
			return conomySees(swapped(r.t, `"preTaxAmount":"49990"`, `"preTaxAmount":"1"`), "status")(r)
		},
		off: "400 11", on: "ATTEMPT"},
	{field: "LaxDestinations", set: func(s *conomySwitches) { s.LaxDestinations = true },
		probe: func(r conomyRig) string {
			return conomySees(swapped(r.t, `"amount":"49990"`, `"amount":"1"`), "status")(r)
		}, off: "400 11", on: "ATTEMPT"},
	{field: "DestinationName", set: func(s *conomySwitches) { s.DestinationName = true },
		probe: conomySees(recipe, "destinations", "0", "name"), off: "absent", on: "conomy_hq"},
	{field: "FillAccount", set: func(s *conomySwitches) { s.FillAccount = true },
		probe: conomySees(recipe, "destinations", "0", "account", "currency"), off: "absent", on: "CLP"},
	{field: "FillOwner", set: func(s *conomySwitches) { s.FillOwner = true }, probe: conomySees(recipe, "owner", "entityType"), off: "absent", on: "USER"},
	{field: "Customer", position: "null", set: func(s *conomySwitches) { s.Customer = "null" },
		probe: conomySees(taxed, "customer"), off: `{"address":{"country":"COL"},"email":"ana@example.com","firstName":"Ana","id":"c1"}`, on: "null"},
	{field: "Customer", position: "omit", set: func(s *conomySwitches) { s.Customer = "omit" },
		probe: conomySees(taxed, "customer", "id"), off: "c1", on: "absent"},
	{field: "OmittedFields", position: "null", set: func(s *conomySwitches) { s.OmittedFields = "null" },
		probe: conomySees(recipe, "items", "0", "tax"), off: "absent", on: "null"},
	{field: "OmittedFields", position: "empty", set: func(s *conomySwitches) { s.OmittedFields = "empty" },
		probe: conomySees(recipe, "destinations", "0", "metadata"), off: "absent", on: "{}"},
	{field: "ReorderSets", set: func(s *conomySwitches) { s.ReorderSets = true },
		probe: conomySees(recipe, "paymentMethodsAllowed"), off: `["ETPAY","WEBPAY"]`, on: `["WEBPAY","ETPAY"]`},
	{field: "StrictUnknownFields", set: func(s *conomySwitches) { s.StrictUnknownFields = true },
		probe: func(r conomyRig) string {
			return conomySees(swapped(r.t, `"duration"`, `"x":1,"duration"`), "status")(r)
		},
		off: "ATTEMPT", on: "400 11"},
	{field: "AnyMethod", set: func(s *conomySwitches) { s.AnyMethod = true },
		probe: func(r conomyRig) string { return conomySees(swapped(r.t, `"WEBPAY"`, `"KOYWE"`), "status")(r) }, off: "400 11", on: "ATTEMPT"},
	{field: "StrictAccount", set: func(s *conomySwitches) { s.StrictAccount = true }, probe: conomySees(recipe, "status"), off: "ATTEMPT", on: "400 12"},
	{field: "StrictURLs", set: func(s *conomySwitches) { s.StrictURLs = true },
		probe: func(r conomyRig) string {
			return conomySees(swapped(r.t, `"https://x.example/a"`, `"/a"`), "status")(r)
		}, off: "ATTEMPT", on: "400 11"},
	{field: "ZeroLimitEmpty", set: func(s *conomySwitches) { s.ZeroLimitEmpty = true }, probe: conomyListed("limit=0", "pagination", "count"), off: "3", on: "0"},
	{field: "LastNextZero", set: func(s *conomySwitches) { s.LastNextZero = true }, probe: conomyListed("limit=2&offset=2", "pagination", "next"), off: "3", on: "0"},
	{field: "CountOfPage", set: func(s *conomySwitches) { s.CountOfPage = true }, probe: conomyListed("limit=2&offset=2", "pagination", "count"), off: "3", on: "1"},
	{field: "OldestFirst", set: func(s *conomySwitches) { s.OldestFirst = true }, probe: conomyListed("", "results", "0", "checkoutToken"), off: "t-3", on: "t-1"},
	{field: "KeyStatus", set: func(s *conomySwitches) { s.KeyStatus = "401" }, probe: func(r conomyRig) string {
		a := r.send("GET", "/conomy/payment-links", "", "X-Api-Key", "")
		return fmt.Sprint(a.status, " ", a.at("message"))
	}, off: "403 Forbidden", on: "401 absent"},
	{field: "ErrorShape", position: "former", set: func(s *conomySwitches) { s.ErrorShape = "former" },
		probe: func(r conomyRig) string { return r.get("/payment-links/x").want(404).at("statusCode") }, off: "absent", on: "404"},
	{field: "ErrorShape", position: "gateway", set: func(s *conomySwitches) { s.ErrorShape = "gateway" },
		probe: func(r conomyRig) string { return r.get("/payment-links/x").want(404).at("code") }, off: "31", on: "absent"},
	{field: "StaysActive", set: func(s *conomySwitches) { s.StaysActive = true }, probe: func(r conomyRig) string {
		id := r.create(recipe)
		r.activate(id).want(200)
		r.do(r.Conomy.Pay(id))
		return r.get("/payment-links/" + id).at("status")
	}, off: "FINISHED", on: "ACTIVE"},
	{field: "PatchNotFound", set: func(s *conomySwitches) { s.PatchNotFound = true },
		probe: func(r conomyRig) string { return fmt.Sprint(r.send("PATCH", "/conomy/payment-links/x", "{}").status) }, off: "501", on: "404"},
	{field: "CreateOK", set: func(s *conomySwitches) { s.CreateOK = true },
		probe: func(r conomyRig) string { return fmt.Sprint(r.post(recipe).status) }, off: "201", on: "200"},
	{field: "DeleteOK", set: func(s *conomySwitches) { s.DeleteOK = true }, probe: func(r conomyRig) string {
		a := r.delete(r.create(recipe))
		return fmt.Sprint(a.status, a.body)
	}, off: "204", on: "200{}"},
	{field: "NullDestinationType", set: func(s *conomySwitches) { s.NullDestinationType = true },
		probe: conomySees(recipe, "destinations", "0", "type"), off: "ACCOUNT", on: "null"},
	{field: "ExtraFields", set: func(s *conomySwitches) { s.ExtraFields = true }, probe: conomySees(recipe, "sandboxExtra", "since"), off: "absent", on: "a later version"},
	{field: "ReadDelay", set: func(s *conomySwitches) { s.ReadDelay = 2 * time.Second }, probe: func(r conomyRig) string {
		id := r.create(recipe)
		first := r.get("/payment-links/" + id).status
		r.Advance(2 * time.Second)
		return fmt.Sprint(first, r.get("/payment-links/"+id).status)
	}, off: "200 200", on: "404 200"},
	{field: "ListLag", set: func(s *conomySwitches) { s.ListLag = 2 * time.Second }, probe: func(r conomyRig) string {
		r.create(recipe)
		first := r.get("/payment-links").at("pagination", "total")
		r.Advance(2 * time.Second)
		return first + " " + r.get("/payment-links").at("pagination", "total")
	}, off: "1 1", on: "0 1"},
	{field: "TokenLifetime", set: func(s *conomySwitches) { s.TokenLifetime = 10 * time.Second }, probe: func(r conomyRig) string {
		a := r.auth(r.Env()["CONOMY_CLIENT_ID"], r.Env()["CONOMY_CLIENT_SECRET"]).want(200)
		r.Advance(10 * time.Second)
		return fmt.Sprint(a.at("expiresIn"), " ", r.send("GET", "/conomy/payment-links", "", "Authorization", "Bearer "+a.at("accessToken")).status)
	}, off: "3600 200", on: "10 401"},
}

func TestConomySwitches(t *testing.T) {
	t.Parallel()
	for _, c := range conomyCases {
		t.Run(c.field+" "+c.position, func(t *testing.T) {
			t.Parallel()
			r := newConomyRig(t)
			equal(t, "by default", c.probe(r), c.off)
			r = newConomyRig(t)
			r.Conomy.Set(c.set)
			equal(t, "switched", c.probe(r), c.on)
		})
	}
}

// TestConomySwitchesAreAllTried fails for a switch without a case above.
func TestConomySwitchesAreAllTried(t *testing.T) {
	t.Parallel()
	tried := map[string]bool{}
	for _, c := range conomyCases {
		tried[c.field] = true
	}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[sandbox.ConomySwitches]()) {
		if !tried[field.Name] {
			t.Errorf("no wire test for the switch %s", field.Name)
		}
	}
}

func TestConomySwitchPositions(t *testing.T) {
	t.Parallel()
	r := newConomyRig(t)
	for _, bad := range []string{`{"no_such":true}`, `{"refused_status":"500"}`, `{"amount_scale":"three"}`, `{"customer":"x"}`, `{"list_lag":"soon"}`, `{"error_shape":""}`} {
		if err := r.Conomy.SetSwitches([]byte(bad)); err == nil {
			t.Errorf("accepted %s", bad)
		}
	}
	r.do(r.Conomy.SetSwitches([]byte(`{"list_lag":"2s","omitted_fields":"null"}`)))
	switches, ok := r.Conomy.Switches().(sandbox.ConomySwitches)
	if !ok || switches.ListLag != 2*time.Second || switches.OmittedFields != "null" || switches.RefusedStatus != "422" {
		t.Errorf("%+v", switches)
	}
}
