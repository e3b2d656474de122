package sandbox_test

import (
	"os"
	"strings"
	"testing"
	"time"
)

func TestConomyServesThePublishedSample(t *testing.T) {
	t.Parallel()
	sample, err := os.ReadFile("testdata/conomy/link.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, seed := range map[string]string{
		"bare": string(sample), "array": "[" + string(sample) + "]",
		"page": `{"pagination":{"count":1,"next":1,"previous":1,"total":1},"results":[` + string(sample) + `]}`,
	} {
		r := newConomyRig(t)
		r.do(r.Seed("conomy", []byte(seed)))
		equal(t, name, compact(t, []byte(r.get("/payment-links/text").want(200).body)), compact(t, sample))
		r.do(r.Conomy.ForceStatus("text", "ACTIVE"))
		equal(t, "status", r.get("/payment-links/text").at("status"), "ACTIVE")
	}
}

func TestConomyRefusesABadSeedWhole(t *testing.T) {
	t.Parallel()
	r := newConomyRig(t)
	const good = `{"id":"x","status":"ACTIVE","checkoutToken":"t","createdAt":"2025-12-05T21:58:58.111Z"}`
	for _, bad := range []string{"nonsense", `"x"`, "[" + good + `,{"id":"y"}]`, strings.Replace(good, "checkoutToken", "token", 1), strings.Replace(good, "2025", "in 2025", 1)} {
		if err := r.Seed("conomy", []byte(bad)); err == nil {
			t.Errorf("accepted %s", bad)
		}
	}
	equal(t, "links", len(r.Conomy.Links()), 0)
}

func TestConomyCreate(t *testing.T) {
	t.Parallel()
	r := newConomyRig(t)
	for body, sums := range map[string]string{recipe: "49990 49990", taxed: "100.00 119.0"} {
		a := r.post(body).want(201)
		id := a.at("id")
		equal(t, "sums", a.at("preTaxAmount")+" "+a.at("totalAmount"), sums)
		whole := `{"id":"` + id + `","status":"ATTEMPT","url":"` + r.URL() + "/pay/conomy/" + a.at("checkoutToken") + `","createdAt":"2026-03-01T12:00:00.000Z",` +
			`"preTaxAmount":"` + a.at("preTaxAmount") + `","totalAmount":"` + a.at("totalAmount") + `",` + body[1:]
		equal(t, "link", compact(t, []byte(a.body)), compact(t, []byte(whole)))
		equal(t, "read", r.get("/payment-links/"+id).want(200).body, a.body)
		page := r.send("GET", strings.TrimPrefix(a.at("url"), r.URL()), "").want(200)
		if !strings.Contains(page.body, a.at("totalAmount")+" "+a.at("currency")) {
			t.Errorf("page: %s", page.body)
		}
	}
}

