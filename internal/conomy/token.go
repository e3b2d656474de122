package conomy

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
)

// renewEarly is how long before its end a token is renewed; it lives for an hour (1).
const renewEarly = 2 * time.Minute

// tokens fetches access tokens with a client's id and secret.
type tokens struct {
	api    *rest.Client
	clock  clock.Clock
	id     string
	secret string
}

// newTokens makes the client of the token call, which takes the same headers as every other (1).
func newTokens(id, secret string, base rest.Config) (*tokens, error) {
	api, err := rest.New(base)
	if err != nil {
		return nil, err
	}
	return &tokens{api: api, clock: base.Clock, id: id, secret: secret}, nil
}

func (t *tokens) auth() auth.Source { return auth.NewRefreshing(t.fetch, renewEarly, t.clock) }

type tokenRequest struct {
	ClientID     string `json:"clientId"`
	ClientSecret string `json:"clientSecret"`
}

type tokenAnswer struct {
	AccessToken string      `json:"accessToken"`
	ExpiresIn   json.Number `json:"expiresIn"` // seconds
}

// fetch asks for a token (1). There is no refresh token: each time the same call, which may be repeated.
func (t *tokens) fetch(ctx context.Context, _ string) (auth.Token, error) {
	began := t.clock.Now()
	var got tokenAnswer
	_, err := t.api.Do(ctx, rest.Request{
		Method: http.MethodPost, Path: []string{"auth"}, Body: tokenRequest{ClientID: t.id, ClientSecret: t.secret}, Out: &got, Idempotent: true,
	})
	if err != nil {
		return auth.Token{}, err
	}
	token := auth.Token{Value: got.AccessToken}
	if seconds, err := got.ExpiresIn.Float64(); err == nil && seconds > 0 {
		token.Expires = began.Add(time.Duration(seconds * float64(time.Second)))
	}
	return token, nil
}
