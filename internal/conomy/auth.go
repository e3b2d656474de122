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
	return auth.NewRefreshing(tokenSource{api, config.Clock, v.Text("client_id"), v.Text("client_secret")}.fetch, refreshMargin, config.Clock), nil
}

// tokenSource fetches access tokens with a client's id and secret.
type tokenSource struct {
	api                    *rest.Client
	clock                  clock.Clock
	clientID, clientSecret string
}

type tokenRequest struct {
	ClientID     string `json:"clientId"`
	ClientSecret string `json:"clientSecret"`
}

// fetch asks for a token (contract 1.4). There is no refresh token: each time the same call, which may be repeated.
func (s tokenSource) fetch(ctx context.Context, _ string) (auth.Token, error) {
	began := s.clock.Now()
	var got struct {
		lenient.Unread             // the other fields cost no token
		AccessToken    string      `json:"accessToken"`
		ExpiresIn      json.Number `json:"expiresIn"` // seconds
	}
	_, err := s.api.Do(ctx, rest.Request{
		Method: http.MethodPost, Path: []string{"auth"}, Body: tokenRequest{s.clientID, s.clientSecret}, Out: &got, Idempotent: true, AnswersTokens: true,
	})
	if err != nil {
		return auth.Token{}, err
	}
	token := auth.Token{Value: got.AccessToken}
	if seconds, err := got.ExpiresIn.Float64(); err == nil && seconds > 0 {
		token.Expires = began.Add(auth.Lifetime(seconds))
	}
	return token, nil
}
