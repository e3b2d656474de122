package qonto

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/gofrs/flock"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
)

const (
	// refreshMargin is how long before its end a token is refreshed; it lives for an hour (contract 1.4).
	refreshMargin = 2 * time.Minute
	// renewalTimeout is that of one attempt to renew a token: a lost answer leaves 60 seconds for another one (contract 1.4).
	renewalTimeout = 20 * time.Second
	// lockTimeout is how long another run may hold a lock: longer than it takes to renew a token, and shorter than a read.
	lockTimeout = 110 * time.Second
	// lockPoll is how often a lock that another run holds is tried again.
	lockPoll = 50 * time.Millisecond
	// tempSuffix follows the token file's name in that of the file that is being written.
	tempSuffix = ".new-"
)

// credential is a token, or a file with tokens.
var credential = settings.Credential{
	Vendor: "Qonto", Alone: "access_token", Together: []string{"token_file"},
	None:        "No credentials are set for Qonto.",
	NoneSet:     []string{"access_token", "token_file"},
	WhichToKeep: "Keep one.",
}

// newAuth returns the source of tokens that the settings describe. endpoint is where a token file's are refreshed.
func newAuth(v settings.Values, base rest.Config, endpoint string) (auth.Source, diag.Diagnostics) {
	if token := v.Text("access_token"); token != "" {
		return auth.Static(token), nil
	}
	f, diags := openTokenFile(v, base, endpoint)
	if diags.HasError() {
		return nil, diags
	}
	return auth.NewRefreshing(f.fetch, refreshMargin, f.clock), diags
}

// tokenFile refreshes the token in a file. Each renewal makes the old refresh token worthless (contract 1.4), so the
// file is rewritten before the new token is used, and two runs at once take turns.
type tokenFile struct {
	path     string // the file itself, links followed
	clock    clock.Clock
	endpoint rest.Config
}

// openTokenFile returns a token file that it has read once, so that what is wrong with it shows before anything is asked of Qonto.
func openTokenFile(v settings.Values, base rest.Config, endpoint string) (*tokenFile, diag.Diagnostics) {
	var diags diag.Diagnostics
	at := v.Path("token_file")
	if endpoint == "" {
		diags.Append(v.MissingError("With `endpoint` set, the token endpoint is not known.", "token_endpoint"))
		return nil, diags
	}
	resolved, err := filepath.EvalSymlinks(v.Text("token_file"))
	if err != nil {
		hint := err.Error() + ". Check the path and the permissions of the file."
		if path := v.Text("token_file"); strings.HasPrefix(path, "~") { // which a shell would have found
			hint = fmt.Sprintf("%s. Terraform does not expand ~: set token_file = pathexpand(%q), or the full path.", err, path)
		}
		diags.AddAttributeError(at, "Cannot read the token file", hint)
		return nil, diags
	}
	f := &tokenFile{path: resolved, clock: base.Clock, endpoint: base}
	f.endpoint.BaseURL = endpoint
	if _, err := rest.New(f.endpoint); err != nil {
		diags.AddAttributeError(v.Path("token_endpoint"), "Invalid URL", "`token_endpoint`: "+err.Error()+".")
		return nil, diags
	}
	if _, err := readTokens(f.path); err != nil {
		diags.AddAttributeError(at, "Cannot read the token file", err.Error()+". Store the tokens that Qonto issued when the application was authorised.")
		return nil, diags
	}
	if info, err := os.Stat(resolved); err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		diags.AddAttributeWarning(at, "Token file is readable by others",
			fmt.Sprintf("%s has mode %#o. Anyone who can read it can act on your behalf. Restrict it with chmod 600.", resolved, info.Mode().Perm()))
	}
	return f, diags
}

// fetch returns the token in the file, refreshed when it was rejected or is about to end. Without that nothing is locked: a read-only
// file will do. Another run may have refreshed it meanwhile: the file is read again under the lock.
func (f *tokenFile) fetch(ctx context.Context, rejected string) (auth.Token, error) {
	content, err := readTokens(f.path)
	if err != nil || isUsable(content, rejected, f.clock.Now().Add(refreshMargin)) {
		return tokenIn(content), err
	}
	fresh, err := f.refreshLocked(ctx, rejected)
	if _, sent := rest.AsError(err); err != nil && !sent && isUsable(content, rejected, f.clock.Now()) && ctx.Err() == nil {
		return tokenIn(content), nil // nothing can be written here, and it has not ended yet
	}
	return fresh, err
}

func tokenIn(content settings.Tokens) auth.Token {
	return auth.Token{Value: content.AccessToken, Expires: content.ExpiresAt}
}

func (f *tokenFile) refreshLocked(ctx context.Context, rejected string) (auth.Token, error) {
	unlock, err := lockTokens(ctx, f.path)
	if err != nil {
		return auth.Token{}, err
	}
	defer unlock()

	content, err := readTokens(f.path)
	if err != nil || isUsable(content, rejected, f.clock.Now().Add(refreshMargin)) {
		return tokenIn(content), err
	}
	return f.refresh(ctx, content)
}

