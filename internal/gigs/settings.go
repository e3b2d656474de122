package gigs

import (
	"cmp"
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
)

// baseURL serves live and test projects alike: the project decides which it is (contract 1.2).
const baseURL = "https://api.gigs.com"

var settingsBlock = settings.Object{
	Name:        "gigs",
	Description: "Access to Gigs: a project and an API key of it. Live and test projects share one URL, so the project decides whether real money is involved.",
	Settings: []settings.Setting{
		{
			Name: "project", Env: "GIGS_PROJECT",
			Description: "Default project of links that do not set `project`.",
			Validators:  []validator.String{pathSegment()},
		},
		settings.HeaderSecret("api_key", "GIGS_API_KEY", "API key from the Gigs dashboard. It belongs to one project."),
		{
			Name: "idempotency_keys", Env: "GIGS_IDEMPOTENCY_KEYS", Bool: true,
			Description: "Whether creates carry an `Idempotency-Key`, so that they can be retried safely when no response arrives. Default `true`. Set it to `false` for a project without access to idempotent requests.",
		},
		settings.URL("endpoint", "GIGS_ENDPOINT", "Base URL of the API, without `/projects`. Default `"+baseURL+"`."),
		settings.Account("GIGS_ACCOUNT"),
	},
}

// newClient returns the client of one configuration. It sends no request. A project is not needed here: links may name theirs.
func newClient(_ context.Context, v settings.Values, base rest.Config) (*client, diag.Diagnostics) {
	diags := v.OneCredential(credential)
	if diags.HasError() {
		return nil, diags
	}
	base.BaseURL = cmp.Or(v.Text("endpoint"), baseURL)
	base.Auth = newAuth(v)
	api, err := rest.New(base)
	if err != nil {
		diags.AddAttributeError(v.Path("endpoint"), "Invalid URL", "`endpoint`: "+err.Error()+".")
		return nil, diags
	}
	return &client{
		Base:                driver.NewBase(api, driver.Account{BaseURL: base.BaseURL, Name: v.Text("account")}),
		project:             v.Text("project"),
		usesIdempotencyKeys: v.Bool("idempotency_keys", true),
	}, diags
}
