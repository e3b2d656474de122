package conomy_test

import (
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

func TestCreate(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	for body, sums := range map[string]string{recipe: "49990 49990", taxed: "100.00 119.0"} {
		a := r.Post(body).Want(201)
		id := a.At("id")
		sandboxtest.Equal(t, "sums", a.At("preTaxAmount")+" "+a.At("totalAmount"), sums)
		whole := `{"id":"` + id + `","status":"ATTEMPT","url":"` + r.URL() + "/pay/conomy/" + a.At("checkoutToken") + `","createdAt":"2026-03-01T12:00:00.000Z",` +
			`"preTaxAmount":"` + a.At("preTaxAmount") + `","totalAmount":"` + a.At("totalAmount") + `",` + body[1:]
		sandboxtest.Equal(t, "link", sandboxtest.Compact(t, a.Body), sandboxtest.Compact(t, whole))
		sandboxtest.Equal(t, "read", r.Read(id).Want(200).Body, a.Body)
	}
}

// TestStrict gives every way of refusing a body: each is a 400 with its code, and makes nothing.
func TestStrict(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ body, code, detail string }{
		"not JSON":               {"{", "14", "JSON"},
		"empty":                  {"", "14", "JSON"},
		"array":                  {"[]", "14", "JSON"},
		"null":                   {"null", "14", "JSON"},
		"two values":             {recipe + "{}", "14", "after its end"},
		"no token":               {swap(t, `"checkoutToken":"invoice-1001",`, ``), "12", "checkoutToken"},
		"empty token":            {swap(t, `"invoice-1001"`, `""`), "11", "checkoutToken"},
		"token with a slash":     {swap(t, `"invoice-1001"`, `"a/b"`), "11", "URL-safe"},
		"no items":               {swap(t, `"items":[{"preTaxAmount":"49990","totalAmount":"49990","description":"Annual plan"}],`, ``), "12", "items"},
		"no currency":            {swap(t, `"currency":"CLP",`, ``), "12", "currency"},
		"empty currency":         {swap(t, `"CLP"`, `""`), "11", "currency"},
		"no methods":             {swap(t, `"paymentMethodsAllowed":["ETPAY","WEBPAY"],`, ``), "12", "paymentMethodsAllowed"},
		"empty methods":          {swap(t, `["ETPAY","WEBPAY"]`, `[]`), "11", "at least 1"},
		"unknown method":         {swap(t, `"WEBPAY"`, `"VITAWALLET"`), "11", "paymentMethodsAllowed.1"},
		"method number":          {swap(t, `"WEBPAY"`, `1`), "11", "paymentMethodsAllowed.1"},
		"no destinations":        {swap(t, `"destinations"`, `"destination"`), "12", "destinations"},
		"empty destinations":     {swap(t, `[{"type":"ACCOUNT","amount":"49990","account":`+account+`}]`, `[]`), "11", "at least 1"},
		"no destination type":    {swap(t, `"type":"ACCOUNT",`, ``), "12", "destinations.0.type"},
		"null destination type":  {swap(t, `"type":"ACCOUNT"`, `"type":null`), "11", "null"},
		"other destination type": {swap(t, `"type":"ACCOUNT"`, `"type":"CARD"`), "11", "destinations.0.type"},
		"no account":             {swap(t, `,"account":`+account, ``), "12", "destinations.0.account"},
		"no account number":      {swap(t, `"accountNumber":"000123456789",`, ``), "12", "accountNumber"},
		"other account type":     {swap(t, `"CHECKING"`, `"GIRO"`), "11", "account.type"},
		"half of metadata":       {swap(t, `"image":"i",`, ``), "12", "metadata.image"},
		"null metadata":          {swap(t, `{"image":"i","description":"d","category":"c"}`, `null`), "11", "null"},
		"no duration":            {swap(t, `"duration":86400,`, ``), "12", "duration"},
		"duration 29":            {swap(t, `86400`, `29`), "11", "30"},
		"duration in text":       {swap(t, `86400`, `"86400"`), "11", "integer"},
		"duration 30.5":          {swap(t, `86400`, `30.5`), "11", "integer"},
		"no owner":               {swap(t, `"owner"`, `"owners"`), "12", "owner"},
		"no identity":            {swap(t, `{"identityId":"65f0c0ff"}`, `{}`), "12", "owner.identityId"},
		"more under owner":       {swap(t, `"identityId":"65f0c0ff"`, `"identityId":"65f0c0ff","email":"x"`), "11", "owner.email"},
		"unknown requirement":    {swap(t, `"firstName"`, `"first_name"`), "11", "customerRequirements.0"},
		"amount in a number":     {swap(t, `"preTaxAmount":"49990"`, `"preTaxAmount":49990`), "11", "items.0.preTaxAmount"},
		"amount in words":        {swap(t, `"preTaxAmount":"49990"`, `"preTaxAmount":"many"`), "11", "decimal"},
		"negative amount":        {swap(t, `"amount":"49990"`, `"amount":"-49990"`), "11", "destinations.0.amount"},
		"no description":         {swap(t, `,"description":"Annual plan"`, ``), "12", "description"},
		"wrong case of key":      {swap(t, `"description"`, `"Description"`), "12", "items.0.description"},
		"item in text":           {swap(t, `{"preTaxAmount":"49990","totalAmount":"49990","description":"Annual plan"}`, `"x"`), "11", "items.0"},
		"item does not add up":   {swap(t, `"totalAmount":"119.0"`, `"totalAmount":"119.01"`), "11", "items.0.totalAmount"},
		"half a tax":             {swap(t, `"name":"IVA",`, ``), "12", "tax.name"},
		"other tax type":         {swap(t, `"PERCENTAGE"`, `"PERCENT"`), "11", "tax.type"},
		"destinations disagree":  {swap(t, `"amount":"49990"`, `"amount":"49991"`), "11", "destinations"},
		"customer in text":       {swap(t, `{"id":"c1","firstName":"Ana","email":"ana@example.com","address":{"country":"COL"}}`, `"Ana"`), "11", "customer"},
		"null in customer":       {swap(t, `"firstName":"Ana"`, `"firstName":null`), "11", "customer.firstName"},
		"null successUrl":        {swap(t, `"https://x.example/a"`, `null`), "11", "successUrl"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := vendor.Client(t)
			a := r.Post(c.body).Want(400)
			sandboxtest.Equal(t, "code", a.At("code"), c.code)
			if !strings.Contains(a.At("detail"), c.detail) {
				t.Errorf("detail %q, want %q", a.At("detail"), c.detail)
			}
			sandboxtest.Equal(t, "status", a.At("status"), "400")
			if a.At("traceId") == "absent" || a.At("type") == "absent" {
				t.Errorf("no whole error: %s", a.Body)
			}
			sandboxtest.Equal(t, "links", len(conomy.From(r).Links()), 0)
			sandboxtest.Equal(t, "committed", r.Requests()[0].Committed, false)
		})
	}
}

