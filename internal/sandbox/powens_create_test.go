package sandbox_test

import (
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

func TestPowensServesALinkOfTheReference(t *testing.T) {
	t.Parallel()
	sample, err := os.ReadFile("testdata/powens/link.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, seed := range []string{string(sample), "[" + string(sample) + "]"} {
		r := newPowens(t)
		r.Powens.Set(func(s *sandbox.PowensSwitches) { s.OmitDefaults = true })
		if err := r.Seed("powens", []byte(seed)); err != nil {
			t.Fatal(err)
		}
		got := r.get("3c90c3cc-0d44-4b50-8888-8dd25736052a").want(http.StatusOK)
		equal(t, "link", compact(t, []byte(got.body)), compact(t, sample))
		equal(t, "list", compact(t, []byte(r.list().want(http.StatusOK).body)), "["+compact(t, sample)+"]")
	}
}

func TestPowensRefusesABadSeedWhole(t *testing.T) {
	t.Parallel()
	r := newPowens(t)
	good := `{"id":"3c90c3cc-0d44-4b50-8888-8dd25736052a","amount":1}`
	for _, bad := range []string{
		`nonsense`, `[` + good + `,{"id":"x","amount":1}]`, strings.Replace(good, `"amount"`, `"sum"`, 1), strings.Replace(good, "1}", `1,"revoked_at":"soon"}`, 1), `[1`,
	} {
		if err := r.Powens.Seed([]byte(bad)); err == nil {
			t.Errorf("accepted %s", bad)
		}
	}
	equal(t, "links", len(r.Powens.Links()), 0)
}

func TestPowensCreate(t *testing.T) {
	t.Parallel()
	r := newPowens(t)
	a := r.post(powensLink).want(http.StatusOK)
	want := `{"id":"` + a.at("id") + `","url":"` + a.at("url") + `","reference_id":"` + a.at("reference_id") + `",
		"amount":50.90,"currency":"EUR","label":"Invoice 1","execution_date_type":"first_open_day",
		"beneficiary":{"scheme_name":"iban","identification":"FR1420041010050500013M02606","label":"Acme SAS"},
		"beneficiary_identity":{"kind":"corporate","scheme_name":"siren","identification":"749867206","pep":false},
		"payer":null,"payer_identity":{"kind":"individual","first_name":"Ada","last_name":"Rossi","pep":false},"operator_identity":null,
		"redirect":false,"redirect_uri":"","redirect_state":"","last_payment_id":null,"revoked_at":null,"attempt_state":"unavailable"}`
	equal(t, "link", compact(t, []byte(a.body)), compact(t, []byte(want)))
	equal(t, "read", compact(t, []byte(r.get(a.at("id")).want(http.StatusOK).body)), compact(t, []byte(want)))
	if n := len(a.at("reference_id")); n != 31 {
		t.Errorf("a reference of %d characters", n)
	}
	page := r.send(http.MethodGet, strings.TrimPrefix(a.at("url"), r.URL()), "").want(http.StatusOK)
	if !strings.Contains(page.body, "50.90 EUR") || !strings.Contains(page.body, "unavailable") {
		t.Errorf("page: %s", page.body)
	}
	r.send(http.MethodGet, "/pay/powens/nobody", "").want(http.StatusNotFound)
	if second := r.create(powensLink); second == a.at("id") {
		t.Error("the same request made no second link")
	}
	records := r.Requests(sandbox.ByOp("powens", "create"))
	equal(t, "committed", len(records) == 2 && records[0].Committed && records[1].Committed, true)
}

// TestPowensStrict gives every way of refusing a body: code, and a part of the description.
func TestPowensStrict(t *testing.T) {
	t.Parallel()
	swap := func(old, with string) string { return powensWith(t, old, with) }
	const payer, company = `{"first_name":"Ada","last_name":"Rossi"}`, `{"kind":"corporate","scheme_name":"siren","identification":"749867206"}`
	type refusal struct{ body, code, part string }
	cases := map[string]refusal{
		"not JSON":             {"{", "invalidValue", "JSON object"},
		"array":                {"[]", "invalidValue", "JSON object"},
		"null":                 {"null", "invalidValue", "JSON object"},
		"two values":           {powensLink + "{}", "invalidValue", "after its end"},
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
			r := newPowens(t)
			a := r.post(c.body).want(http.StatusBadRequest)
			equal(t, "code", a.at("code"), c.code)
			if !strings.Contains(a.at("description"), c.part) {
				t.Errorf("description %q, want %q in it", a.at("description"), c.part)
			}
			equal(t, "message", a.at("message"), "null")
			equal(t, "links", len(r.Powens.Links()), 0)
		})
	}
	r := newPowens(t)
	r.send(http.MethodPost, powensLinks, powensLink, "Content-Type", "text/plain").want(http.StatusBadRequest)
}

