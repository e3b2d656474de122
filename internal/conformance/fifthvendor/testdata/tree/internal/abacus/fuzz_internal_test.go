package abacus

import (
	"encoding/json"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
)

// FuzzLink: whatever Abacus answers is a model that fits the schema, or no link; a status that no document names is unknown.
func FuzzLink(f *testing.F) {
	drivertest.Seeds(f, "testdata")
	f.Add([]byte(`{"paylink":{"number":1,"mills":1e99,"metadata":{"a":""},"hours":1.5,"status":"held","made":-1,"ends":9223372036854775807}}`))
	mapping := drivertest.Mapping[model, Link](vendor{})
	known := map[string]bool{statusLive: true, statusSettling: true, statusSettled: true, statusLapsed: true}
	f.Fuzz(func(t *testing.T, body []byte) {
		var got answer
		if json.Unmarshal(body, &got) != nil || got.id() == "" {
			return
		}
		if state := (vendor{}).State(got.Paylink, drivertest.Now); known[got.Paylink.Status] == (state == driver.Unknown) {
			t.Fatalf("status %q is state %q", got.Paylink.Status, state)
		}
		mapping(t, got.Paylink)
	})
}
