package abacus

import (
	"net/http"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
)

// credential is the key: there is no other way.
var credential = settings.Credential{Vendor: "Abacus", Alone: "key", None: "No credentials are set for Abacus.", NoneSet: []string{"key"}}

// authenticate sends the key with every request (contract 1.2), and keeps it out of every text.
func authenticate(config *rest.Config, key string) {
	config.Header = http.Header{"X-Abacus-Key": {key}}
	config.Secrets = append(config.Secrets, key)
}
