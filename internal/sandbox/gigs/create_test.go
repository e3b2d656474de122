package gigs_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

func TestCreate(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	a := r.Post(sample).Want(http.StatusCreated)
	id := a.At("id")
	if !regexp.MustCompile(`^pml_[0-9A-Za-z]{28}$`).MatchString(id) {
		t.Errorf("id %q", id)
	}
	sandboxtest.Equal(t, "link", sandboxtest.Compact(t, a.Body), sandboxtest.Compact(t, `{"object":"paymentLink","id":"`+id+`","canceledAt":null,"completedAt":null,
		"createdAt":"2026-03-01T12:00:00Z","ebanx":{"redirectUrl":"https://example.com"},"invoice":"`+invoice+`",
		"paymentUrl":"`+a.At("paymentUrl")+`","status":"active","type":"ebanx"}`))
	got := r.Get(links + "/" + id).Want(http.StatusOK)
	sandboxtest.Equal(t, "read", sandboxtest.Compact(t, got.Body), sandboxtest.Compact(t, a.Body))
	sandboxtest.Equal(t, "payer", gigs.From(r).Links()[0].User, gigs.User{FullName: "Elaine Benes", Email: "elaine@example.com", TaxNumber: "290.063.072-03"})
	bare := r.Post(swap(t, `,"redirectUrl":"https://example.com"`, "")).Want(http.StatusCreated)
	sandboxtest.Equal(t, "no redirect", bare.At("ebanx"), `{"redirectUrl":null}`)
	r.Post(swap(t, "290.063.072-03", "29006307203")).Want(http.StatusCreated)
}

// TestStrict gives every way of refusing a body: status, type, property, code.
func TestStrict(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body     string
		kind     string
		property string // "absent" for none
		code     string
	}{
		"not JSON":              {"{", "malformed", "absent", "absent"},
		"empty":                 {"", "malformed", "absent", "absent"},
		"two values":            {sample + "{}", "malformed", "absent", "absent"},
		"array":                 {"[]", "malformed", "absent", "absent"},
		"null":                  {"null", "malformed", "absent", "absent"},
		"no invoice":            {swap(t, `"invoice":"`+invoice+`",`, ``), "invalid", "invoice", "propertyRequired"},
		"null invoice":          {swap(t, `"`+invoice+`"`, `null`), "invalid", "invoice", "propertyInvalid"},
		"empty invoice":         {swap(t, invoice, ``), "invalid", "invoice", "propertyInvalid"},
		"embedded invoice":      {swap(t, `"`+invoice+`"`, `{"id":"inv_1"}`), "invalid", "invoice", "propertyInvalid"},
		"no type":               {swap(t, `,"type":"ebanx"`, ``), "invalid", "type", "propertyRequired"},
		"another type":          {swap(t, `"type":"ebanx"`, `"type":"pix"`), "invalid", "type", "propertyInvalid"},
		"type in capitals":      {swap(t, `"type":"ebanx"`, `"type":"EBANX"`), "invalid", "type", "propertyInvalid"},
		"wrong case of key":     {swap(t, `"type"`, `"Type"`), "invalid", "Type", "propertyUnknown"},
		"unknown member":        {swap(t, `"type"`, `"amount":1,"type"`), "invalid", "amount", "propertyUnknown"},
		"no ebanx":              {`{"invoice":"inv_1","type":"ebanx"}`, "invalid", "ebanx", "propertyRequired"},
		"null ebanx":            {`{"invoice":"inv_1","type":"ebanx","ebanx":null}`, "invalid", "ebanx", "propertyInvalid"},
		"ebanx string":          {`{"invoice":"inv_1","type":"ebanx","ebanx":"x"}`, "invalid", "ebanx", "propertyInvalid"},
		"no user":               {`{"invoice":"inv_1","type":"ebanx","ebanx":{}}`, "invalid", "ebanx.user", "propertyRequired"},
		"null user":             {`{"invoice":"inv_1","type":"ebanx","ebanx":{"user":null}}`, "invalid", "ebanx.user", "propertyInvalid"},
		"null redirect":         {swap(t, `"https://example.com"`, `null`), "invalid", "ebanx.redirectUrl", "propertyInvalid"},
		"redirect number":       {swap(t, `"https://example.com"`, `7`), "invalid", "ebanx.redirectUrl", "propertyInvalid"},
		"redirect of our name":  {swap(t, `"redirectUrl"`, `"redirect_url"`), "invalid", "ebanx.redirect_url", "propertyUnknown"},
		"no name":               {swap(t, `"fullName":"Elaine Benes",`, ``), "invalid", "ebanx.user.fullName", "propertyRequired"},
		"empty name":            {swap(t, `Elaine Benes`, ``), "invalid", "ebanx.user.fullName", "propertyInvalid"},
		"empty email":           {swap(t, `elaine@example.com`, ``), "invalid", "ebanx.user.email", "propertyInvalid"},
		"no email":              {swap(t, `"email":"elaine@example.com",`, ``), "invalid", "ebanx.user.email", "propertyRequired"},
		"tax number a number":   {swap(t, `"290.063.072-03"`, `29006307203`), "invalid", "ebanx.user.taxNumber", "propertyInvalid"},
		"ten digits":            {swap(t, `290.063.072-03`, `2900630720`), "invalid", "ebanx.user.taxNumber", "propertyInvalid"},
		"punctuation elsewhere": {swap(t, `290.063.072-03`, `2900.63.072-03`), "invalid", "ebanx.user.taxNumber", "propertyInvalid"},
		"payer's unknown":       {swap(t, `"email"`, `"phone":"1","email"`), "invalid", "ebanx.user.phone", "propertyUnknown"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := vendor.Client(t)
			a := r.Post(c.body).Want(http.StatusBadRequest)
			sandboxtest.Equal(t, "object and type", a.At("object")+" "+a.At("type"), "error "+c.kind)
			sandboxtest.Equal(t, "property", a.At("details", "0", "property"), c.property)
			sandboxtest.Equal(t, "code", a.At("details", "0", "code"), c.code)
			if a.At("message") == "absent" {
				t.Error("no message")
			}
			sandboxtest.Equal(t, "links", len(gigs.From(r).Links()), 0)
			sandboxtest.Equal(t, "committed", r.Requests()[0].Committed, false)
		})
	}
}

