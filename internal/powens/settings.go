package powens

import (
	"cmp"
	"context"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
)

// Links have one host for everybody, tokens one for each domain (contract 1.1).
const (
	baseURL         = "https://payment-links.powens.com"
	tokenHostSuffix = ".biapi.pro"
)

var settingsBlock = settings.Object{
	Name: "powens",
	Description: "Access to Powens. Payment links need a service token with the scope `payment-links:admin`: either the provider fetches it with " +
		"`domain`, `client_id` and `client_secret`, or it is given as `token`.",
	Settings: []settings.Setting{
		{
			Name: "domain", Env: "POWENS_DOMAIN",
			Description: "Name of the Powens domain, with or without `.biapi.pro`. With `token`, it only identifies the account of the links.",
			Validators: []validator.String{stringvalidator.RegexMatches(regexp.MustCompile(`(?i)^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.biapi\.pro)?$`),
				"must be the name of the domain, such as acme-sandbox or acme-sandbox.biapi.pro")},
		},
		{
			Name: "client_id", Env: "POWENS_CLIENT_ID",
			Description: "Identifier of the client application.",
		},
		{
			Name: "client_secret", Env: "POWENS_CLIENT_SECRET", Sensitive: true, Credential: true,
			Description: "Secret of the client application. The provider fetches a service token with it, and renews the token before it expires.",
		},
		settings.HeaderSecret("token", "POWENS_TOKEN", "An existing service token, instead of `client_id` and `client_secret`, with which it conflicts. It expires after 30 minutes and is not renewed."),
		settings.URL("endpoint", "POWENS_ENDPOINT", "Base URL of the payment links API, without `/api`. Default `"+baseURL+"`."),
		settings.URL("token_endpoint", "POWENS_TOKEN_ENDPOINT", "Base URL of the domain, without `/2.0`. Default `https://{domain}"+tokenHostSuffix+"`."),
		settings.Account("POWENS_ACCOUNT"),
	},
}

// newClient returns the client of one configuration. It sends no request.
func newClient(_ context.Context, v settings.Values, base rest.Config) (*client, diag.Diagnostics) {
	diags := v.OneCredential(credential)
	if diags.HasError() {
		return nil, diags
	}
	domain := strings.TrimSuffix(strings.ToLower(v.Text("domain")), tokenHostSuffix)
	source, err := newAuth(v, base, cmp.Or(v.Text("token_endpoint"), "https://"+domain+tokenHostSuffix))
	if err != nil {
		diags.AddAttributeError(v.Path("token_endpoint"), "Invalid URL", "`token_endpoint`: "+err.Error()+".")
		return nil, diags
	}
	base.Auth = source
	if secret := v.Text("client_secret"); secret != "" {
		base.Secrets = append([]string{secret}, base.Secrets...)
	}
	base.BaseURL = cmp.Or(v.Text("endpoint"), baseURL)
	api, err := rest.New(base)
	if err != nil {
		diags.AddAttributeError(v.Path("endpoint"), "Invalid URL", "`endpoint`: "+err.Error()+".")
		return nil, diags
	}
	return &client{driver.NewBase(api, driver.Account{BaseURL: base.BaseURL, Owner: domain, Name: v.Text("account")})}, diags
}
