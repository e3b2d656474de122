package qonto

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

// The values of `environment` and of `vat_rate_unit`.
const (
	sandbox    = "sandbox"
	production = "production"
	percent    = "percent"
	fraction   = "fraction"
)

// environments holds the addresses of the API and of the token endpoint (contract 1.1).
var environments = map[string]struct{ api, token string }{
	production: {"https://thirdparty.qonto.com", "https://oauth.qonto.com"},
	sandbox:    {"https://thirdparty-sandbox.staging.qonto.co", "https://oauth-sandbox.staging.qonto.co"},
}

var settingsBlock = settings.Object{
	Name: "qonto",
	Description: "Access to Qonto. Payment links need OAuth (scopes `payment_link.read` and `payment_link.write`): either `access_token` or `token_file`; " +
		"an API key is not enough.",
	Settings: []settings.Setting{
		{
			Name: "environment", Env: "QONTO_ENVIRONMENT",
			Description: "`sandbox` or `production`. Required unless `endpoint` is set; there is no default.",
			Validators:  []validator.String{stringvalidator.OneOf(sandbox, production)},
		},
		settings.HeaderSecret("access_token", "QONTO_ACCESS_TOKEN", "OAuth access token. It expires after one hour and is not renewed; for longer use, see `token_file`. Conflicts with `token_file`.",
			notAPIKey{"value must be an OAuth access token, not an API key"}),
		{
			Name: "token_file", Env: "QONTO_TOKEN_FILE", Credential: true,
			Description: "Path of a JSON file with `client_id`, `client_secret`, `access_token`, `refresh_token` and `expires_at` (RFC 3339). " +
				"The provider renews the token when needed and rewrites the file, locked and readable only by its owner. Conflicts with `access_token`.",
		},
		{
			Name: "staging_token", Env: "QONTO_STAGING_TOKEN", Sensitive: true,
			Description: "Staging token from Qonto's developer portal. Required with `environment = \"sandbox\"`; not sent to production.",
			Validators:  []validator.String{settings.NoWhitespace()},
		},
		{
			Name: "vat_rate_unit", Env: "QONTO_VAT_RATE_UNIT",
			Description: "Unit of `vat_rate` on the wire: `percent` (default) or `fraction`. Qonto documents both. In configuration and state it is always a percentage.",
			Validators:  []validator.String{stringvalidator.OneOf(percent, fraction)},
		},
		settings.URL("endpoint", "QONTO_ENDPOINT", "Base URL of the API, without `/v2`. Overrides `environment`."),
		settings.URL("token_endpoint", "QONTO_TOKEN_ENDPOINT", "Base URL of the token endpoint, without `/oauth2`. Overrides `environment`."),
		settings.Account("QONTO_ACCOUNT"),
	},
	Authorization: &authorization,
}

// newClient returns the client of one configuration. It sends no request.
func newClient(_ context.Context, v settings.Values, base rest.Config) (*client, diag.Diagnostics) {
	var diags diag.Diagnostics
	environment := v.Text("environment")
	if environment == "" && v.Text("endpoint") == "" {
		diags.Append(v.MissingError("The provider does not choose between sandbox and production for you.", "environment"))
	}
	if environment == sandbox && v.Text("staging_token") == "" {
		diags.Append(v.MissingError("Qonto's sandbox rejects requests without a staging token.", "staging_token"))
	}
	if diags.Append(v.OneCredential(credential)...); diags.HasError() {
		return nil, diags
	}
	base.BaseURL = cmp.Or(v.Text("endpoint"), environments[environment].api)
	isProduction := environment == production && v.Text("endpoint") == ""
	if environment != production {
		base.Gate = stagingGate
	}
	switch staging := v.Text("staging_token"); {
	case staging == "":
	case isProduction: // which does not accept it (contract 1.5)
		diags.AddAttributeWarning(v.Path("staging_token"), "The staging token is not sent",
			"`staging_token` (possibly set by QONTO_STAGING_TOKEN) belongs to Qonto's sandbox, but `environment` is `production`. Requests are sent without it. Remove it.")
	default:
		base.Header = http.Header{"X-Qonto-Staging-Token": {staging}}
		base.Secrets = append(base.Secrets, staging)
	}
	source, authDiags := newAuth(v, base, cmp.Or(v.Text("token_endpoint"), environments[environment].token))
	if diags.Append(authDiags...); diags.HasError() {
		return nil, diags
	}
	base.Auth = source
	api, err := rest.New(base)
	if err != nil {
		diags.AddAttributeError(v.Path("endpoint"), "Invalid URL", "`endpoint`: "+err.Error()+".")
		return nil, diags
	}
	// Whose token it is nobody says. A token file's client id does not: several organisations may have authorised one application.
	account := driver.Account{BaseURL: base.BaseURL, Name: v.Text("account")}
	return &client{Base: driver.NewBase(api, account), isFraction: v.Text("vat_rate_unit") == fraction}, diags
}
