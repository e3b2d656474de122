package qonto_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// A symlink stays one, and the file behind it is rewritten.
func TestTokenFileLinked(t *testing.T) {
	t.Parallel()
	f, path := fileFixture(t)
	before := f.held(path)
	symlink := filepath.Join(t.TempDir(), "link.json")
	if err := os.Symlink(path, symlink); err != nil {
		t.Fatal(err)
	}
	f.Server = f.NewProvider(f.fromFile(symlink))
	f.qonto().ExpireTokens()
	f.Create(basket())
	checkRewritten(t, f, path, before)
	if info, err := os.Lstat(symlink); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the symlink is gone: %v %v", info, err)
	}
	alone(t, filepath.Dir(symlink), "link.json")
}

// A file that others could read is for its owner alone once it is rewritten.
func TestTokenFileModeTightened(t *testing.T) {
	t.Parallel()
	f, path := fileFixture(t)
	before := f.held(path)
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	f.qonto().ExpireTokens()
	f.Create(basket())
	checkRewritten(t, f, path, before)
}

// The error says what to do, and shows no secret even when the answer repeats them all.
func TestRenewalRefused(t *testing.T) {
	t.Parallel()
	faults := map[string]struct {
		fault    fault.Fault
		words    []string
		renewals int // where the outcome is unknown, it is sent again
	}{
		"dead refresh token": {fault.Fault{Kind: fault.ExpireToken}, []string{"400", "invalid_grant", "uthorise"}, 1},
		"echo":               {fault.Fault{Kind: fault.Echo}, []string{"422", "invalid_request"}, 1},
		"html echo":          {fault.Fault{Kind: fault.HTML, Echo: true}, []string{"502"}, 5},
		"html as a success":  {fault.Fault{Kind: fault.HTML, Status: http.StatusOK, Echo: true}, []string{"HTML", "staging_token"}, 2},
		"no token inside":    {fault.Fault{Status: http.StatusOK, Body: `{"token_type":"bearer"}`}, []string{"access_token"}, 1},
		"dropped":            {fault.Fault{Kind: fault.Drop}, nil, 5},
	}
	for name, test := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, path := fileFixture(t)
			before := f.held(path)
			state := f.Create(basket())
			f.qonto().ExpireTokens()
			f.ResetCalls()
			test.fault.Op = "token"
			f.Sandbox.Inject(test.fault)

			after, diags := f.Refresh(state)
			f.RequireErrors(diags, "", append(test.words, "tokens.json")...)
			if !after.Raw.Equal(state.Raw) {
				t.Error("the state has changed")
			}
			_, _, diags = f.ApplyConfig(protocoltest.State{}, invoice())
			f.RequireErrors(diags, "", append(test.words, "Nothing was created", "tokens.json")...)
			after, diags = f.Destroy(state)
			f.RequireErrors(diags, "", "tokens.json", state.Text("id"))
			if !after.Exists() {
				t.Error("lost")
			}
			if n := f.CallCount("token"); n != test.renewals { // a failure stands for 30 s
				t.Errorf("%d renewals", n)
			}
			if held := f.held(path); held["refresh_token"] != before["refresh_token"] || held["access_token"] != before["access_token"] {
				t.Error("the file was rewritten")
			}
			alone(t, filepath.Dir(path), "tokens.json", "tokens.json.lock")
		})
	}
}

// Where the new tokens could not be kept, none are asked for, as that would burn the old ones.
func TestRenewalNotWritable(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	tests := map[string]string{
		"no lock beside": filepath.Join(t.TempDir(), "tokens.json"),
	}
	if err := os.Mkdir(tests["no lock beside"]+".lock", 0o700); err != nil {
		t.Fatal(err)
	}
	for name, path := range tests {
		f.writeTokens(path)
		before := f.held(path)
		f.Server = f.NewProvider(f.fromFile(path))
		f.qonto().ExpireTokens()
		f.ResetCalls()
		_, _, diags := f.ApplyConfig(protocoltest.State{}, basket())
		f.RequireErrors(diags, "", "Qonto token", "Nothing was created")
		if n := f.CallCount("token"); n > 0 {
			t.Errorf("%s: %d renewals", name, n)
		}
		if len(f.qonto().Links()) > 0 || f.held(path)["refresh_token"] != before["refresh_token"] {
			t.Errorf("%s: something has changed", name)
		}
	}
}

