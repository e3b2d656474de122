package powens_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

func TestCreate(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	a := r.Post(least).Want(http.StatusOK)
	want := `{"id":"` + a.At("id") + `","url":"` + a.At("url") + `","reference_id":"` + a.At("reference_id") + `",
		"amount":50.90,"currency":"EUR","label":"Invoice 1","execution_date_type":"first_open_day",
		"beneficiary":{"scheme_name":"iban","identification":"FR1420041010050500013M02606","label":"Acme SAS"},
		"beneficiary_identity":{"kind":"corporate","scheme_name":"siren","identification":"749867206","pep":false},
		"payer":null,"payer_identity":{"kind":"individual","first_name":"Ada","last_name":"Rossi","pep":false},"operator_identity":null,
		"redirect":false,"redirect_uri":"","redirect_state":"","last_payment_id":null,"revoked_at":null,"attempt_state":"unavailable"}`
	sandboxtest.Equal(t, "link", sandboxtest.Compact(t, a.Body), sandboxtest.Compact(t, want))
	sandboxtest.Equal(t, "read", sandboxtest.Compact(t, r.Read(a.At("id")).Want(http.StatusOK).Body), sandboxtest.Compact(t, want))
	if n := len(a.At("reference_id")); n != 31 {
		t.Errorf("a reference of %d characters", n)
	}
	if second := r.Create(least); second == a.At("id") {
		t.Error("the same request made no second link")
	}
	records := r.Requests(sandbox.ByOp("powens", "create"))
	sandboxtest.Equal(t, "committed", len(records) == 2 && records[0].Committed && records[1].Committed, true)
}

