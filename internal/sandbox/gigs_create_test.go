package sandbox_test

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

func TestGigsServesThePublishedSamples(t *testing.T) {
	t.Parallel()
	link, err := os.ReadFile("testdata/gigs/link.json")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("testdata/gigs/list.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, seed := range map[string]string{"link": string(link), "array": "[" + string(link) + "]"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newGigsRig(t)
			if err := r.Seed("gigs", []byte(seed)); err != nil {
				t.Fatal(err)
			}
			got := r.get(gigsLinks + "/pml_0SNlurA049MEWV1x2CfC8u8im5xU").want(http.StatusOK)
			equal(t, "link", compact(t, []byte(got.body)), compact(t, link))
			if err := r.Gigs.Pay("pml_0SNlurA049MEWV1x2CfC8u8im5xU"); err != nil {
				t.Fatal(err)
			}
			equal(t, "paid", r.get(gigsLinks+"/pml_0SNlurA049MEWV1x2CfC8u8im5xU").at("status"), "completed")
		})
	}
	t.Run("list", func(t *testing.T) {
		t.Parallel()
		r := newGigsRig(t)
		if err := r.Gigs.Seed(page); err != nil {
			t.Fatal(err)
		}
		equal(t, "list", compact(t, []byte(r.get(gigsLinks).want(http.StatusOK).body)), compact(t, page))
	})
}

func TestGigsRefusesABadSeedWhole(t *testing.T) {
	t.Parallel()
	r := newGigsRig(t)
	good := `{"object":"paymentLink","id":"pml_1","createdAt":"2024-08-14T19:38:34Z","invoice":"inv_1","status":"active","type":"ebanx","ebanx":{}}`
	for _, bad := range []string{
		`nonsense`, `[` + good + `,{"id":"pml_2"}]`, strings.Replace(good, `"status"`, `"state"`, 1), strings.Replace(good, "2024-08-14T19:38:34Z", "soon", 1),
		strings.Replace(good, `{}`, `[]`, 1), strings.Replace(good, `"type"`, `"canceledAt":5,"type"`, 1), strings.Replace(good, "paymentLink", "invoice", 1),
	} {
		if err := r.Gigs.Seed([]byte(bad)); err == nil {
			t.Errorf("accepted %s", bad)
		}
	}
	equal(t, "links", len(r.Gigs.Links()), 0)
}

func TestGigsCreate(t *testing.T) {
	t.Parallel()
	r := newGigsRig(t)
	a := r.post(gigsBody).want(http.StatusCreated)
	id := a.at("id")
	if !regexp.MustCompile(`^pml_[0-9A-Za-z]{28}$`).MatchString(id) {
		t.Errorf("id %q", id)
	}
	equal(t, "link", compact(t, []byte(a.body)), compact(t, []byte(`{"object":"paymentLink","id":"`+id+`","canceledAt":null,"completedAt":null,
		"createdAt":"2026-03-01T12:00:00Z","ebanx":{"redirectUrl":"https://example.com"},"invoice":"`+gigsInvoice+`",
		"paymentUrl":"`+a.at("paymentUrl")+`","status":"active","type":"ebanx"}`)))
	got := r.get(gigsLinks + "/" + id).want(http.StatusOK)
	equal(t, "read", compact(t, []byte(got.body)), compact(t, []byte(a.body)))
	equal(t, "payer", r.Gigs.Links()[0].User, sandbox.GigsUser{FullName: "Elaine Benes", Email: "elaine@example.com", TaxNumber: "290.063.072-03"})

	page := r.send(http.MethodGet, strings.TrimPrefix(a.at("paymentUrl"), r.URL()), "").want(http.StatusOK)
	if !strings.Contains(page.body, gigsInvoice) || !strings.Contains(page.body, "active") || strings.Contains(page.body, "Elaine") {
		t.Errorf("page: %s", page.body)
	}
	bare := r.post(swapGigs(t, `,"redirectUrl":"https://example.com"`, "")).want(http.StatusCreated)
	equal(t, "no redirect", bare.at("ebanx"), `{"redirectUrl":null}`)
	r.post(swapGigs(t, "290.063.072-03", "29006307203")).want(http.StatusCreated)
}

