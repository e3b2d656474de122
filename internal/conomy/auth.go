package conomy

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
)

// refreshMargin is how long before its end a token is refreshed; it lives for an hour (contract 1.5).
const refreshMargin = 2 * time.Minute

// credential is a token, or the two that fetch one.
var credential = settings.Credential{
	Vendor: "Conomy", Alone: "access_token", Together: []string{"client_id", "client_secret"},
	None:        "No credentials are set for Conomy: `client_id` and `client_secret`, or `access_token`.",
	NoneSet:     []string{"client_id", "access_token"},
	WhichToKeep: "Set either `access_token`, or `client_id` and `client_secret`.",
}

// newAuth returns the source of tokens that the settings describe. The call for a token takes the same headers as every other
// (contract 1.7).
func newAuth(v settings.Values, config rest.Config) (auth.Source, error) {
	if token := v.Text("access_token"); token != "" {
		return auth.Static(token), nil
	}
	api, err := rest.New(config)
	if err != nil {
		return nil, err
	}
	body := map[string]string{"clientId": v.Text("client_id"), "clientSecret": v.Text("client_secret")}
	fetch := func(ctx context.Context, _ string) (auth.Token, error) {
		return fetchToken(ctx, api, body, config.Clock)
	}
	return auth.NewRefreshing(fetch, refreshMargin, config.Clock), nil
}

// fetchToken asks for a token (contract 1.4). There is no refresh token: each time the same call, which may be repeated.
func fetchToken(ctx context.Context, api *rest.Client, body map[string]string, clk clock.Clock) (auth.Token, error) {
	began := clk.Now()
	var got struct {
		lenient.Unread             // the other fields cost no token
		AccessToken    string      `json:"accessToken"`
		ExpiresIn      json.Number `json:"expiresIn"` // seconds
	}
	_, err := api.Do(ctx, rest.Request{Method: http.MethodPost, Path: []string{"auth"}, Body: body, Out: &got, Idempotent: true, AnswersTokens: true})
	if err != nil {
		return auth.Token{}, err
	}
	token := auth.Token{Value: got.AccessToken}
	if seconds, err := got.ExpiresIn.Float64(); err == nil && seconds > 0 {
		token.Expires = began.Add(auth.Lifetime(seconds))
	}
	return token, nil
}
