package qonto

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
)

// authorization is how a token file comes about (contract 1.1, 1.3, 1.4, 1.8).
var authorization = settings.Authorization{
	FileSetting: "token_file",
	AuthPath:    "/oauth2/auth", TokenPath: "/oauth2/token",
	Scopes:      []string{"offline_access", "payment_link.read", "payment_link.write"},
	RefreshLife: 90 * 24 * time.Hour,
	Host:        tokenHost,
	Read:        readTokens,
	Write:       writeTokens,
	Renew:       renewTokens,
}

// tokenHost returns where the application is authorised: by the same settings as in the provider block.
func tokenHost(setting func(string) string) (settings.TokenHost, error) {
	environment, staging := setting("environment"), setting("staging_token")
	host := settings.TokenHost{URL: cmp.Or(setting("token_endpoint"), environments[environment].token)}
	switch {
	case host.URL == "" && environment == "":
		return host, errors.New("set QONTO_ENVIRONMENT to sandbox or production. The provider never chooses between test and real money")
	case host.URL == "":
		return host, fmt.Errorf("QONTO_ENVIRONMENT is %q. Set it to sandbox or production", environment)
	case environment == sandbox && staging == "":
		return host, errors.New("set QONTO_STAGING_TOKEN: Qonto's sandbox refuses requests without a staging token")
	case staging != "" && environment != production:
		host.Header = http.Header{"X-Qonto-Staging-Token": {staging}}
	}
	return host, rest.ValidateBaseURL(host.URL)
}

// writeTokens writes a token file that another process may be using.
func writeTokens(ctx context.Context, path string, fetch func(context.Context) (settings.Tokens, error)) error {
	if resolved, err := filepath.EvalSymlinks(path); err == nil {
		path = resolved
	}
	unlock, err := lockTokens(ctx, path)
	if err != nil {
		return err
	}
	defer unlock()
	removeStaleTemps(path)
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	made := err == nil
	if made {
		err = file.Close()
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	err = replaceTokens(ctx, path, fetch)
	if err != nil && made {
		err = errors.Join(err, os.Remove(path))
	}
	return err
}

func replaceTokens(ctx context.Context, path string, fetch func(context.Context) (settings.Tokens, error)) error {
	w, err := newWriter(path)
	if err != nil {
		return err
	}
	defer w.close()
	fresh, err := fetch(ctx)
	if err != nil {
		return err
	}
	return w.commitTokens(fresh)
}

// renewTokens renews a token file as the provider does.
func renewTokens(ctx context.Context, path string, host settings.TokenHost, clk clock.Clock) error {
	resolved, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	content, err := readTokens(resolved)
	if err != nil {
		return err
	}
	config := rest.Config{BaseURL: host.URL, Header: host.Header, Clock: clk, Gate: stagingGate}
	for _, values := range host.Header {
		config.Secrets = append(config.Secrets, values...)
	}
	_, err = (&tokenFile{path: resolved, clock: clk, endpoint: config}).refreshLocked(ctx, content.AccessToken)
	return err
}