// TestConomyStrict gives every way of refusing a body: each is a 400 with its code, and makes nothing.
func TestConomyStrict(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ body, code, detail string }{
		"not JSON":               {"{", "14", "JSON"},
		"empty":                  {"", "14", "JSON"},
		"array":                  {"[]", "14", "JSON"},
		"null":                   {"null", "14", "JSON"},
		"two values":             {recipe + "{}", "14", "after its end"},
		"no token":               {swapped(t, `"checkoutToken":"invoice-1001",`, ``), "12", "checkoutToken"},
		"empty token":            {swapped(t, `"invoice-1001"`, `""`), "11", "checkoutToken"},
		"token with a slash":     {swapped(t, `"invoice-1001"`, `"a/b"`), "11", "URL-safe"},
		"no items":               {swapped(t, `"items":[{"preTaxAmount":"49990","totalAmount":"49990","description":"Annual plan"}],`, ``), "12", "items"},
		"no currency":            {swapped(t, `"currency":"CLP",`, ``), "12", "currency"},
		"empty currency":         {swapped(t, `"CLP"`, `""`), "11", "currency"},
		"no methods":             {swapped(t, `"paymentMethodsAllowed":["ETPAY","WEBPAY"],`, ``), "12", "paymentMethodsAllowed"},
		"empty methods":          {swapped(t, `["ETPAY","WEBPAY"]`, `[]`), "11", "at least 1"},
		"unknown method":         {swapped(t, `"WEBPAY"`, `"VITAWALLET"`), "11", "paymentMethodsAllowed.1"},
		"method number":          {swapped(t, `"WEBPAY"`, `1`), "11", "paymentMethodsAllowed.1"},
		"no destinations":        {swapped(t, `"destinations"`, `"destination"`), "12", "destinations"},
		"empty destinations":     {swapped(t, `[{"type":"ACCOUNT","amount":"49990","account":{"accountNumber":"000123456789"}}]`, `[]`), "11", "at least 1"},
		"no destination type":    {swapped(t, `"type":"ACCOUNT",`, ``), "12", "destinations.0.type"},
		"null destination type":  {swapped(t, `"type":"ACCOUNT"`, `"type":null`), "11", "null"},
		"other destination type": {swapped(t, `"type":"ACCOUNT"`, `"type":"CARD"`), "11", "destinations.0.type"},
		"no account":             {swapped(t, `,"account":{"accountNumber":"000123456789"}`, ``), "12", "destinations.0.account"},
		"no account number":      {swapped(t, `"accountNumber":"000123456789"`, ``), "12", "accountNumber"},
		"other account type":     {swapped(t, `"CHECKING"`, `"GIRO"`), "11", "account.type"},
		"half of metadata":       {swapped(t, `"image":"i",`, ``), "12", "metadata.image"},
		"null metadata":          {swapped(t, `{"image":"i","description":"d","category":"c"}`, `null`), "11", "null"},
		"no duration":            {swapped(t, `"duration":86400,`, ``), "12", "duration"},
		"duration 29":            {swapped(t, `86400`, `29`), "11", "30"},
		"duration in text":       {swapped(t, `86400`, `"86400"`), "11", "integer"},
		"duration 30.5":          {swapped(t, `86400`, `30.5`), "11", "integer"},
		"no owner":               {swapped(t, `"owner"`, `"owners"`), "12", "owner"},
		"no identity":            {swapped(t, `{"identityId":"65f0c0ff"}`, `{}`), "12", "owner.identityId"},
		"more under owner":       {swapped(t, `"identityId":"65f0c0ff"`, `"identityId":"65f0c0ff","email":"x"`), "11", "owner.email"},
		"unknown requirement":    {swapped(t, `"firstName"`, `"first_name"`), "11", "customerRequirements.0"},
		"amount in a number":     {swapped(t, `"preTaxAmount":"49990"`, `"preTaxAmount":49990`), "11", "items.0.preTaxAmount"},
		"amount in words":        {swapped(t, `"preTaxAmount":"49990"`, `"preTaxAmount":"many"`), "11", "decimal"},
		"negative amount":        {swapped(t, `"amount":"49990"`, `"amount":"-49990"`), "11", "destinations.0.amount"},
		"no description":         {swapped(t, `,"description":"Annual plan"`, ``), "12", "description"},
		"wrong case of key":      {swapped(t, `"description"`, `"Description"`), "12", "items.0.description"},
		"item in text":           {swapped(t, `{"preTaxAmount":"49990","totalAmount":"49990","description":"Annual plan"}`, `"x"`), "11", "items.0"},
		"item does not add up":   {swapped(t, `"totalAmount":"119.0"`, `"totalAmount":"119.01"`), "11", "items.0.totalAmount"},
		"half a tax":             {swapped(t, `"name":"IVA",`, ``), "12", "tax.name"},
		"other tax type":         {swapped(t, `"PERCENTAGE"`, `"PERCENT"`), "11", "tax.type"},
		"destinations disagree":  {swapped(t, `"amount":"49990"`, `"amount":"49991"`), "11", "destinations"},
		"customer in text":       {swapped(t, `{"id":"c1","firstName":"Ana","email":"ana@example.com","address":{"country":"COL"}}`, `"Ana"`), "11", "customer"},
		"null in customer":       {swapped(t, `"firstName":"Ana"`, `"firstName":null`), "11", "customer.firstName"},
		"null successUrl":        {swapped(t, `"https://x.example/a"`, `null`), "11", "successUrl"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newConomyRig(t)
			a := r.post(c.body).want(400)
			equal(t, "code", a.at("code"), c.code)
			if !strings.Contains(a.at("detail"), c.detail) {
				t.Errorf("detail %q, want %q", a.at("detail"), c.detail)
			}
			equal(t, "status", a.at("status"), "400")
			if a.at("traceId") == "absent" || a.at("type") == "absent" {
				t.Errorf("no whole error: %s", a.body)
			}
			equal(t, "links", len(r.Conomy.Links()), 0)
			equal(t, "committed", r.Requests()[0].Committed, false)
		})
	}
}