// TestGigsStrict gives every way of refusing a body: status, type, property, code.
func TestGigsStrict(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body     string
		kind     string
		property string // "absent" for none
		code     string
	}{
		"not JSON":              {"{", "malformed", "absent", "absent"},
		"empty":                 {"", "malformed", "absent", "absent"},
		"two values":            {gigsBody + "{}", "malformed", "absent", "absent"},
		"array":                 {"[]", "malformed", "absent", "absent"},
		"null":                  {"null", "malformed", "absent", "absent"},
		"no invoice":            {swapGigs(t, `"invoice":"`+gigsInvoice+`",`, ``), "invalid", "invoice", "propertyRequired"},
		"null invoice":          {swapGigs(t, `"`+gigsInvoice+`"`, `null`), "invalid", "invoice", "propertyInvalid"},
		"empty invoice":         {swapGigs(t, gigsInvoice, ``), "invalid", "invoice", "propertyInvalid"},
		"embedded invoice":      {swapGigs(t, `"`+gigsInvoice+`"`, `{"id":"inv_1"}`), "invalid", "invoice", "propertyInvalid"},
		"no type":               {swapGigs(t, `,"type":"ebanx"`, ``), "invalid", "type", "propertyRequired"},
		"another type":          {swapGigs(t, `"type":"ebanx"`, `"type":"pix"`), "invalid", "type", "propertyInvalid"},
		"type in capitals":      {swapGigs(t, `"type":"ebanx"`, `"type":"EBANX"`), "invalid", "type", "propertyInvalid"},
		"wrong case of key":     {swapGigs(t, `"type"`, `"Type"`), "invalid", "Type", "propertyUnknown"},
		"unknown member":        {swapGigs(t, `"type"`, `"amount":1,"type"`), "invalid", "amount", "propertyUnknown"},
		"no ebanx":              {`{"invoice":"inv_1","type":"ebanx"}`, "invalid", "ebanx", "propertyRequired"},
		"null ebanx":            {`{"invoice":"inv_1","type":"ebanx","ebanx":null}`, "invalid", "ebanx", "propertyInvalid"},
		"ebanx string":          {`{"invoice":"inv_1","type":"ebanx","ebanx":"x"}`, "invalid", "ebanx", "propertyInvalid"},
		"no user":               {`{"invoice":"inv_1","type":"ebanx","ebanx":{}}`, "invalid", "ebanx.user", "propertyRequired"},
		"null user":             {`{"invoice":"inv_1","type":"ebanx","ebanx":{"user":null}}`, "invalid", "ebanx.user", "propertyInvalid"},
		"null redirect":         {swapGigs(t, `"https://example.com"`, `null`), "invalid", "ebanx.redirectUrl", "propertyInvalid"},
		"redirect number":       {swapGigs(t, `"https://example.com"`, `7`), "invalid", "ebanx.redirectUrl", "propertyInvalid"},
		"redirect of our name":  {swapGigs(t, `"redirectUrl"`, `"redirect_url"`), "invalid", "ebanx.redirect_url", "propertyUnknown"},
		"no name":               {swapGigs(t, `"fullName":"Elaine Benes",`, ``), "invalid", "ebanx.user.fullName", "propertyRequired"},
		"empty name":            {swapGigs(t, `Elaine Benes`, ``), "invalid", "ebanx.user.fullName", "propertyInvalid"},
		"empty email":           {swapGigs(t, `elaine@example.com`, ``), "invalid", "ebanx.user.email", "propertyInvalid"},
		"no email":              {swapGigs(t, `"email":"elaine@example.com",`, ``), "invalid", "ebanx.user.email", "propertyRequired"},
		"tax number a number":   {swapGigs(t, `"290.063.072-03"`, `29006307203`), "invalid", "ebanx.user.taxNumber", "propertyInvalid"},
		"ten digits":            {swapGigs(t, `290.063.072-03`, `2900630720`), "invalid", "ebanx.user.taxNumber", "propertyInvalid"},
		"punctuation elsewhere": {swapGigs(t, `290.063.072-03`, `2900.63.072-03`), "invalid", "ebanx.user.taxNumber", "propertyInvalid"},
		"payer's unknown":       {swapGigs(t, `"email"`, `"phone":"1","email"`), "invalid", "ebanx.user.phone", "propertyUnknown"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newGigsRig(t)
			a := r.post(c.body).want(http.StatusBadRequest)
			equal(t, "object and type", a.at("object")+" "+a.at("type"), "error "+c.kind)
			equal(t, "property", a.at("details", "0", "property"), c.property)
			equal(t, "code", a.at("details", "0", "code"), c.code)
			if a.at("message") == "absent" {
				t.Error("no message")
			}
			equal(t, "links", len(r.Gigs.Links()), 0)
			equal(t, "committed", r.Requests()[0].Committed, false)
		})
	}
}

func TestGigsReportsEveryBrokenRule(t *testing.T) {
	t.Parallel()
	a := newGigsRig(t).post(`{"ebanx":{"user":{"email":"x"}}}`).want(400)
	for i, want := range []string{"ebanx.user.fullName", "ebanx.user.taxNumber", "invoice", "type"} {
		equal(t, "property", a.at("details", string(rune('0'+i)), "property"), want)
		equal(t, "object", a.at("details", string(rune('0'+i)), "object"), "propertyErrorDetail")
	}
}

// TestGigsInvoices: only a finalized one takes a link; a payment settles it.
func TestGigsInvoices(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]int{"draft": 422, "finalized": 201, "paid": 422, "voided": 422} {
		r := newGigsRig(t)
		r.Gigs.AddInvoice(gigsInvoice, status)
		a := r.post(gigsBody).want(want)
		if want == 422 {
			equal(t, "refusal", a.at("type")+" "+a.at("details", "0", "property"), "invalid invoice")
			continue
		}
		if err := r.Gigs.Pay(a.at("id")); err != nil {
			t.Fatal(err)
		}
		r.post(gigsBody).want(422)
	}
}

func TestGigsIdempotencyKey(t *testing.T) {
	t.Parallel()
	r := newGigsRig(t)
	const key = "Idempotency-Key"
	r.post(`{}`, key, "k").want(400) // failures are not kept
	first := r.post(gigsBody, key, "k").want(201)
	r.Advance(24*time.Hour - time.Second)
	again := r.post(`{"another":"body"}`, key, "k").want(201)
	equal(t, "repeated", again.body, first.body)
	equal(t, "links", len(r.Gigs.Links()), 1)
	equal(t, "committed", r.Requests()[2].Committed, false)
	r.post(gigsBody, key, "other").want(201)
	r.post(gigsBody, key, strings.Repeat("k", 255)).want(201)
	r.post(gigsBody, key, strings.Repeat("k", 256)).want(400)
	r.Advance(time.Second)
	r.post(gigsBody, key, "k").want(201)
	equal(t, "links", len(r.Gigs.Links()), 4)

	// A key belongs to a project, and is ignored on other methods.
	other := r.Gigs.AddProject("other")
	r.call("POST", "/projects/other/paymentLinks", gigsBody, key, "k", "Authorization", "Bearer "+other).want(201)
	equal(t, "links", len(r.Gigs.Links()), 5)
	r.call("GET", gigsLinks, "", key, strings.Repeat("k", 256)).want(200)
}
