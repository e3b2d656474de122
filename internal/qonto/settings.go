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
			Description: "`sandbox` or `production`. Needed unless `endpoint` is set; never assumed.",
			Validators:  []validator.String{stringvalidator.OneOf(sandbox, production)},
		},
		{
			Name: "access_token", Env: "QONTO_ACCESS_TOKEN", Sensitive: true, Credential: true,
			Description: "OAuth access token. It lives for one hour and is not renewed; for longer use, see `token_file`.",
			Validators:  []validator.String{settings.NoWhitespace(), notAPIKey{}},
		},
		{
			Name: "token_file", Env: "QONTO_TOKEN_FILE", Credential: true,
			Description: "Path of a JSON file with `client_id`, `client_secret`, `access_token`, `refresh_token` and `expires_at` (RFC 3339). " +
				"The provider renews the token when needed and rewrites the file, under a lock and readable by its owner only.",
		},
		{
			Name: "staging_token", Env: "QONTO_STAGING_TOKEN", Sensitive: true,
			Description: "Staging token from Qonto's developer portal. Required with `environment = \"sandbox\"`, and not sent to production.",
			Validators:  []validator.String{settings.NoWhitespace()},
		},
		{
			Name: "vat_rate_unit", Env: "QONTO_VAT_RATE_UNIT",
			Description: "Unit of `vat_rate` on the wire: `percent` (default) or `fraction`. Qonto's documents show both; in configuration and state it is always a percentage.",
			Validators:  []validator.String{stringvalidator.OneOf(percent, fraction)},
		},
		{
			Name: "endpoint", Env: "QONTO_ENDPOINT",
			Description: "Address of the API, what comes before `/v2`. Wins over `environment`. Plain http only to this machine.",
			Validators:  []validator.String{settings.BaseURL()},
		},
		{
			Name: "token_endpoint", Env: "QONTO_TOKEN_ENDPOINT",
			Description: "Address of the token endpoint, what comes before `/oauth2`. Wins over `environment`. Plain http only to this machine.",
			Validators:  []validator.String{settings.BaseURL()},
		},
		settings.Account("QONTO_ACCOUNT"),
	},
	Authorization: &authorization,
}

// newClient returns the client of one configuration. It sends no request.
func newClient(_ context.Context, v settings.Values, base rest.Config) (*client, diag.Diagnostics) {
	var diags diag.Diagnostics
	environment := v.Text("environment")
	if environment == "" && v.Text("endpoint") == "" {
		diags.Append(v.MissingError("Whether real money is meant is never assumed.", "environment"))
	}
	if environment == sandbox && v.Text("staging_token") == "" {
		diags.Append(v.MissingError("Qonto's sandbox refuses requests without a staging token.", "staging_token"))
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
			"`staging_token` (perhaps by QONTO_STAGING_TOKEN) belongs to Qonto's sandbox, and `environment` is `production`. Requests go without it. Leave it out.")
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
		diags.AddAttributeError(v.Path("endpoint"), "Cannot use this address", "`endpoint`: "+err.Error()+".")
		return nil, diags
	}
	// Whose token it is nobody says. A token file's client id does not: several organisations may have authorised one application.
	account := driver.Account{BaseURL: base.BaseURL, Name: v.Text("account")}
	return &client{Base: driver.NewBase(api, account), isFraction: v.Text("vat_rate_unit") == fraction}, diags
}