// TestTolerates what the contract says is taken.
func TestTolerates(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"null tax":                 swap(t, `{"name":"IVA","type":"PERCENTAGE","value":"19","amount":"19"}`, `null`),
		"null customer":            swap(t, `"customerRequirements"`, `"customer":null,"customerRequirements"`),
		"unknown fields":           swap(t, `"duration"`, `"extra":{"a":1},"duration"`),
		"the recipe's destination": swap(t, `"amount":"49990","account"`, `"currency":"CLP","identity":{"identityId":"x"},"amount":"49990","account"`),
		"a method added later":     swap(t, `"WEBPAY"`, `"PAGO_MOVIL"`),
		"duration 30":              swap(t, `86400`, `30`),
	} {
		if name == "null tax" {
			body = strings.NewReplacer(`"119.0"`, `"100.00"`, `"119.00"`, `"100.00"`).Replace(body)
		}
		vendor.Client(t).Post(body).Want(201)
	}
}

// TestCheckoutTokens: one is taken until its link is deleted.
func TestCheckoutTokens(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	id := r.Create(recipe)
	a := r.Post(recipe).Want(409)
	sandboxtest.Equal(t, "error", a.At("code")+" "+a.At("type"), "13 alreadyExist")
	r.Advance(25 * time.Hour)
	r.Header.Set("Authorization", "Bearer "+conomy.From(r).IssueToken())
	sandboxtest.Equal(t, "expired", r.Read(id).At("status"), "EXPIRED")
	r.Post(recipe).Want(409)
	r.Revoke(id).Want(204)
	r.Post(recipe).Want(201)
}