// TestStrict gives every way of refusing a body: code, and a part of the description.
func TestStrict(t *testing.T) {
	t.Parallel()
	swap := func(old, with string) string { return swap(t, old, with) }
	const payer, company = `{"first_name":"Ada","last_name":"Rossi"}`, `{"kind":"corporate","scheme_name":"siren","identification":"749867206"}`
	type refusal struct{ body, code, part string }
	cases := map[string]refusal{
		"not JSON":             {"{", "invalidValue", "JSON object"},
		"array":                {"[]", "invalidValue", "JSON object"},
		"null":                 {"null", "invalidValue", "JSON object"},
		"two values":           {least + "{}", "invalidValue", "after its end"},
		"an unknown key":       {swap(`"label":"Invoice`, `"vat":1,"label":"Invoice`), "invalidValue", "vat is unknown"},
		"another case":         {swap(`"label":"Invoice`, `"Label":"Invoice`), "invalidValue", "Label is unknown"},
		"amount in text":       {swap(`50.90`, `"50.90"`), "invalidValue", "amount must be of type number"},
		"amount with exponent": {swap(`50.90`, `5.09e1`), "invalidValue", "exponent"},
		"amount 0":             {swap(`50.90`, `0.00`), "invalidValue", "greater than 0"},
		"negative amount":      {swap(`50.90`, `-1`), "invalidValue", "greater than 0"},
		"three decimals":       {swap(`50.90`, `50.905`), "invalidValue", "more decimals"},
		"decimals in JPY":      {strings.Replace(swap(`50.90`, `50.9`), "EUR", "JPY", 1), "invalidValue", "more decimals"},
		"currency QQQ":         {swap(`EUR`, `QQQ`), "invalidValue", "ISO 4217"},
		"currency in words":    {swap(`EUR`, `euro`), "invalidValue", "ISO 4217"},
		"empty label":          {swap(`"Invoice 1"`, `""`), "invalidValue", "label must not be empty"},
		"null label":           {swap(`"Invoice 1"`, `null`), "invalidValue", "label must be of type string"},
		"deferred":             {swap(`first_open_day`, `deferred`), "invalidValue", "execution_date_type"},
		"redirect in text":     {swap(`"redirect":false`, `"redirect":"false"`), "invalidValue", "redirect must be of type boolean"},
		"redirect without URI": {swap(`"redirect":false`, `"redirect":true,"redirect_state":""`), "missingParameter", "redirect_uri"},
		"redirect to null":     {swap(`"redirect":false`, `"redirect":true,"redirect_uri":null,"redirect_state":""`), "invalidValue", "redirect_uri"},
		"redirect to nothing":  {swap(`"redirect":false`, `"redirect":true,"redirect_uri":"","redirect_state":""`), "invalidValue", "redirect_uri"},
		"redirect, no state":   {swap(`"redirect":false`, `"redirect":true,"redirect_uri":"https://x.example.com"`), "missingParameter", "redirect_state"},
		"beneficiary in text":  {swap(`"beneficiary":{"scheme_name":"iban","identification":"FR1420041010050500013M02606","label":"Acme SAS"}`, `"beneficiary":"x"`), "invalidValue", "beneficiary must be of type object"},
		"another scheme":       {swap(`"iban"`, `"bban"`), "invalidValue", "beneficiary.scheme_name"},
		"wrong check digits":   {swap(`FR14`, `FR15`), "invalidValue", "beneficiary.identification"},
		"blanks in an IBAN":    {swap(`FR1420041010050500013M02606`, `FR14 2004 1010 0505 0001 3M02 606`), "invalidValue", "beneficiary.identification"},
		"small letters":        {swap(`FR1420041010050500013M02606`, `fr1420041010050500013m02606`), "invalidValue", "beneficiary.identification"},
		"no account label":     {swap(`,"label":"Acme SAS"`, ``), "missingParameter", "beneficiary.label"},
		"empty account label":  {swap(`"Acme SAS"`, `""`), "invalidValue", "beneficiary.label"},
		"a BIC called bic":     {swap(`"label":"Acme SAS"`, `"label":"Acme SAS","bic":"X"`), "invalidValue", "beneficiary.bic is unknown"},
		"payer without label":  {swap(`"payer":null`, `"payer":{"scheme_name":"sort_code_account_number","identification":"1"}`), "missingParameter", "payer.label"},
		"an empty payer":       {swap(`"payer":null`, `"payer":{}`), "missingParameter", "payer."},
		"null identity":        {swap(payer, `null`), "invalidValue", "payer_identity must be of type object"},
		"no first name":        {swap(`"first_name":"Ada",`, ``), "missingParameter", "payer_identity.first_name"},
		"empty last name":      {swap(`"Rossi"`, `""`), "invalidValue", "payer_identity.last_name"},
		"another kind":         {swap(`"corporate"`, `"company"`), "invalidValue", "beneficiary_identity.kind"},
		"no scheme":            {swap(`"scheme_name":"siren",`, ``), "missingParameter", "beneficiary_identity.scheme_name"},
		"no identification":    {swap(`,"identification":"749867206"`, ``), "missingParameter", "beneficiary_identity.identification"},
		"a company's rna":      {swap(`siren`, `rna`), "invalidValue", "does not suit"},
		"a government's siren": {swap(`corporate`, `government`), "invalidValue", "does not suit"},
		"a person's siren":     {swap(payer, `{"first_name":"A","last_name":"B","scheme_name":"siren","identification":"1"}`), "invalidValue", "does not suit"},
		"a number alone":       {swap(payer, `{"first_name":"A","last_name":"B","identification":"1"}`), "missingParameter", "payer_identity.scheme_name"},
		"an unknown field":     {swap(company, `{"kind":"corporate","scheme_name":"siren","identification":"1","name":"x"}`), "invalidValue", "beneficiary_identity.name is unknown"},
		"pep in text":          {swap(payer, `{"first_name":"A","last_name":"B","pep":"no"}`), "invalidValue", "payer_identity.pep must be of type boolean"},
		"user in text":         {swap(payer, `{"first_name":"A","last_name":"B","id_user":"1"}`), "invalidValue", "payer_identity.id_user"},
		"half a user":          {swap(payer, `{"first_name":"A","last_name":"B","id_user":1.5}`), "invalidValue", "payer_identity.id_user"},
		"a date in words":      {swap(payer, `{"first_name":"A","last_name":"B","birth_date":"May"}`), "invalidValue", "payer_identity.birth_date"},
		"a country by name":    {swap(payer, `{"first_name":"A","last_name":"B","birth_country":"France"}`), "invalidValue", "payer_identity.birth_country"},
		"a long name":          {swap(`"Ada"`, `"`+strings.Repeat("é", 256)+`"`), "invalidValue", "payer_identity.first_name is too long"},
		"an empty operator":    {swap(`"payer":null`, `"operator_identity":{},"payer":null`), "missingParameter", "operator_identity."},
	}
	for _, key := range []string{
		`"amount":50.90,`, `"currency":"EUR",`, `"label":"Invoice 1",`, `"execution_date_type":"first_open_day",`, `"payer":null,`,
		`"beneficiary_identity":` + company + `,`, `"payer_identity":` + payer + `,`, `,"redirect":false`,
	} {
		name, _, _ := strings.Cut(strings.Trim(key, `,"`), `"`)
		cases["no "+name] = refusal{swap(key, ""), "missingParameter", name + " is missing"}
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := vendor.Client(t)
			a := r.Post(c.body).Want(http.StatusBadRequest)
			sandboxtest.Equal(t, "code", a.At("code"), c.code)
			if !strings.Contains(a.At("description"), c.part) {
				t.Errorf("description %q, want %q in it", a.At("description"), c.part)
			}
			sandboxtest.Equal(t, "message", a.At("message"), "null")
			sandboxtest.Equal(t, "links", len(powens.From(r).Links()), 0)
		})
	}
	r := vendor.Client(t)
	r.Call(http.MethodPost, links, least, "Content-Type", "text/plain").Want(http.StatusBadRequest)
}