// TestConomyTolerates what the contract says is taken.
func TestConomyTolerates(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"null tax":                 swapped(t, `{"name":"IVA","type":"PERCENTAGE","value":"19","amount":"19"}`, `null`),
		"null customer":            swapped(t, `"customerRequirements"`, `"customer":null,"customerRequirements"`),
		"unknown fields":           swapped(t, `"duration"`, `"extra":{"a":1},"duration"`),
		"the recipe's destination": swapped(t, `"amount":"49990","account"`, `"currency":"CLP","identity":{"identityId":"x"},"amount":"49990","account"`),
		"a method added later":     swapped(t, `"WEBPAY"`, `"PAGO_MOVIL"`),
		"duration 30":              swapped(t, `86400`, `30`),
	} {
		if name == "null tax" {
			body = strings.NewReplacer(`"119.0"`, `"100.00"`, `"119.00"`, `"100.00"`).Replace(body)
		}
		newConomyRig(t).post(body).want(201)
	}
}

func TestConomyTokens(t *testing.T) {
	t.Parallel()
	r := newConomyRig(t)
	id := r.create(recipe)
	a := r.post(recipe).want(409)
	equal(t, "error", a.at("code")+" "+a.at("type"), "13 alreadyExist")
	r.Advance(25 * time.Hour)
	r.header.Set("Authorization", "Bearer "+r.Conomy.AccessToken())
	equal(t, "expired", r.get("/payment-links/"+id).at("status"), "EXPIRED")
	r.post(recipe).want(409)
	r.delete(id).want(204)
	r.post(recipe).want(201)
}

// TestConomyLife is section 3: what each status allows.
func TestConomyLife(t *testing.T) {
	t.Parallel()
	for status, may := range map[string]struct{ activate, remove int }{
		"ATTEMPT": {200, 204}, "ACTIVE": {422, 422}, "PROCESSING_PAYMENT": {422, 422}, "FINISHED": {422, 422}, "EXPIRED": {422, 204}, "FROZEN": {422, 422},
	} {
		r := newConomyRig(t)
		id := r.create(recipe)
		r.do(r.Conomy.ForceStatus(id, status))
		equal(t, status+" activate", r.activate(id).status, may.activate)
		r.do(r.Conomy.ForceStatus(id, status))
		a := r.delete(id).want(may.remove)
		if may.remove == 422 {
			equal(t, "error", a.at("code")+" "+a.at("type"), "21 failedPrecondition")
			continue
		}
		equal(t, "body", a.body, "")
		for _, gone := range []reply{r.get("/payment-links/" + id), r.delete(id), r.activate(id)} {
			equal(t, "gone", gone.want(404).at("code"), "31")
		}
	}
	r := newConomyRig(t)
	id := r.create(recipe)
	r.send("POST", "/conomy/payment-links/"+id+"/activate", `{"x":1}`).want(400)
	equal(t, "activated", r.send("POST", "/conomy/payment-links/"+id+"/activate", `{}`).want(200).at("status"), "ACTIVE")
	equal(t, "payable", r.Conomy.Payable(), 1)
	session := r.send("POST", "/conomy/payment-links/token/invoice-1001/checkout-sessions", "{}").want(201)
	equal(t, "session", session.at("paymentLinkId")+" "+session.at("status"), id+" ATTEMPT")
	for _, step := range []struct{ action, status string }{{"process", "PROCESSING_PAYMENT"}, {"fail", "ACTIVE"}, {"process", "PROCESSING_PAYMENT"}, {"pay", "FINISHED"}} {
		r.do(r.Conomy.Act(id, step.action, ""))
		equal(t, step.action, r.get("/payment-links/"+id).at("status"), step.status)
	}
	if err := r.Conomy.Act(id, "expire", ""); err == nil {
		t.Error("a paid link expired")
	}
	r.send("POST", "/conomy/payment-links/token/invoice-1001/checkout-sessions", "{}").want(422)
	r.send("PATCH", "/conomy/payment-links/"+id, "{}").want(501)
	r.get("/payment-link").want(404)
	equal(t, "snapshot", r.Conomy.Links()[0].TotalAmount, "49990")
}
