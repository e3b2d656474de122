package gigs_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

const (
	links   = "/projects/gigs/paymentLinks"
	invoice = "inv_0SNlurA049MEWV1QTRqvd18YuG25"
	// sample is the vendor's sample request.
	sample = `{"ebanx":{"user":{"fullName":"Elaine Benes","email":"elaine@example.com","taxNumber":"290.063.072-03"},` +
		`"redirectUrl":"https://example.com"},"invoice":"` + invoice + `","type":"ebanx"}`
)

const goodSeed = `{"object":"paymentLink","id":"pml_1","createdAt":"2024-08-14T19:38:34Z","invoice":"inv_1","status":"active","type":"ebanx","ebanx":{}`

var vendor = sandboxtest.Vendor{
	Name: "gigs", New: gigs.New, ID: []string{"id"},
	Header: func(_ *sandboxtest.Rig, env map[string]string) http.Header {
		return http.Header{"Authorization": {"Bearer " + env["GIGS_API_KEY"]}, "Content-Type": {"application/json"}}
	},
	Links: func(env map[string]string) string { return "/projects/" + env["GIGS_PROJECT"] + "/paymentLinks" },
	Create: func(n int) string {
		return fmt.Sprintf(`{"ebanx":{"user":{"fullName":"A","email":"a@b","taxNumber":"29006307203"}},"invoice":"inv_%d","type":"ebanx"}`, n)
	},
	Routes: map[string]string{"create": "POST /projects/p/paymentLinks", "list": "GET /projects/p/paymentLinks", "get": "GET /projects/p/paymentLinks/1"},
	Sample: "testdata/link.json", SampleID: "pml_0SNlurA049MEWV1x2CfC8u8im5xU", Wrappers: []string{`{"object":"list","items":[%s]}`},
	BadSeeds: []string{
		`[` + goodSeed + `},{"id":"pml_2"}]`, goodSeed + `,"state":"active"}`, goodSeed + `,"createdAt":"soon"}`, goodSeed + `,"ebanx":[]}`,
		goodSeed + `,"canceledAt":5}`, goodSeed + `,"object":"invoice"}`,
	},
	Refusals: map[fault.Kind]string{
		fault.TooMany: "429 tooManyRequests", fault.ExpireToken: "401 unauthenticated", fault.Echo: "422 invalid",
	},
	RefusalCode: []string{"type"}, BadSwitches: []string{`{"rate_limit":-1}`},
	Words:    []string{"The amount of the invoice", "Invoice inv_1", "Gigs", "open", "active"},
	Statuses: []string{gigs.Active, gigs.Completed, gigs.Canceled}, Undocumented: "on_hold",
}

func TestVendor(t *testing.T) { vendor.Test(t) }

// swap is the sample request with a part replaced.
func swap(t *testing.T, old, with string) string {
	t.Helper()
	return sandboxtest.Swap(t, sample, old, with)
}

// ids are those of a page, in order.
func ids(a sandboxtest.Response) (ids []string) {
	a.T.Helper()
	page, _ := a.JSON().(map[string]any)
	items, _ := page["items"].([]any)
	for _, item := range items {
		link, _ := item.(map[string]any)
		id, _ := link["id"].(string)
		ids = append(ids, id)
	}
	return ids
}
