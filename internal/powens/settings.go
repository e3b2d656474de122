package powens

import (
	"cmp"
	"context"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// Hosts of 1.1: links have one host for everybody, tokens one for each domain.
const (
	host      = "https://payment-links.powens.com"
	tokenHost = ".biapi.pro"
)

// The service token (1.2): what it is asked for, and how long it lives, which its answer does not say (row 9).
const (
	scope      = "payment-links:admin"
	lifetime   = 30 * time.Minute
	renewEarly = 5 * time.Minute
)

var object = settings.Object{
	Name: "powens",
	Description: "Access to Powens. Payment links need a service token with the scope `payment-links:admin`: either the provider fetches it with " +
		"`domain`, `client_id` and `client_secret`, or it is given as `token`.",
	Settings: []settings.Setting{
		{
			Name: "domain", Env: "POWENS_DOMAIN",
			Description: "Name of the Powens domain: what comes before `.biapi.pro`. Beside `token` it only says whose links these are.",
			Validators: []validator.String{stringvalidator.RegexMatches(regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$`),
				"must be the name of the domain alone, such as acme-sandbox for acme-sandbox.biapi.pro")},
		},
		{
			Name: "client_id", Env: "POWENS_CLIENT_ID",
			Description: "Identifier of the client application.",
		},
		{
			Name: "client_secret", Env: "POWENS_CLIENT_SECRET", Sensitive: true, Credential: true,
			Description: "Secret of the client application. The provider fetches a service token with it, and renews it in time.",
		},
		{
			Name: "token", Env: "POWENS_TOKEN", Sensitive: true, Credential: true,
			Description: "A ready service token, instead of `client_id` and `client_secret`. It lives for 30 minutes and is not renewed.",
			Validators:  []validator.String{settings.NoWhitespace()},
		},
		{
			Name: "endpoint", Env: "POWENS_ENDPOINT",
			Description: "Address of the payment links, what comes before `/api`. Default `" + host + "`. Plain http only to this machine.",
			Validators:  []validator.String{settings.BaseURL()},
		},
		{
			Name: "token_endpoint", Env: "POWENS_TOKEN_ENDPOINT",
			Description: "Address of the domain, what comes before `/2.0`. Default `https://{domain}" + tokenHost + "`. Plain http only to this machine.",
			Validators:  []validator.String{settings.BaseURL()},
		},
		settings.Account("POWENS_ACCOUNT"),
	},
}

// connect makes the client of one configuration. No request is sent.
func connect(_ context.Context, v settings.Values, base rest.Config) (*client, diag.Diagnostics) {
	diags := v.OneCredential(credential)
	if diags.HasError() {
		return nil, diags
	}
	domain := strings.ToLower(v.Text("domain"))
	if token := v.Text("token"); token != "" {
		base.Auth = auth.Static(token)
	} else {
		tokens := base
		tokens.BaseURL = cmp.Or(v.Text("token_endpoint"), "https://"+domain+tokenHost)
		tokens.Secrets = append([]string{v.Text("client_secret")}, base.Secrets...)
		api, err := rest.New(tokens)
		if err != nil {
			diags.AddAttributeError(v.Path("token_endpoint"), "Cannot use this address", "`token_endpoint`: "+err.Error()+".")
			return nil, diags
		}
		base.Auth = service{api: api, clientID: v.Text("client_id"), clientSecret: v.Text("client_secret"), clock: base.Clock}.auth()
		base.Secrets = append([]string{v.Text("client_secret")}, base.Secrets...)
	}
	base.BaseURL = cmp.Or(v.Text("endpoint"), host)
	api, err := rest.New(base)
	if err != nil {
		diags.AddAttributeError(v.Path("endpoint"), "Cannot use this address", "`endpoint`: "+err.Error()+".")
		return nil, diags
	}
	return &client{api: api, account: driver.Account{BaseURL: base.BaseURL, Owner: domain, Name: v.Text("account")}}, diags
}

// credential is a token, or the three that fetch one.
var credential = settings.Credential{
	Vendor: "Powens", Alone: "token", Together: []string{"client_id", "client_secret"}, Besides: []string{"domain"},
	None:        "There are no credentials for Powens.",
	NoneSet:     []string{"client_secret", "token"},
	Incomplete:  "A service token is fetched with `domain`, `client_id` and `client_secret` together.",
	WhichToKeep: "Keep one.",
}

// service fetches service tokens.
type service struct {
	api                    *rest.Client
	clientID, clientSecret string
	clock                  clock.Clock
}

func (s service) auth() auth.Source { return auth.NewRefreshing(s.fetch, renewEarly, s.clock) }

// fetch asks for one scope and reads the token alone (rows 9 and 11). Another token does no harm, so the call is repeated.
func (s service) fetch(ctx context.Context, _ string) (auth.Token, error) {
	asked := s.clock.Now()
	var got struct {
		Token string `json:"token"`
	}
	_, err := s.api.Do(ctx, rest.Request{
		Method: http.MethodPost,
		Path:   []string{"2.0", "auth", "token"},
		Body: map[string]string{
			"grant_type": "client_credentials", "client_id": s.clientID, "client_secret": s.clientSecret, "scope": scope,
		},
		Out:        &got,
		Idempotent: true,
	})
	return auth.Token{Value: got.Token, Expires: asked.Add(lifetime)}, err
}