func TestReportsEveryBrokenRule(t *testing.T) {
	t.Parallel()
	a := vendor.Client(t).Post(`{"ebanx":{"user":{"email":"x"}}}`).Want(400)
	for i, want := range []string{"ebanx.user.fullName", "ebanx.user.taxNumber", "invoice", "type"} {
		sandboxtest.Equal(t, "property", a.At("details", string(rune('0'+i)), "property"), want)
		sandboxtest.Equal(t, "object", a.At("details", string(rune('0'+i)), "object"), "propertyErrorDetail")
	}
}

func TestIdempotencyKey(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	const key = "Idempotency-Key"
	r.Post(`{}`, key, "k").Want(400) // failures are not kept
	first := r.Post(sample, key, "k").Want(201)
	r.Advance(24*time.Hour - time.Second)
	again := r.Post(`{"another":"body"}`, key, "k").Want(201)
	sandboxtest.Equal(t, "repeated", again.Body, first.Body)
	sandboxtest.Equal(t, "links", len(gigs.From(r).Links()), 1)
	sandboxtest.Equal(t, "committed", r.Requests()[2].Committed, false)
	r.Post(sample, key, "other").Want(201)
	r.Post(sample, key, strings.Repeat("k", 255)).Want(201)
	r.Post(sample, key, strings.Repeat("k", 256)).Want(400)
	r.Advance(time.Second)
	r.Post(sample, key, "k").Want(201)
	sandboxtest.Equal(t, "links", len(gigs.From(r).Links()), 4)

	// A key belongs to a project, and is ignored on other methods.
	other := gigs.From(r).AddProject("other")
	r.Call("POST", "/projects/other/paymentLinks", sample, key, "k", "Authorization", "Bearer "+other).Want(201)
	sandboxtest.Equal(t, "links", len(gigs.From(r).Links()), 5)
	r.Call("GET", links, "", key, strings.Repeat("k", 256)).Want(200)
}