// lockTokens waits for the lock of a token file, in which it writes for others who holds it.
func lockTokens(ctx context.Context, path string) (unlock func(), err error) {
	path += ".lock"
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() { // a pipe would be waited for
		return nil, fmt.Errorf("cannot lock the Qonto token file: %s is not a regular file. Remove it", path)
	}
	lock := flock.New(path)
	ctx, cancel := context.WithTimeout(ctx, lockTimeout)
	defer cancel()
	if _, err := lock.TryLockContext(ctx, lockPoll); err != nil {
		if ctx.Err() != nil { // it was there to be locked
			holder, _ := os.ReadFile(path)
			err = fmt.Errorf("%s holds %s. Wait for that process to end, or end it: %w", cmp.Or(strings.TrimSpace(string(holder)), "another process"), path, err)
		}
		return nil, fmt.Errorf("cannot lock the Qonto token file: %w", err)
	}
	host, _ := os.Hostname()
	_ = os.WriteFile(path, fmt.Appendf(nil, "process %d on %s\n", os.Getpid(), host), 0o600) // the lock holds without it
	return func() {
		_ = os.Truncate(path, 0)
		_ = lock.Unlock() // closing the file unlocks it in any case
	}, nil
}

// refresh asks for new tokens and writes them. The place to write to is made first: once Qonto has answered, the old
// refresh token is worth nothing after a minute.
func (f *tokenFile) refresh(ctx context.Context, old settings.Tokens) (auth.Token, error) {
	removeStaleTemps(f.path)
	w, err := newWriter(f.path)
	if err != nil {
		return auth.Token{}, fmt.Errorf("the Qonto token must be renewed, but the token file cannot be rewritten: %w", err)
	}
	defer w.close()

	fresh, err := f.request(ctx, old)
	if err != nil {
		advice := "If the problem persists, authorise the application again and store the new tokens in the file"
		if failed, ok := rest.AsError(err); ok && failed.Gated {
			advice = strings.TrimSuffix(failed.Hint, ".")
		}
		return auth.Token{}, fmt.Errorf("cannot renew the Qonto token in %s: %w. %s", f.path, err, advice)
	}
	if err := w.commitTokens(fresh); err != nil {
		return auth.Token{}, fmt.Errorf("the Qonto token was renewed, but cannot be written to %s: %w. Authorise the application again", f.path, err)
	}
	return tokenIn(fresh), nil
}

// removeStaleTemps removes the files of runs that were killed while they wrote. Whoever holds the lock is the only one to write,
// so that no such file is in use; one that cannot be removed does no harm.
func removeStaleTemps(path string) {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return
	}
	for _, entry := range entries {
		if entry.Type().IsRegular() && strings.HasPrefix(entry.Name(), filepath.Base(path)+tempSuffix) {
			_ = os.Remove(filepath.Join(filepath.Dir(path), entry.Name()))
		}
	}
}

// request sends the refresh (contract 1.4). The staging token goes along, as in the sandbox it must. When the answer is lost it is sent
// again with the same refresh token, which lives on for a minute: an attempt is short enough for another one within it.
func (f *tokenFile) request(ctx context.Context, old settings.Tokens) (settings.Tokens, error) {
	config := f.endpoint
	config.Auth, config.RequestTimeout = nil, min(cmp.Or(config.RequestTimeout, renewalTimeout), renewalTimeout)
	config.Secrets = append([]string{old.ClientSecret, old.RefreshToken, old.AccessToken}, config.Secrets...)
	api, err := rest.New(config)
	if err != nil {
		return settings.Tokens{}, err
	}
	var got struct {
		lenient.Unread        // the other fields cost no token
		AccessToken    string `json:"access_token"`
		RefreshToken   string `json:"refresh_token"`
		ExpiresIn      int64  `json:"expires_in"`
	}
	_, err = api.Do(ctx, rest.Request{
		Method: http.MethodPost,
		Path:   []string{"oauth2", "token"},
		Form: url.Values{
			"grant_type":    {"refresh_token"},
			"refresh_token": {old.RefreshToken},
			"client_id":     {old.ClientID},
			"client_secret": {old.ClientSecret},
		},
		Out:           &got,
		Idempotent:    true,
		AnswersTokens: true,
	})
	if err != nil {
		return settings.Tokens{}, err
	}
	if got.AccessToken == "" {
		return settings.Tokens{}, errors.New("the response contains no access_token")
	}
	fresh := old
	fresh.AccessToken, fresh.ExpiresAt = got.AccessToken, time.Time{}
	if got.RefreshToken != "" {
		fresh.RefreshToken = got.RefreshToken
	}
	if got.ExpiresIn > 0 {
		fresh.ExpiresAt = f.clock.Now().Add(auth.Lifetime(float64(got.ExpiresIn))).UTC().Truncate(time.Second)
	}
	return fresh, nil
}
