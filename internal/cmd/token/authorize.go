package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/oauth2"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
)

const (
	timeForm = "2006-01-02 15:04:05 UTC"
	dayForm  = "2006-01-02"
	rounding = time.Second
	// exchangeTimeout is that of the request for the tokens.
	exchangeTimeout = 30 * time.Second
)

// authorize has a person allow the application, and writes the tokens.
func (p *program) authorize(ctx context.Context) error {
	host, err := p.auth.Host(p.setting)
	if err != nil {
		return err
	}
	client, err := p.client(host)
	if err != nil {
		return err
	}
	answers, err := p.listen(ctx, client.RedirectURL)
	if err != nil {
		return err
	}
	defer answers.close()
	fmt.Fprintf(p.out, "Open this URL, log in and allow the application:\n\n  %s\n\n", client.AuthCodeURL(answers.state))
	if answers.listens {
		fmt.Fprintf(p.out, "Waiting for the browser at %s. If the browser cannot reach this machine, paste the URL it was redirected to and press Enter.\n", client.RedirectURL)
	} else {
		fmt.Fprintln(p.out, "Then paste the URL the browser is redirected to and press Enter:")
	}
	code, err := answers.wait(ctx)
	if err != nil {
		return err
	}
	err = p.auth.Write(ctx, p.file, func(ctx context.Context) (settings.Tokens, error) { return p.exchange(ctx, client, host, code) })
	if err != nil {
		return fmt.Errorf("no tokens were written to %s: %w", p.file, err)
	}
	fmt.Fprintf(p.out, "\nWrote %s, readable only by you. Set %s=%s for the provider.\n", p.file, p.env(p.auth.FileSetting), p.file)
	return p.show()
}

// client returns the application: its id and secret stand in the environment, or in the file of an earlier authorization.
func (p *program) client(host settings.TokenHost) (*oauth2.Config, error) {
	before, err := p.auth.Read(p.file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the file exists: %w. Set another one with -file", err)
	}
	id, secret := p.envPrefix()+"_CLIENT_ID", p.envPrefix()+"_CLIENT_SECRET"
	client := &oauth2.Config{
		ClientID: cmp.Or(p.getenv(id), before.ClientID), ClientSecret: cmp.Or(p.getenv(secret), before.ClientSecret),
		Endpoint:    oauth2.Endpoint{AuthURL: host.URL + p.auth.AuthPath, TokenURL: host.URL + p.auth.TokenPath, AuthStyle: oauth2.AuthStyleInParams},
		RedirectURL: p.redirect, Scopes: p.auth.Scopes,
	}
	if client.ClientID == "" || client.ClientSecret == "" || before.ClientID != "" && client.ClientID != before.ClientID && client.ClientSecret == before.ClientSecret {
		return nil, fmt.Errorf("set %s and %s to those of your application", id, secret)
	}
	return client, nil
}

// env returns the environment variable of a setting.
func (p *program) env(name string) string {
	for _, s := range p.vendor.Settings {
		if s.Name == name {
			return s.Env
		}
	}
	return name
}

// exchange gets the tokens for a code.
func (p *program) exchange(ctx context.Context, client *oauth2.Config, host settings.TokenHost, code string) (settings.Tokens, error) {
	ctx = context.WithValue(ctx, oauth2.HTTPClient, &http.Client{
		Transport: headers(host.Header), Timeout: exchangeTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	})
	got, err := client.Exchange(ctx, code)
	if err != nil {
		return settings.Tokens{}, describe(err)
	}
	tokens := settings.Tokens{ClientID: client.ClientID, ClientSecret: client.ClientSecret, AccessToken: got.AccessToken, RefreshToken: got.RefreshToken}
	if got.ExpiresIn > 0 {
		tokens.ExpiresAt = p.clock.Now().Add(time.Duration(got.ExpiresIn) * time.Second).UTC().Truncate(time.Second)
	}
	if tokens.RefreshToken == "" {
		return tokens, errors.New("the response contains no refresh token. Does the application have the scope offline_access?")
	}
	return tokens, nil
}

// describe returns what went wrong, without the answer's body: it may hold tokens.
func describe(err error) error {
	var refused *oauth2.RetrieveError
	switch {
	case !errors.As(err, &refused):
		return fmt.Errorf("cannot exchange the code for tokens: %w", err)
	case refused.ErrorCode != "":
		return fmt.Errorf("the code was rejected with HTTP %d: %s %s. Authorise the application again", refused.Response.StatusCode,
			strconv.Quote(refused.ErrorCode), strconv.Quote(refused.ErrorDescription))
	}
	return fmt.Errorf("the token endpoint returned HTTP %d without tokens. Check the environment and its settings, and authorise the application again", refused.Response.StatusCode)
}

// headers adds headers to each request.
type headers http.Header

func (h headers) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	for name, values := range h {
		req.Header[name] = values
	}
	return http.DefaultTransport.RoundTrip(req)
}

func newState() string { return rand.Text() }
