package powens

import (
	"context"
	"net/http"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
)

// The service token (contract 1.2): what it is asked for, and how long it lives, which its answer does not say (contract 8.9).
const (
	scope         = "payment-links:admin"
	lifetime      = 30 * time.Minute
	refreshMargin = 5 * time.Minute
)

// credential is a token, or the three that fetch one.
var credential = settings.Credential{
	Vendor: "Powens", Alone: "token", Together: []string{"client_id", "client_secret"}, Besides: []string{"domain"},
	None:        "No credentials are set for Powens: `domain`, `client_id` and `client_secret`, or `token`.",
	NoneSet:     []string{"client_secret", "token"},
	Incomplete:  "A service token is fetched with `domain`, `client_id` and `client_secret` together.",
	WhichToKeep: "Keep one.",
}

// newAuth returns the source of tokens that the settings describe, or what is wrong with endpoint, where they are fetched.
func newAuth(v settings.Values, config rest.Config, endpoint string) (auth.Source, error) {
	if token := v.Text("token"); token != "" {
		return auth.Static(token), nil
	}
	config.BaseURL, config.Secrets = endpoint, append([]string{v.Text("client_secret")}, config.Secrets...)
	api, err := rest.New(config)
	if err != nil {
		return nil, err
	}
	body := map[string]string{"grant_type": "client_credentials", "client_id": v.Text("client_id"), "client_secret": v.Text("client_secret"), "scope": scope}
	fetch := func(ctx context.Context, _ string) (auth.Token, error) {
		return fetchToken(ctx, api, body, config.Clock)
	}
	return auth.NewRefreshing(fetch, refreshMargin, config.Clock), nil
}

// fetchToken asks for one scope and reads the token alone (contract 8.9 and 8.11). Another token does no harm, so the call is repeated.
func fetchToken(ctx context.Context, api *rest.Client, body map[string]string, clk clock.Clock) (auth.Token, error) {
	asked := clk.Now()
	var got struct {
		Token string `json:"token"`
	}
	_, err := api.Do(ctx, rest.Request{
		Method: http.MethodPost, Path: []string{"2.0", "auth", "token"}, Body: body, Out: &got, Idempotent: true, AnswersTokens: true,
	})
	return auth.Token{Value: got.Token, Expires: asked.Add(lifetime)}, err
}