// TestTakes what the contract leaves free.
func TestTakes(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	var ids []string
	for _, body := range []string{
		swap(t, `"redirect":false`, `"redirect":true,"redirect_uri":"https://x.example.com","redirect_state":null`),
		swap(t, `"redirect":false`, `"redirect":false,"redirect_uri":"https://x.example.com","redirect_state":"s"`),
		swap(t, `"scheme_name":"iban","identification":"FR1420041010050500013M02606"`, `"scheme_name":"sort_code_account_number","identification":"20-00-00"`),
		swap(t, `"kind":"corporate"`, `"kind":"corporate","first_name":"Ada","org_name":"Acme"`), // contract 8.26
		swap(t, `749867206`, `012345678`),
		swap(t, `50.90`, `50.900`),
		strings.Replace(swap(t, `50.90`, `1.234`), "EUR", "KWD", 1),
	} {
		ids = append(ids, r.Post(body).Want(http.StatusOK).At("id"))
	}
	r.Set(`"redirect_off":"null"`)
	a := r.Read(ids[1])
	sandboxtest.Equal(t, "forgotten", a.At("redirect_uri")+a.At("redirect_state"), "nullnull")
	sandboxtest.Equal(t, "null state", r.Read(ids[0]).At("redirect_state"), "null")
}

func TestRevoke(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	id := r.Create(least)
	a := r.Revoke(id).Want(http.StatusNoContent)
	sandboxtest.Equal(t, "body", a.Body, "")
	sandboxtest.Equal(t, "revoked", r.Read(id).Want(http.StatusOK).At("revoked_at"), "2026-03-01 12:00:00")
	sandboxtest.Equal(t, "again", r.Revoke(id).Want(http.StatusNotFound).At("code"), "notFound")
	r.Revoke("3c90c3cc-0d44-4b50-8888-8dd25736052a").Want(http.StatusNotFound)
	r.Revoke("not-a-uuid").Want(http.StatusNotFound)

	id = r.Create(least)
	r.Call(http.MethodPost, links+"/"+id+":revoke", `{"at":"now"}`).Want(http.StatusBadRequest)
	if err := powens.From(r).Revoke(id, sandboxtest.Start.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	sandboxtest.Equal(t, "to come", r.Read(id).At("revoked_at"), "2026-03-01 13:00:00")
	sandboxtest.Equal(t, "payable", powens.From(r).Payable(), 1)
	r.Call(http.MethodPost, links+"/"+id+":revoke", ` {} `).Want(http.StatusNoContent) // the date moves to now
	sandboxtest.Equal(t, "moved", r.Read(id).At("revoked_at"), "2026-03-01 12:00:00")
	sandboxtest.Equal(t, "payable", powens.From(r).Payable(), 0)
}

func TestHasNoOtherCalls(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	id := r.Create(least)
	for _, c := range []struct {
		method, path string
		status       int
	}{
		{"PUT", "/" + id, 405}, {"PATCH", "/" + id, 405}, {"DELETE", "/" + id, 405}, {"POST", "/" + id, 405}, {"GET", "/" + id + ":revoke", 405},
		{"DELETE", "", 405}, {"GET", "/" + id + "/", 404}, {"GET", "/" + id + "/payments", 404}, {"POST", "/" + id + "/revoke", 404},
	} {
		a := r.Call(c.method, links+c.path, "").Want(c.status)
		sandboxtest.Equal(t, c.method+c.path, a.At("code"), map[int]string{404: "notFound", 405: "methodNotAllowed"}[c.status])
	}
	r.Call("GET", "/api/payments-links", "").Want(404)
	sandboxtest.Equal(t, "left alone", r.Read(id).Want(200).At("revoked_at"), "null")
}
