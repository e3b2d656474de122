package conomy_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

type client = *sandboxtest.Client

// sees creates a link and shows a value of the answer, or status and code of a refusal.
func sees(body string, path ...string) func(client) string {
	return func(r client) string {
		a := r.Post(body)
		if a.Status >= 300 {
			return fmt.Sprint(a.Status, " ", a.At("code"))
		}
		return a.At(path...)
	}
}

// answers is the answer to a call for a link in a status.
func answers(status string, call func(r client, id string) sandboxtest.Response) func(client) string {
	return func(r client) string {
		id := r.Create(recipe)
		r.Must(r.Act("conomy", id, "force", status))
		a := call(r, id)
		text := fmt.Sprint(a.Status)
		if a.Status == 200 && a.At("status") != "absent" {
			text += " " + a.At("status")
		}
		return text
	}
}

func activated(r client, id string) sandboxtest.Response { return activate(r, id, "") }

// listed is a value of a list of three links.
func listed(query string, path ...string) func(client) string {
	return func(r client) string {
		for _, token := range []string{"t-1", "t-2", "t-3"} {
			r.Create(swap(r.T, "invoice-1001", token))
		}
		return r.List("?" + query).Want(200).At(path...)
	}
}

func TestSwitches(t *testing.T) {
	t.Parallel()
	vendor.TestSwitches(t, []sandboxtest.SwitchCase{
		{Switches: `"created_active":true`, Probe: sees(recipe, "status"), Off: "ATTEMPT", On: "ACTIVE"},
		{Switches: `"idempotent_activate":true`, Probe: answers("ACTIVE", activated), Off: "422", On: "200 ACTIVE"},
		{Switches: `"revive_expired":true`, Probe: answers("EXPIRED", activated), Off: "422", On: "200 ACTIVE"},
		{Switches: `"restart_clock":true`, Probe: func(r client) string {
			id := r.Create(recipe)
			r.Advance(time.Minute)
			return activate(r, id, "").At("createdAt")
		}, Off: "2026-03-01T12:00:00.000Z", On: "2026-03-01T12:01:00.000Z"},
		{Switches: `"refused_status":"400"`, Probe: answers("ACTIVE", client.Revoke), Off: "422", On: "400"},
		{Switches: `"refused_status":"409"`, Probe: answers("ACTIVE", activated), Off: "422", On: "409"},
		{Switches: `"expired_gone":true`, Probe: answers("EXPIRED", client.Read), Off: "200 EXPIRED", On: "404"},
		{Switches: `"duplicate_tokens":true`, Probe: func(r client) string {
			r.Create(recipe)
			return sees(recipe, "status")(r)
		}, Off: "409 13", On: "ATTEMPT"},
		{Switches: `"keep_tokens":true`, Probe: func(r client) string {
			r.Revoke(r.Create(recipe)).Want(204)
			return sees(recipe, "status")(r)
		}, Off: "ATTEMPT", On: "409 13"},
		{Switches: `"fresh_urls":true`, Probe: func(r client) string {
			id := r.Create(recipe)
			before := r.Read(id).At("url")
			r.Revoke(id).Want(204)
			return fmt.Sprint(r.Post(recipe).At("url") == before)
		}, Off: "true", On: "false"},
		{Switches: `"amount_scale":"two"`, Probe: sees(recipe, "items", "0", "preTaxAmount"), Off: "49990", On: "49990.00"},
		{Switches: `"amount_scale":"trimmed"`, Probe: sees(taxed, "totalAmount"), Off: "119.0", On: "119"},
		{Switches: `"lax_items":true`, Probe: func(r client) string {
			return sees(swap(r.T, `"preTaxAmount":"49990"`, `"preTaxAmount":"1"`), "status")(r)
		},
			Off: "400 11", On: "ATTEMPT"},
		{Switches: `"lax_destinations":true`, Probe: func(r client) string {
			return sees(swap(r.T, `"amount":"49990"`, `"amount":"1"`), "status")(r)
		}, Off: "400 11", On: "ATTEMPT"},
		{Switches: `"destination_name":true`, Probe: sees(recipe, "destinations", "0", "name"), Off: "absent", On: "conomy_hq"},
		{Switches: `"fill_account":true,"lax_account":true`, Probe: sees(bare, "destinations", "0", "account", "currency"), Off: "400 12", On: "CLP"},
		{Switches: `"fill_owner":true`, Probe: sees(recipe, "owner", "entityType"), Off: "absent", On: "USER"},
		{Switches: `"customer":"null"`, Probe: sees(taxed, "customer"), Off: `{"address":{"country":"COL"},"email":"ana@example.com","firstName":"Ana","id":"c1"}`, On: "null"},
		{Switches: `"customer":"omit"`, Probe: sees(taxed, "customer", "id"), Off: "c1", On: "absent"},
		{Switches: `"omitted_fields":"null"`, Probe: sees(recipe, "items", "0", "tax"), Off: "absent", On: "null"},
		{Switches: `"omitted_fields":"empty"`, Probe: sees(recipe, "destinations", "0", "metadata"), Off: "absent", On: "{}"},
		{Switches: `"reorder_sets":true`, Probe: sees(recipe, "paymentMethodsAllowed"), Off: `["ETPAY","WEBPAY"]`, On: `["WEBPAY","ETPAY"]`},
		{Switches: `"strict_unknown_fields":true`, Probe: func(r client) string {
			return sees(swap(r.T, `"duration"`, `"x":1,"duration"`), "status")(r)
		},
			Off: "ATTEMPT", On: "400 11"},
		{Switches: `"any_method":true`, Probe: func(r client) string { return sees(swap(r.T, `"WEBPAY"`, `"KOYWE"`), "status")(r) }, Off: "400 11", On: "ATTEMPT"},
		{Switches: `"lax_account":true`, Probe: sees(bare, "status"), Off: "400 12", On: "ATTEMPT"},
		{Switches: `"strict_urls":true`, Probe: func(r client) string {
			return sees(swap(r.T, `"https://x.example/a"`, `"/a"`), "status")(r)
		}, Off: "ATTEMPT", On: "400 11"},
		{Switches: `"zero_limit_empty":true`, Probe: listed("limit=0", "pagination", "count"), Off: "3", On: "0"},
		{Switches: `"last_next_zero":true`, Probe: listed("limit=2&offset=2", "pagination", "next"), Off: "3", On: "0"},
		{Switches: `"count_of_page":true`, Probe: listed("limit=2&offset=2", "pagination", "count"), Off: "3", On: "1"},
		{Switches: `"oldest_first":true`, Probe: listed("", "results", "0", "checkoutToken"), Off: "t-3", On: "t-1"},
		{Switches: `"key_status":"401"`, Probe: func(r client) string {
			a := r.Call("GET", "/payment-links", "", "X-Api-Key", "")
			return fmt.Sprint(a.Status, " ", a.At("message"))
		}, Off: "403 Forbidden", On: "401 absent"},
		{Switches: `"error_shape":"former"`, Probe: func(r client) string { return r.Get("/payment-links/x").Want(404).At("statusCode") }, Off: "absent", On: "404"},
		{Switches: `"error_shape":"gateway"`, Probe: func(r client) string { return r.Get("/payment-links/x").Want(404).At("code") }, Off: "31", On: "absent"},
		{Switches: `"stays_active":true`, Probe: func(r client) string {
			id := r.Create(recipe)
			activate(r, id, "").Want(200)
			r.Do(id, "pay")
			return r.Read(id).At("status")
		}, Off: "FINISHED", On: "ACTIVE"},
		{Switches: `"patch_not_found":true`, Probe: func(r client) string { return fmt.Sprint(r.Call("PATCH", "/payment-links/x", "{}").Status) }, Off: "501", On: "404"},
		{Switches: `"create_ok":true`, Probe: func(r client) string { return fmt.Sprint(r.Post(recipe).Status) }, Off: "201", On: "200"},
		{Switches: `"delete_ok":true`, Probe: func(r client) string {
			a := r.Revoke(r.Create(recipe))
			return fmt.Sprint(a.Status, a.Body)
		}, Off: "204", On: "200{}"},
		{Switches: `"null_destination_type":true`, Probe: sees(recipe, "destinations", "0", "type"), Off: "ACCOUNT", On: "null"},
		{Switches: `"extra_fields":true`, Probe: sees(recipe, "sandboxExtra", "since"), Off: "absent", On: "a later version"},
		{Switches: `"time_form":"offset"`, Probe: sees(recipe, "createdAt"), Off: "2026-03-01T12:00:00.000Z", On: "2026-03-01T12:00:00.000+0000"},
		{Switches: `"time_form":"blank"`, Probe: sees(recipe, "createdAt"), Off: "2026-03-01T12:00:00.000Z", On: "2026-03-01 12:00:00Z"},
		{Switches: `"time_form":"local"`, Probe: sees(recipe, "createdAt"), Off: "2026-03-01T12:00:00.000Z", On: "2026-03-01T12:00:00"},
		{Switches: `"time_form":"words"`, Probe: sees(recipe, "createdAt"), Off: "2026-03-01T12:00:00.000Z", On: "1 March 2026"},
		{Switches: `"inflated":true`, Probe: sees(taxed, "totalAmount"), Off: "119.0", On: "11900.0"},
		{Switches: `"other_currency":true`, Probe: sees(recipe, "currency"), Off: "CLP", On: "USD"},
		{Switches: `"token_lifetime":"10s"`, Probe: func(r client) string {
			a := token(r.Rig, r.Env()["CONOMY_API_KEY"], r.Env()["CONOMY_CLIENT_ID"], r.Env()["CONOMY_CLIENT_SECRET"]).Want(200)
			r.Advance(10 * time.Second)
			return fmt.Sprint(a.At("expiresIn"), " ", r.Call("GET", "/payment-links", "", "Authorization", "Bearer "+a.At("accessToken")).Status)
		}, Off: "3600 200", On: "10 401"},
	})
}
