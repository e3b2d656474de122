package abacus

import (
	"cmp"
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
)

// baseURL is the address of the API (contract 1.1).
const baseURL = "https://api.abacus.example/v3"

var settingsBlock = settings.Object{
	Name:        "abacus",
	Description: "Access to Abacus: a key of one shop.",
	Settings: []settings.Setting{
		settings.HeaderSecret("key", "ABACUS_KEY", "Key of the shop."),
		settings.URL("endpoint", "ABACUS_ENDPOINT", "Address of the API, what comes before `/paylinks`. Default `"+baseURL+"`."),
		settings.Account("ABACUS_ACCOUNT"),
	},
}

// newClient returns the client of one configuration. It sends no request. The key does not say which shop it is of.
func newClient(_ context.Context, v settings.Values, config rest.Config) (*client, diag.Diagnostics) {
	diags := v.OneCredential(credential)
	if diags.HasError() {
		return nil, diags
	}
	config.BaseURL = cmp.Or(v.Text("endpoint"), baseURL)
	authenticate(&config, v.Text("key"))
	api, err := rest.New(config)
	if err != nil {
		diags.AddAttributeError(v.Path("endpoint"), "Invalid URL", "`endpoint`: "+err.Error()+".")
		return nil, diags
	}
	return &client{driver.NewBase(api, driver.Account{BaseURL: config.BaseURL, Name: v.Text("account")})}, diags
}
