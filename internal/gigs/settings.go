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
	Description: "Access to Gigs: a project and an API key of it. Live and test projects share one address, so that the project decides whether real money is meant.",
	Settings: []settings.Setting{
		{
			Name: "project", Env: "GIGS_PROJECT",
			Description: "Project of the links that do not name one themselves.",
			Validators:  []validator.String{pathSegment()},
		},
		{
			Name: "api_key", Env: "GIGS_API_KEY", Sensitive: true, Credential: true,
			Description: "API key from the Gigs dashboard. It belongs to one project.",
			Validators:  []validator.String{settings.NoWhitespace()},
		},
		{
			Name: "idempotency_keys", Env: "GIGS_IDEMPOTENCY_KEYS", Bool: true,
			Description: "Whether creates carry an `Idempotency-Key`, with which they can be repeated safely when no answer came. Default true. Set it to false for a project that Gigs has not admitted to idempotent requests.",
		},
		{
			Name: "endpoint", Env: "GIGS_ENDPOINT",
			Description: "Address of the API, what comes before `/projects`. Default `" + baseURL + "`. Plain http only to this machine.",
			Validators:  []validator.String{settings.BaseURL()},
		},
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
		diags.AddAttributeError(v.Path("endpoint"), "Cannot use this address", "`endpoint`: "+err.Error()+".")
		return nil, diags
	}
	return &client{
		Base:                driver.NewBase(api, driver.Account{BaseURL: base.BaseURL, Name: v.Text("account")}),
		project:             v.Text("project"),
		usesIdempotencyKeys: v.Bool("idempotency_keys", true),
	}, diags
}
