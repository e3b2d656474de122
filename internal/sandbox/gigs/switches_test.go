package gigs_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

type client = *sandboxtest.Client

// posted is the status of a create, and where it was refused why.
func posted(body string, header ...string) func(client) string {
	return func(r client) string {
		a := r.Post(body, header...)
		return fmt.Sprint(a.Status, " ", a.At("type"), " ", a.At("details", "0", "property"))
	}
}

// read is a value of a new link, as a read shows it.
func read(body string, path ...string) func(client) string {
	return func(r client) string { return r.Read(r.Create(body)).At(path...) }
}

// two is the status of a second create for an invoice, the first link's status, and how many links can be paid.
func two(r client) string {
	id := r.Create(sample)
	status := r.Post(sample).Status
	return fmt.Sprint(status, " ", r.Read(id).At("status"), " ", gigs.From(r).Payable())
}

const plain = `{"ebanx":{"user":{"fullName":"Elaine Benes","email":"elaine@example.com","taxNumber":"290.063.072-03"}},"invoice":"inv_1","type":"ebanx"}`

func TestSwitches(t *testing.T) {
	t.Parallel()
	const key = "Idempotency-Key"
	vendor.TestSwitches(t, []sandboxtest.SwitchCase{
		{Switches: `"create_ok":true`, Probe: posted(sample), Off: "201 ebanx absent", On: "200 ebanx absent"},
		{Switches: `"check_digits":true`, Probe: posted(strings.Replace(sample, "-03", "-04", 1)), Off: "201 ebanx absent", On: "422 invalid ebanx.user.taxNumber"},
		{Switches: `"check_digits":true`, Probe: posted(strings.Replace(sample, "290.063.072-03", "11144477735", 1)), Off: "201 ebanx absent", On: "201 ebanx absent"},
		{Switches: `"trailing_slash":true`, Probe: read(sample, "ebanx", "redirectUrl"), Off: "https://example.com", On: "https://example.com/"},
		{Switches: `"trailing_slash":true`, Probe: read(strings.Replace(sample, "example.com\"}", "example.com/\"}", 1), "ebanx", "redirectUrl"),
			Off: "https://example.com/", On: "https://example.com/"},
		{Switches: `"second_active":"reject"`, Probe: two, Off: "201 active 2", On: "422 active 1"},
		{Switches: `"second_active":"cancel"`, Probe: two, Off: "201 active 2", On: "201 canceled 1"},
		{Switches: `"void_cancels":true`, Probe: func(r client) string {
			id, other := r.Create(sample), r.Create(plain)
			gigs.From(r).SettleInvoice(invoice, "voided")
			return r.Read(id).At("status") + " " + r.Read(other).At("status") + fmt.Sprint(" ", r.Post(sample).Status)
		}, Off: "active active 422", On: "canceled active 422"},
		{Switches: `"unknown_invoice":"not_found"`, Probe: posted(sample), Off: "201 ebanx absent", On: "404 notFound absent"},
		{Switches: `"unknown_invoice":"unprocessable"`, Probe: posted(sample), Off: "201 ebanx absent", On: "422 invalid invoice"},
		{Switches: `"refuse_idempotency_keys":true`, Probe: posted(sample, key, "k"), Off: "201 ebanx absent", On: "400 invalid absent"},
		{Switches: `"refuse_idempotency_keys":true`, Probe: posted(sample), Off: "201 ebanx absent", On: "201 ebanx absent"},
		{Switches: `"ignore_idempotency_keys":true`, Probe: func(r client) string {
			first := r.Post(sample, key, "k").Want(201)
			return fmt.Sprint(r.Post(sample, key, "k").At("id") == first.At("id"), " ", gigs.From(r).Payable())
		}, Off: "true 1", On: "false 2"},
		{Switches: `"reject_reused_key":true`, Probe: func(r client) string {
			r.Post(sample, key, "k").Want(201)
			return fmt.Sprint(r.Post(sample, key, "k").Status, r.Post(plain, key, "k").Status)
		}, Off: "201 201", On: "201 422"},
		{Switches: `"rate_limit":2`, Probe: func(r client) string {
			r.List("").Want(200)
			r.Advance(4 * time.Second)
			r.List("").Want(200)
			third := r.List("")
			r.Advance(6 * time.Second)
			return fmt.Sprint(third.Status, " ", third.Header.Get("Retry-After"), " ", r.List("").Status)
		}, Off: "200  200", On: "429 6 200"},
		{Switches: `"fractions":true`, Probe: func(r client) string {
			id := r.Create(sample)
			return r.Read(id).At("createdAt") + " " + r.Read(id).At("createdAt")
		}, Off: "2026-03-01T12:00:00Z 2026-03-01T12:00:00Z", On: "2026-03-01T12:00:00.0Z 2026-03-01T12:00:00Z"},
		{Switches: `"time_form":"offset"`, Probe: read(sample, "createdAt"), Off: "2026-03-01T12:00:00Z", On: "2026-03-01T12:00:00.000+0000"},
		{Switches: `"time_form":"blank"`, Probe: read(sample, "createdAt"), Off: "2026-03-01T12:00:00Z", On: "2026-03-01 12:00:00Z"},
		{Switches: `"time_form":"local"`, Probe: read(sample, "createdAt"), Off: "2026-03-01T12:00:00Z", On: "2026-03-01T12:00:00"},
		{Switches: `"time_form":"words"`, Probe: read(sample, "createdAt"), Off: "2026-03-01T12:00:00Z", On: "1 March 2026"},
		{Switches: `"other_invoice":true`, Probe: read(plain, "invoice"), Off: "inv_1", On: "inv_1_other"},
		{Switches: `"omit_nulls":true`, Probe: read(plain, "canceledAt"), Off: "null", On: "absent"},
		{Switches: `"omit_nulls":true`, Probe: read(plain, "ebanx"), Off: `{"redirectUrl":null}`, On: `{}`},
		{Switches: `"extra_fields":true`, Probe: read(sample, "sandboxExtra", "since"), Off: "absent", On: "a later version"},
		{Switches: `"extra_fields":true`, Probe: read(sample, "ebanx", "preview", "installments"), Off: "absent", On: "3"},
	})
}
