package powens_test

import (
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
)

var settings = drivertest.Settings{
	Invalid: func(*drivertest.Fixture) map[string]drivertest.Expectation {
		return map[string]drivertest.Expectation{
			"no credentials":            expect(object{"client_id": nil, "client_secret": nil}, "client_secret", "POWENS_CLIENT_SECRET", "token", "POWENS_TOKEN"),
			"no domain":                 expect(object{"domain": nil}, "domain", "POWENS_DOMAIN", "together"),
			"no client":                 expect(object{"client_id": nil}, "client_id", "POWENS_CLIENT_ID"),
			"no secret":                 expect(object{"client_secret": nil}, "client_secret", "POWENS_CLIENT_SECRET"),
			"two credentials":           expect(object{"token": "planted-token"}, "token", "client_secret"),
			"a token and a client":      expect(object{"token": "planted-token", "client_secret": nil}, "token", "client_id"),
			"a token with a line break": expect(object{"client_id": nil, "client_secret": nil, "token": "planted-token\n"}, "token", "line break"),
			"a token with its scheme":   expect(object{"client_id": nil, "client_secret": nil, "token": "Bearer planted-token"}, "token", "a space"),
			"another host for a domain": expect(object{"domain": "acme.example.com"}, "domain", "name of the domain"),
			"an address for a domain":   expect(object{"domain": "https://acme"}, "domain", "name of the domain"),
			"a path in a domain":        expect(object{"domain": "acme/x"}, "domain", "name of the domain"),
			"an empty domain":           expect(object{"domain": ""}, "domain", "name of the domain"),
		}
	},
	Valid: []object{
		{"domain": "acme", "client_id": "12345678", "client_secret": "planted"}, {"domain": "ACME-sandbox", "token": "planted"}, {"token": "planted"},
		{"token": "planted", "endpoint": "https://links.example.com/prefix/"},
	},
	Hint:    []string{"POWENS_DOMAIN", "POWENS_CLIENT_ID", "POWENS_CLIENT_SECRET", "POWENS_TOKEN"},
	Secrets: []string{"planted-token"},
}

var token = drivertest.Token{
	UsedFor: 25 * time.Minute, // of its 30, by our own clock (contract 8.9)
	Call:    "POST /2.0/auth/token",
	Body: func(env map[string]string) object {
		return object{
			"grant_type": "client_credentials", "client_id": env["POWENS_CLIENT_ID"], "client_secret": env["POWENS_CLIENT_SECRET"], "scope": "payment-links:admin",
		}
	},
	Ready: ready,
}
