package gigs

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// host serves live and test projects alike: the project decides which it is (1).
const host = "https://api.gigs.com"

var object = settings.Object{
	Name:        "gigs",
	Description: "Access to Gigs: a project and an API key of it. Live and test projects share one address, so that the project decides whether real money is meant.",
	Settings: []settings.Setting{
		{
			Name: "project", Env: "GIGS_PROJECT",
			Description: "Project of the links that do not name one themselves.",
			Validators:  []validator.String{segment{}},
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
			Description: "Address of the API, what comes before `/projects`. Default `" + host + "`. Plain http only to this machine.",
			Validators:  []validator.String{settings.BaseURL()},
		},
		settings.Account("GIGS_ACCOUNT"),
	},
}

// connect makes the client of one configuration. No request is sent. A project is not needed here: links may name theirs.
func connect(_ context.Context, v settings.Values, base rest.Config) (*client, diag.Diagnostics) {
	var diags diag.Diagnostics
	key := v.Text("api_key")
	if key == "" {
		diags.Append(v.MissingError("There are no credentials for Gigs.", "api_key"))
		return nil, diags
	}
	base.BaseURL = host
	if endpoint := v.Text("endpoint"); endpoint != "" {
		base.BaseURL = endpoint
	}
	base.Auth = auth.Static(key)
	api, err := rest.New(base)
	if err != nil {
		diags.AddAttributeError(v.Path("endpoint"), "Cannot use this address", "`endpoint`: "+err.Error()+".")
		return nil, diags
	}
	return &client{
		api:     api,
		account: driver.Account{BaseURL: base.BaseURL, Name: v.Text("account")},
		scope:   v.Text("project"),
		keyed:   v.Bool("idempotency_keys", true),
	}, diags
}