// TestPowensTakes what the contract leaves free.
func TestPowensTakes(t *testing.T) {
	t.Parallel()
	r := newPowens(t)
	for _, body := range []string{
		powensWith(t, `"redirect":false`, `"redirect":true,"redirect_uri":"https://x.example.com","redirect_state":null`),
		powensWith(t, `"redirect":false`, `"redirect":false,"redirect_uri":"https://x.example.com","redirect_state":"s"`),
		powensWith(t, `"scheme_name":"iban","identification":"FR1420041010050500013M02606"`, `"scheme_name":"sort_code_account_number","identification":"20-00-00"`),
		powensWith(t, `"kind":"corporate"`, `"kind":"corporate","first_name":"Ada","org_name":"Acme"`), // row 26
		powensWith(t, `749867206`, `012345678`),
		powensWith(t, `50.90`, `50.900`),
		strings.Replace(powensWith(t, `50.90`, `1.234`), "EUR", "KWD", 1),
	} {
		r.post(body).want(http.StatusOK)
	}
	r.Powens.Set(func(s *sandbox.PowensSwitches) { s.RedirectOff = "null" })
	a := r.get(r.Powens.Links()[1].ID)
	equal(t, "forgotten", a.at("redirect_uri")+a.at("redirect_state"), "nullnull")
	equal(t, "null state", r.get(r.Powens.Links()[0].ID).at("redirect_state"), "")
}

func TestPowensRevoke(t *testing.T) {
	t.Parallel()
	r := newPowens(t)
	id := r.create(powensLink)
	a := r.revoke(id).want(http.StatusNoContent)
	equal(t, "body", a.body, "")
	equal(t, "revoked", r.get(id).want(http.StatusOK).at("revoked_at"), "2026-03-01 12:00:00")
	equal(t, "again", r.revoke(id).want(http.StatusNotFound).at("code"), "notFound")
	r.revoke("3c90c3cc-0d44-4b50-8888-8dd25736052a").want(http.StatusNotFound)
	r.revoke("not-a-uuid").want(http.StatusNotFound)

	id = r.create(powensLink)
	r.send(http.MethodPost, powensLinks+"/"+id+":revoke", `{"at":"now"}`).want(http.StatusBadRequest)
	if err := r.Powens.Revoke(id, start.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	equal(t, "to come", r.get(id).at("revoked_at"), "2026-03-01 13:00:00")
	equal(t, "payable", r.Powens.Payable(), 1)
	r.send(http.MethodPost, powensLinks+"/"+id+":revoke", ` {} `).want(http.StatusNoContent) // the date moves to now
	equal(t, "moved", r.get(id).at("revoked_at"), "2026-03-01 12:00:00")
	equal(t, "payable", r.Powens.Payable(), 0)
}

func TestPowensHasNoOtherCalls(t *testing.T) {
	t.Parallel()
	r := newPowens(t)
	id := r.create(powensLink)
	for _, c := range []struct {
		method, path string
		status       int
	}{
		{"PUT", "/" + id, 405}, {"PATCH", "/" + id, 405}, {"DELETE", "/" + id, 405}, {"POST", "/" + id, 405}, {"GET", "/" + id + ":revoke", 405},
		{"DELETE", "", 405}, {"GET", "/" + id + "/", 404}, {"GET", "/" + id + "/payments", 404}, {"POST", "/" + id + "/revoke", 404},
	} {
		a := r.send(c.method, powensLinks+c.path, "").want(c.status)
		equal(t, c.method+c.path, a.at("code"), map[int]string{404: "notFound", 405: "methodNotAllowed"}[c.status])
	}
	r.send("GET", "/powens/api/payments-links", "").want(404)
	equal(t, "left alone", r.get(id).want(200).at("revoked_at"), "null")
}
