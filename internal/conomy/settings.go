package conomy

import (
	"cmp"
	"context"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
)

// The values of `environment`, and the version of the API.
const (
	sandbox    = "sandbox"
	production = "production"
	// apiVersion is the current one; without the header Conomy answers as in version 1 (contract 1.7).
	apiVersion = "24-04-2025"
)

// environments holds the address of each (contract 1.4).
var environments = map[string]string{
	production: "https://api.conomyhq.com",
	sandbox:    "https://api.conomyhq.com/sandbox",
}

var settingsBlock = settings.Object{
	Name: "conomy",
	Description: "Access to Conomy: `api_key`, and either `client_id` and `client_secret` or an existing `access_token`. " +
		"The dashboard shows them under Settings, API Keys. Sandbox and production have different ones.",
	Settings: []settings.Setting{
		{
			Name: "environment", Env: "CONOMY_ENVIRONMENT",
			Description: "`sandbox` or `production`. Required unless `endpoint` is set; there is no default.",
			Validators:  []validator.String{stringvalidator.OneOf(sandbox, production)},
		},
		{
			Name: "client_id", Env: "CONOMY_CLIENT_ID", Credential: true,
			Description: "Identifier of the API client. The provider fetches tokens with it and `client_secret`, and renews them before they expire.",
		},
		{
			Name: "client_secret", Env: "CONOMY_CLIENT_SECRET", Sensitive: true, Credential: true,
			Description: "Secret of the API client. Requires `client_id`.",
		},
		settings.HeaderSecret("access_token", "CONOMY_ACCESS_TOKEN", "An existing access token, instead of `client_id` and `client_secret`, with which it conflicts. It is not renewed."),
		settings.HeaderSecret("api_key", "CONOMY_API_KEY", "Key of Conomy's gateway, sent as `x-api-key` with every request."),
		{
			Name: "user_agent", Env: "CONOMY_USER_AGENT",
			Description: "User agent sent to Conomy, such as `MyApp/1.0`. Default: the provider's name and version.",
		},
		{
			Name: "api_version", Env: "CONOMY_API_VERSION", EmptyIsValue: true,
			Description: "Version of the API, sent as `conomyhq-api-version`. Default `" + apiVersion + "`; an empty string sends no version.",
			Validators:  []validator.String{settings.NoWhitespace()},
		},
		settings.URL("endpoint", "CONOMY_ENDPOINT", "Base URL of the API, without `/payment-links` and `/auth`. Overrides `environment`."),
		settings.Account("CONOMY_ACCOUNT"),
	},
}

// newClient returns the client of one configuration. It sends no request.
func newClient(_ context.Context, v settings.Values, base rest.Config) (*client, diag.Diagnostics) {
	var diags diag.Diagnostics
	if v.Text("environment") == "" && v.Text("endpoint") == "" {
		diags.Append(v.MissingError("The provider does not choose between sandbox and production for you.", "environment"))
	}
	if v.Text("api_key") == "" {
		diags.Append(v.MissingError("Conomy requires an API key for every request.", "api_key"))
	}
	if diags.Append(v.OneCredential(credential)...); diags.HasError() {
		return nil, diags
	}
	base.BaseURL = cmp.Or(v.Text("endpoint"), environments[v.Text("environment")])
	base.UserAgent = cmp.Or(v.Text("user_agent"), base.UserAgent)
	base.Header = http.Header{"X-Api-Key": {v.Text("api_key")}}
	version, isSet := v.Lookup("api_version")
	if !isSet {
		version = apiVersion
	}
	if version != "" {
		base.Header.Set("Conomyhq-Api-Version", version)
	}
	base.Secrets = append(base.Secrets, v.Text("api_key"))
	if secret := v.Text("client_secret"); secret != "" {
		base.Secrets = append(base.Secrets, secret)
	}

	source, err := newAuth(v, base)
	base.Auth = source
	var api *rest.Client
	if err == nil {
		api, err = rest.New(base)
	}
	if err != nil {
		diags.AddAttributeError(v.Path("endpoint"), "Invalid settings", err.Error()+". Check the provider's `conomy` object.")
		return nil, diags
	}
	return &client{driver.NewBase(api, driver.Account{BaseURL: base.BaseURL, Owner: v.Text("client_id"), Name: v.Text("account")})}, diags
}
