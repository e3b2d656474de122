package conomy

import (
	"encoding/json"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"

	"github.com/hashicorp/terraform-plugin-framework/attr"
)

func TestExpiry(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ created, duration, want string }{
		{"2025-12-05T21:58:58.111Z", "86400", "2025-12-06T21:58:58.111Z"},
		{"2025-12-05T21:58:58Z", "30", "2025-12-05T21:59:28Z"},
		{"2025-12-05T21:58:58-03:00", "60", "2025-12-05T21:59:58-03:00"},
		{"", "60", ""}, {"soon", "60", ""}, {"2025-12-05T21:58:58Z", "", ""}, {"2025-12-05T21:58:58Z", "1.5", ""}, {"2025-12-05T21:58:58Z", "9223372036854775807", ""}, {"2025-12-05T21:58:58Z", "-1", ""},
	} {
		l := Link{CreatedAt: test.created}
		l.Duration = json.Number(test.duration)
		if got := expiresAt(l); got.ValueString() != test.want || got.IsNull() != (test.want == "") {
			t.Errorf("%s + %s is %s, want %q", test.created, test.duration, got, test.want)
		}
	}
}

// Absent, null and empty are the same, and unknown fields and values do no harm (contract 8.13 and 8.15).
func TestModelOfOddAnswers(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`{"id":"x"}`,
		`{"id":"x","customer":null,"items":null,"customerRequirements":null,"owner":null,"destinations":null,"successUrl":null,"duration":null,"url":null}`,
		`{"id":"x","customer":{},"items":[],"customerRequirements":[],"owner":{},"destinations":[],"successUrl":"","paymentMethodsAllowed":[],"extra":[1]}`,
		`{"id":"x","customer":{"email":"","address":{"street":""}},"owner":{"name":""}}`,
	} {
		var l Link
		if err := lenient.Unmarshal([]byte(text), &l); err != nil {
			t.Fatalf("%s: %s", text, err)
		}
		m := vendor{}.Model(l)
		for name, v := range map[string]attr.Value{
			"url": m.URL, "methods": m.PaymentMethodsAllowed, "items": m.Items, "customer": m.Customer, "destinations": m.Destinations, "owner": m.Owner,
			"requirements": m.CustomerRequirements, "success_url": m.SuccessURL, "duration": m.Duration, "status": m.Status, "total": m.TotalAmount,
			"created_at": m.CreatedAt, "expires_at": m.ExpiresAt,
		} {
			if !v.IsNull() {
				t.Errorf("%s: %s is %s", text, name, v)
			}
		}
		if m.Activate.IsNull() || m.Activate.ValueBool() {
			t.Errorf("activate is %s", m.Activate)
		}
	}
	if got := (vendor{}).Model(Link{LinkFields: LinkFields{PaymentMethodsAllowed: []string{"CARD", "CARD", "PSE"}}}).PaymentMethodsAllowed; len(got.Elements()) != 2 {
		t.Errorf("methods %s", got)
	}
}