// Where no file beside can be made or renamed, as with a file that is mounted by itself, the file is written in place; and it stays what it
// was where the renewal fails.
func TestTokenFileInPlace(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	// 250 characters leave room for ".lock" and for no new file beside; this holds for root as well.
	path := filepath.Join(t.TempDir(), strings.Repeat("t", 250))
	f.writeTokens(path)
	before, was := f.held(path), readFile(t, path)
	f.Server = f.NewProvider(f.fromFile(path))
	f.qonto().ExpireTokens()
	remove := f.Sandbox.Inject(fault.Fault{Op: "token", Status: http.StatusServiceUnavailable})
	if _, _, diags := f.ApplyConfig(protocoltest.State{}, basket()); !diags.HasError() || readFile(t, path) != was {
		t.Errorf("the file has changed, or no error: %s", diags)
	}
	remove()
	f.Clock.Advance(time.Minute)
	f.Server = f.NewProvider(f.fromFile(path))
	f.Create(basket())
	checkRewritten(t, f, path, before)
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// While nothing is to be renewed nothing is written: neither a lock nor a new file has a place on a read-only mount. A token that is
// about to end, and cannot be renewed, is used until it has ended.
func TestTokenFileReadOnly(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	path := filepath.Join(f.TempDir(), "tokens.json")
	f.writeTokens(path)
	if err := os.Mkdir(path+".lock", 0o700); err != nil { // for root, too, no lock can be made
		t.Fatal(err)
	}
	f.Server = f.NewProvider(f.fromFile(path))
	state := f.Create(basket())
	f.Clock.Advance(59 * time.Minute)
	f.Server = f.NewProvider(f.fromFile(path))
	f.RequireNoDrift(state, basket())
	f.Clock.Advance(2 * time.Minute)
	if _, diags := f.Refresh(state); !diags.HasError() {
		t.Error("a token that has ended was used")
	} else {
		f.RequireText(diags, "cannot lock the Qonto token file")
	}
	if n := f.CallCount("token"); n > 0 {
		t.Errorf("%d renewals", n)
	}
}

// A byte order mark, as editors write it, is no part of the file; nor has it to hold a date.
func TestTokenFileForms(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(string) string{
		"byte order mark": func(text string) string { return "\xef\xbb\xbf" + text },
		"no date":         func(text string) string { return strings.Replace(text, "expires_at", "ends", 1) },
		"null date": func(text string) string {
			return strings.Replace(text, `"expires_at":`, `"expires_at":null,"ends":`, 1)
		},
	} {
		f, path := fileFixture(t)
		data, err := os.ReadFile(path)
		if err == nil {
			err = os.WriteFile(path, []byte(change(string(data))), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		f.Server = f.NewProvider(f.fromFile(path))
		if state, _, diags := f.ApplyConfig(protocoltest.State{}, basket()); len(diags) > 0 || !state.Exists() {
			t.Errorf("%s: %s", name, diags)
		}
	}
}

// A file that breaks after the provider was configured is said, and nothing is sent.
func TestTokenFileBroken(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{"text": "ory_rt_planted", "half": `{"client_id":"ory_rt_planted"`, "fields": `{"client_secret":"ory_rt_planted"}`, "gone": ""} {
		f, path := fileFixture(t)
		f.AddSecrets("ory_rt_planted")
		err := os.WriteFile(path, []byte(content), 0o600)
		if content == "" {
			err = os.Remove(path)
		}
		if err != nil {
			t.Fatal(err)
		}
		_, _, diags := f.ApplyConfig(protocoltest.State{}, basket())
		if !diags.HasError() {
			t.Errorf("%s: no error", name)
		}
		f.RequireText(diags, "tokens.json")
		f.RequireCalls()
	}
}

// Several organisations may have authorised the application whose client id a token file holds.
// A 404 is believed under a name of the account, and not otherwise.
func TestTokenFileProvesNothing(t *testing.T) {
	t.Parallel()
	for _, name := range []any{nil, "Shop"} {
		f := newFixture(t)
		settings := f.fromFile(f.tokenFile())
		settings["account"] = name
		f.Server = f.NewProvider(settings)
		state := f.Create(basket())
		f.Clock.Advance(2 * time.Minute)
		if err := f.qonto().Delete(state.Text("id")); err != nil {
			t.Fatal(err)
		}
		after, diags := f.Refresh(state)
		if after.Exists() != (name == nil) || diags.HasError() != (name == nil) {
			t.Errorf("account %v: still there %v, %s", name, after.Exists(), diags)
		}
		if name == nil {
			f.RequireErrors(diags, "", "cannot tell which account", "`account`")
			continue
		}
		settings["account"] = nil // the link's own name is what to set
		f.Server = f.NewProvider(settings)
		_, diags = f.Refresh(state)
		f.RequireErrors(diags, "", "cannot tell which account", `account = "Shop"`)
	}
}
