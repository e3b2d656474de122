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
	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// fileBench is a bench whose provider takes its token from a file.
func fileBench(t *testing.T) (*bench, string) {
	t.Helper()
	b := newBench(t)
	path := b.tokenFile()
	b.Server = b.NewProvider(b.fromFile(path))
	return b, path
}

// held reads a token file, and plants what it holds.
func (b *bench) held(path string) map[string]string {
	b.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	out := map[string]string{}
	if err := json.Unmarshal(data, &out); err != nil {
		b.Fatal(err)
	}
	b.AddSecrets(out["client_secret"], out["access_token"], out["refresh_token"])
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

// TestTokenFileUsed: a token that is still good is used as it is.
func TestTokenFileUsed(t *testing.T) {
	t.Parallel()
	b, path := fileBench(t)
	before := b.held(path)
	state := b.Create(basket())
	b.RequireNoDrift(state, basket())
	if r := b.Sandbox.Requests()[0]; r.Header.Get("Authorization") != "Bearer "+before["access_token"] {
		t.Error("another token was sent")
	}
	b.RequireCalls("create", "get")
	if after := b.held(path); after["refresh_token"] != before["refresh_token"] {
		t.Error("the file was rewritten")
	}
}

// TestTokenRenewedEarly: two minutes before its end the token is renewed, once, and the file rewritten before it is used.
func TestTokenRenewedEarly(t *testing.T) {
	t.Parallel()
	b, path := fileBench(t)
	before := b.held(path)
	state := b.Create(basket())
	b.Clock.Advance(57 * time.Minute)
	b.ResetCalls()
	b.RequireNoDrift(state, basket())
	b.RequireCalls("get")
	b.Clock.Advance(90 * time.Second)
	old, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	b.RequireNoDrift(state, basket())
	requests := b.Sandbox.Requests()
	b.RequireCalls("token", "get")
	if renewed, err := os.Stat(path); err != nil || os.SameFile(old, renewed) {
		t.Errorf("the file was written in place, where a crash leaves half of it: %v", err)
	}
	checkRenewal(t, b, requests[0], before)
	after := b.held(path)
	if got := requests[1].Header.Get("Authorization"); got != "Bearer "+after["access_token"] || after["access_token"] == before["access_token"] {
		t.Error("not the renewed token was sent")
	}
	checkRewritten(t, b, path, before)
	alone(t, filepath.Dir(path), "tokens.json", "tokens.json.lock")
	b.RequireNoDrift(state, basket())
	b.RequireCalls("get")
	b.Clock.Advance(59 * time.Minute)
	b.RequireNoDrift(state, basket())
	b.RequireCalls("token", "get")
}

// checkRenewal: the request is the one of the contract (1.4).
func checkRenewal(t *testing.T, b *bench, r sandbox.Record, before map[string]string) {
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
	if r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" || r.Header.Get("X-Qonto-Staging-Token") != b.Sandbox.Env()["QONTO_STAGING_TOKEN"] ||
		r.Header.Get("Authorization") != "" {
		t.Errorf("headers %v", r.Header)
	}
}

// checkRewritten: the file holds new tokens, the client as it was, and when the token ends; it is for its owner alone.
func checkRewritten(t *testing.T, b *bench, path string, before map[string]string) {
	t.Helper()
	after := b.held(path)
	if after["client_id"] != before["client_id"] || after["client_secret"] != before["client_secret"] ||
		after["refresh_token"] == before["refresh_token"] || after["access_token"] == before["access_token"] {
		t.Errorf("the file holds %q", after)
	}
	ends, err := time.Parse(time.RFC3339, after["expires_at"])
	if left := ends.Sub(b.Clock.Now()); err != nil || left > time.Hour || left < time.Hour-2*time.Second {
		t.Errorf("expires_at %q is in %s, %v", after["expires_at"], left, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// TestTokenRenewedOnce after a 401, for every call, the create included.
func TestTokenRenewedOnce(t *testing.T) {
	t.Parallel()
	b, path := fileBench(t)
	before := b.held(path)
	qontosandbox.From(b.Sandbox).ExpireTokens()
	state := b.Create(basket())
	b.RequireCalls("create", "token", "create")
	b.RequirePayable(1)
	checkRewritten(t, b, path, before)

	before = b.held(path)
	qontosandbox.From(b.Sandbox).ExpireTokens()
	b.RequireNoDrift(state, basket())
	b.RequireCalls("get", "token", "get")
	checkRewritten(t, b, path, before)

	qontosandbox.From(b.Sandbox).ExpireTokens()
	if _, diags := b.Destroy(state); len(diags) > 0 {
		t.Fatal(diags)
	}
	b.RequireCalls("deactivate", "token", "deactivate")
	b.held(path)

	b.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.ExpireToken}) // whatever the token
	_, _, diags := b.ApplyConfig(protocoltest.State{}, basket())
	b.RequireErrors(diags, "", "401", "Nothing was created")
	b.RequireCalls("create", "token", "create")
	b.held(path)
}

// TestTokenRenewedForAll: ten calls at once, one renewal.
func TestTokenRenewedForAll(t *testing.T) {
	t.Parallel()
	b, path := fileBench(t)
	state := b.Create(basket())
	qontosandbox.From(b.Sandbox).ExpireTokens()
	b.ResetCalls()
	b.together(10, func(int) *protocoltest.Server { return b.Server }, state)
	if n := b.CallCount("token"); n != 1 {
		t.Errorf("%d renewals", n)
	}
	b.held(path)
}

// TestTwoProvidersOneFile: two runs at once take turns; the second finds the first one's token.
func TestTwoProvidersOneFile(t *testing.T) {
	t.Parallel()
	b, path := fileBench(t)
	state := b.Create(basket())
	servers := []*protocoltest.Server{b.Server, b.NewProvider(b.fromFile(path)), b.NewProvider(b.fromFile(path))}
	b.together(len(servers), func(i int) *protocoltest.Server { return servers[i] }, state) // each holds the token now
	qontosandbox.From(b.Sandbox).ExpireTokens()
	b.ResetCalls()
	b.together(3*len(servers), func(i int) *protocoltest.Server { return servers[i%len(servers)] }, state)
	if n := b.CallCount("token"); n != 1 {
		t.Errorf("%d renewals", n)
	}
	b.held(path)
	alone(t, filepath.Dir(path), "tokens.json", "tokens.json.lock")
}

// together refreshes a state n times at once.
func (b *bench) together(n int, server func(int) *protocoltest.Server, state protocoltest.State) {
	b.Helper()
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			after, diags := server(i).Refresh(state)
			if b.Record(diags); len(diags) > 0 || !after.Exists() {
				b.Errorf("refresh %d: %s", i, diags)
			}
		})
	}
	wg.Wait()
}
