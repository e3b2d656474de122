package qonto_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// fileFixture is a bench whose provider takes its token from a file.
func fileFixture(t *testing.T) (*fixture, string) {
	t.Helper()
	f := newFixture(t)
	path := f.tokenFile()
	f.Server = f.NewProvider(f.fromFile(path))
	return f, path
}

// held reads a token file, and plants what it holds.
func (f *fixture) held(path string) map[string]string {
	f.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	out := map[string]string{}
	if err := json.Unmarshal(data, &out); err != nil {
		f.Fatal(err)
	}
	f.AddSecrets(out["client_secret"], out["access_token"], out["refresh_token"])
	return out
}

// alone: nothing but these files is left in the directory.
func alone(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("the directory holds %q, want %q", got, want)
	}
}

// A token that is still good is used as it is.
func TestTokenFileUsed(t *testing.T) {
	t.Parallel()
	f, path := fileFixture(t)
	before := f.held(path)
	state := f.Create(basket())
	f.RequireNoDrift(state, basket())
	if r := f.Sandbox.Requests()[0]; r.Header.Get("Authorization") != "Bearer "+before["access_token"] {
		t.Error("another token was sent")
	}
	f.RequireCalls("create", "get")
	if after := f.held(path); after["refresh_token"] != before["refresh_token"] {
		t.Error("the file was rewritten")
	}
}

// Two minutes before its end the token is renewed, once, and the file rewritten before it is used.
func TestTokenRenewedEarly(t *testing.T) {
	t.Parallel()
	f, path := fileFixture(t)
	before := f.held(path)
	state := f.Create(basket())
	f.Clock.Advance(57 * time.Minute)
	f.ResetCalls()
	f.RequireNoDrift(state, basket())
	f.RequireCalls("get")
	f.Clock.Advance(90 * time.Second)
	kept, err := os.Open(path) // so that its inode is not used again
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = kept.Close() }()
	old, err := kept.Stat()
	if err != nil {
		t.Fatal(err)
	}
	f.RequireNoDrift(state, basket())
	requests := f.Sandbox.Requests()
	f.RequireCalls("token", "get")
	if renewed, err := os.Stat(path); err != nil || os.SameFile(old, renewed) {
		t.Errorf("the file was written in place, where a crash leaves half of it: %v", err)
	}
	checkRenewal(t, f, requests[0], before)
	after := f.held(path)
	if got := requests[1].Header.Get("Authorization"); got != "Bearer "+after["access_token"] || after["access_token"] == before["access_token"] {
		t.Error("not the renewed token was sent")
	}
	checkRewritten(t, f, path, before)
	alone(t, filepath.Dir(path), "tokens.json", "tokens.json.lock")
	f.RequireNoDrift(state, basket())
	f.RequireCalls("get")
	f.Clock.Advance(59 * time.Minute)
	f.RequireNoDrift(state, basket())
	f.RequireCalls("token", "get")
}

// checkRenewal: the request is the one of contract 1.4.
func checkRenewal(t *testing.T, f *fixture, r sandbox.Record, before map[string]string) {
	t.Helper()
	form, err := url.ParseQuery(string(r.Body))
	if err != nil {
		t.Fatal(err)
	}
	want := url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {before["refresh_token"]},
		"client_id": {before["client_id"]}, "client_secret": {before["client_secret"]},
	}
	if form.Encode() != want.Encode() {
		t.Errorf("form %s, want %s", form.Encode(), want.Encode())
	}
	if r.Method != http.MethodPost || r.Path != "/oauth2/token" || len(r.Query) > 0 {
		t.Errorf("%s %s?%s", r.Method, r.Path, r.Query.Encode())
	}
	if r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" || r.Header.Get("X-Qonto-Staging-Token") != f.Sandbox.Env()["QONTO_STAGING_TOKEN"] ||
		r.Header.Get("Authorization") != "" {
		t.Errorf("headers %v", r.Header)
	}
}

// checkRewritten: the file holds new tokens, the client as it was, and when the token ends; it is for its owner alone.
func checkRewritten(t *testing.T, f *fixture, path string, before map[string]string) {
	t.Helper()
	after := f.held(path)
	if after["client_id"] != before["client_id"] || after["client_secret"] != before["client_secret"] ||
		after["refresh_token"] == before["refresh_token"] || after["access_token"] == before["access_token"] {
		t.Errorf("the file holds %q", after)
	}
	ends, err := time.Parse(time.RFC3339, after["expires_at"])
	if left := ends.Sub(f.Clock.Now()); err != nil || left > time.Hour || left < time.Hour-2*time.Second {
		t.Errorf("expires_at %q is in %s, %v", after["expires_at"], left, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// A 401 renews the token once, for every call, the create included.
func TestTokenRenewedOnce(t *testing.T) {
	t.Parallel()
	f, path := fileFixture(t)
	before := f.held(path)
	f.qonto().ExpireTokens()
	state := f.Create(basket())
	f.RequireCalls("create", "token", "create")
	f.RequirePayable(1)
	checkRewritten(t, f, path, before)

	before = f.held(path)
	f.qonto().ExpireTokens()
	f.RequireNoDrift(state, basket())
	f.RequireCalls("get", "token", "get")
	checkRewritten(t, f, path, before)

	f.qonto().ExpireTokens()
	if _, diags := f.Destroy(state); len(diags) > 0 {
		t.Fatal(diags)
	}
	f.RequireCalls("deactivate", "token", "deactivate")
	f.held(path)

	f.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.ExpireToken}) // whatever the token
	_, _, diags := f.ApplyConfig(protocoltest.State{}, basket())
	f.RequireErrors(diags, "", "401", "Nothing was created")
	f.RequireCalls("create", "token", "create")
	f.held(path)
}

// together refreshes a state n times at once.
func (f *fixture) together(n int, server func(int) *protocoltest.Server, state protocoltest.State) {
	f.Helper()
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			after, diags := server(i).Refresh(state)
			if f.Record(diags); len(diags) > 0 || !after.Exists() {
				f.Errorf("refresh %d: %s", i, diags)
			}
		})
	}
	wg.Wait()
}
