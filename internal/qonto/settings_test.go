package qonto_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
)

var settings = drivertest.Settings{
	Invalid: invalidSettings,
	// Where no staging token is accepted, none is sent (TestStagingTokenOfProduction).
	AsProduction: `{"no_staging_token":true}`,
	Hint:         []string{"QONTO_ACCESS_TOKEN", "QONTO_TOKEN_FILE"},
	Secrets:      []string{"planted-key", "ory_rt_planted", "ory_at_planted"},
}

func invalidSettings(f *drivertest.Fixture) map[string]drivertest.Expectation {
	dir := f.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			f.Fatal(err)
		}
		return path
	}
	good := file("good", `{"client_id":"c","client_secret":"s","access_token":"a","refresh_token":"r","expires_at":"2026-01-01T00:00:00Z"}`)
	fromFile := (&fixture{f}).fromFile
	return map[string]drivertest.Expectation{
		"no environment, no endpoint":  expect(object{"endpoint": nil}, "environment", "environment", "QONTO_ENVIRONMENT"),
		"unknown environment":          expect(object{"environment": "staging"}, "environment", "sandbox", "production"),
		"sandbox, no staging token":    expect(object{"environment": "sandbox", "staging_token": nil}, "staging_token", "QONTO_STAGING_TOKEN"),
		"no credentials":               expect(object{"access_token": nil}, "access_token", "QONTO_ACCESS_TOKEN", "token_file", "QONTO_TOKEN_FILE"),
		"two credentials":              expect(object{"token_file": good}, "access_token", "token_file"),
		"an API key":                   expect(object{"access_token": "acme-corp-1234:planted-key"}, "access_token", "API key", "OAuth"),
		"a token with a line break":    expect(object{"access_token": "ory_at_planted\n"}, "access_token", "line break"),
		"a token with a blank":         expect(object{"access_token": "Bearer ory_at_planted"}, "access_token", "a space"),
		"unknown unit":                 expect(object{"vat_rate_unit": "percentage"}, "vat_rate_unit", "percent", "fraction"),
		"no such token file":           expect(fromFile(filepath.Join(dir, "absent")), "token_file", "absent"),
		"a token file for a shell":     expect(fromFile("~/tokens.json"), "token_file", `pathexpand("~/tokens.json")`),
		"a directory as token file":    expect(fromFile(dir), "token_file", "not a regular file"),
		"a pipe as token file":         expect(fromFile(pipe(f.T, dir)), "token_file"), // and it is not waited for
		"a token file of no JSON":      expect(fromFile(file("text", "ory_rt_planted")), "token_file", "JSON", "refresh_token"),
		"a token file of an array":     expect(fromFile(file("array", `["ory_rt_planted"]`)), "token_file", "JSON"),
		"a token file of other types":  expect(fromFile(file("types", `{"client_id":"c","client_secret":"ory_rt_planted","refresh_token":"r","expires_at":3600}`)), "token_file", "expires_at"),
		"a date without a zone":        expect(fromFile(file("zone", `{"client_id":"c","client_secret":"ory_rt_planted","refresh_token":"r","expires_at":"2026-01-31T12:00:00"}`)), "token_file", "expires_at", "time zone"),
		"UTF-16":                       expect(fromFile(file("utf16", "\xff\xfe{\x00\"\x00")), "token_file", "UTF-16", "UTF-8"),
		"a secret with a line break":   expect(fromFile(file("break", `{"client_id":"c","client_secret":"ory_rt_planted\n","refresh_token":"r"}`)), "token_file", "client_secret", "line break"),
		"no client_id":                 expect(fromFile(file("id", `{"client_secret":"ory_rt_planted","refresh_token":"r"}`)), "token_file", "client_id"),
		"no client_secret":             expect(fromFile(file("secret", `{"client_id":"c","refresh_token":"ory_rt_planted"}`)), "token_file", "client_secret"),
		"no refresh_token":             expect(fromFile(file("refresh", `{"client_id":"c","client_secret":"ory_rt_planted"}`)), "token_file", "refresh_token"),
		"a token file, endpoint alone": expect(object{"access_token": nil, "token_file": good}, "token_endpoint", "QONTO_TOKEN_ENDPOINT"),
	}
}

// A token file that others can read is a warning.
func TestReadableTokenFile(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	path := f.tokenFile()
	for mode, warned := range map[os.FileMode]bool{0o600: false, 0o400: false, 0o640: true, 0o604: true, 0o644: true} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		diags := f.NewProvider(f.fromFile(path)).ConfigureDiagnostics
		if (len(diags.ForAttribute("qonto.token_file")) == 1) != warned {
			t.Errorf("mode %#o: %s", mode, diags)
		}
		if warned {
			f.RequireText(diags, "chmod 600")
		}
	}
	f.RequireCalls()
}

// fromFile are the settings of a provider whose token is in a file.
func (f *fixture) fromFile(path string) object {
	return object{"access_token": nil, "token_file": path, "token_endpoint": f.Sandbox.Env()["QONTO_TOKEN_ENDPOINT"]}
}

// tokenFile writes a file with new tokens of the sandbox.
func (f *fixture) tokenFile() string {
	f.Helper()
	path := filepath.Join(f.TempDir(), "tokens.json")
	f.writeTokens(path)
	return path
}

func (f *fixture) writeTokens(path string) {
	f.Helper()
	tokens := f.qonto().IssueTokens()
	f.AddSecrets(tokens.ClientSecret, tokens.AccessToken, tokens.RefreshToken)
	data, err := json.Marshal(map[string]any{
		"client_id": tokens.ClientID, "client_secret": tokens.ClientSecret, "access_token": tokens.AccessToken,
		"refresh_token": tokens.RefreshToken, "expires_at": tokens.ExpiresAt,
	})
	if err == nil {
		err = os.WriteFile(path, data, 0o600)
	}
	if err != nil {
		f.Fatal(err)
	}
}

// pipe makes a named pipe, where the machine can.
func pipe(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "pipe")
	if out, err := exec.Command("mkfifo", path).CombinedOutput(); err != nil {
		t.Logf("no pipes here: %v %s", err, out)
	}
	return path
}
