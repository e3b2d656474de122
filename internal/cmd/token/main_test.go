package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/vendors"
)

// fixture is a vendor's sandbox, and the environment of somebody who has an application there.
type fixture struct {
	*testing.T
	box    *sandbox.Sandbox
	vendor settings.Object
	env    map[string]string
	file   string
	said   bytes.Buffer // everything that was printed
}

// forEachVendor runs a test for each vendor at which a person authorises applications.
func forEachVendor(t *testing.T, test func(f *fixture)) {
	t.Parallel()
	n := 0
	for _, r := range vendors.All() {
		if r.Settings.Authorization == nil {
			continue
		}
		n++
		t.Run(r.Settings.Name, func(t *testing.T) {
			t.Parallel()
			d, _ := descriptor.ByName(r.Settings.Name)
			box := sandboxtest.Serve(t, sandbox.Options{}, d.Sandbox)
			f := &fixture{T: t, box: box, vendor: r.Settings, env: box.Env(), file: filepath.Join(t.TempDir(), "tokens.json")}
			prefix := strings.ToUpper(r.Settings.Name)
			f.env[prefix+"_CLIENT_ID"], f.env[prefix+"_CLIENT_SECRET"] = vendorapi.PublicClient, vendorapi.PublicClient
			test(f)
		})
	}
	if n == 0 {
		t.Error("no vendor")
	}
}

// run runs the program to its end.
func (f *fixture) run(args ...string) error {
	f.Helper()
	ctx, cancel := context.WithCancel(f.Context())
	defer cancel()
	return f.start(ctx, strings.NewReader(""), args...)()
}

// start starts the program; the result waits for its end.
func (f *fixture) start(ctx context.Context, in io.Reader, args ...string) (wait func() error) {
	t := terminal{in: in, out: &f.said, errs: &f.said, getenv: func(name string) string { return f.env[name] }, clock: clock.System{}}
	return func() error { return run(ctx, t, vendors.All(), args) }
}

// authorize runs the program, and has somebody answer in a browser, or on paper.
func (f *fixture) authorize(answer func(page string, paste io.Writer), args ...string) error {
	f.Helper()
	keys, paste := io.Pipe()
	printed, out := io.Pipe()
	t := terminal{in: keys, out: io.MultiWriter(out, &f.said), errs: &f.said, getenv: func(name string) string { return f.env[name] }, clock: clock.System{}}
	done := make(chan error, 1)
	go func() {
		err := run(f.Context(), t, vendors.All(), append([]string{f.vendor.Name, "-file", f.file}, args...))
		_ = out.Close()
		done <- err
	}()
	lines, answered := bufio.NewScanner(printed), false
	for lines.Scan() {
		text := strings.TrimSpace(lines.Text())
		if strings.HasPrefix(text, "http") && !answered {
			answered = true
			go answer(text, paste)
		}
	}
	return <-done
}

// freeRedirect is a redirect URL on this machine, at which nothing listens.
func (f *fixture) freeRedirect() string {
	f.Helper()
	l, err := new(net.ListenConfig).Listen(f.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		f.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return fmt.Sprintf("http://%s/callback", l.Addr())
}

// consent answers the page of the sandbox; follow says whether the browser goes where it is led to.
func (f *fixture) consent(page, choice string, follow bool) (led, shown string) {
	f.Helper()
	client := &http.Client{}
	if !follow {
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	res, err := client.PostForm(page, url.Values{"consent": {choice}})
	if err != nil {
		f.Error(err)
		return "", ""
	}
	defer func() { _ = res.Body.Close() }()
	body, _ := io.ReadAll(res.Body)
	return res.Header.Get("Location"), string(body)
}

// requireUsable has the provider make a link with the file.
func (f *fixture) requireUsable() {
	f.Helper()
	if info, err := os.Stat(f.file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		f.Fatalf("%v %v", info, err)
	}
	d, _ := descriptor.ByName(f.vendor.Name)
	config := descriptor.Object{f.vendor.Authorization.FileSetting: f.file}
	for _, s := range f.vendor.Settings {
		if value := f.env[s.Env]; value != "" && !s.Credential {
			config[s.Name] = value
		}
	}
	server := protocoltest.Start(f, protoserver.New(vendors.Provider("test")), descriptor.Object{f.vendor.Name: config})
	if state, _, diags := server.ApplyConfig(protocoltest.State{}, d.ResourceType(), d.Config); diags.HasError() || !state.Exists() {
		f.Fatalf("%s %s", server.ConfigureDiagnostics, diags)
	}
}

// requireNoSecrets expects that nothing of the file was printed.
func (f *fixture) requireNoSecrets() settings.Tokens {
	f.Helper()
	tokens, err := f.vendor.Authorization.Read(f.file)
	if err != nil {
		f.Fatal(err)
	}
	for _, secret := range []string{tokens.AccessToken, tokens.RefreshToken} {
		if secret == "" || strings.Contains(f.said.String(), secret) {
			f.Errorf("a token is missing, or was printed:\n%s", f.said.String())
		}
	}
	return tokens
}

// In a browser that reaches this machine, and by pasting where it does not: the provider can use the file, which renew renews.
func TestAuthorize(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		err := f.authorize(func(page string, _ io.Writer) {
			res, err := http.Get(page)
			if err != nil || res.StatusCode != http.StatusOK {
				f.Errorf("%v %v", res, err)
			}
			_ = res.Body.Close()
			asked, _ := url.Parse(page)
			if scopes := asked.Query().Get("scope"); scopes != strings.Join(f.vendor.Authorization.Scopes, " ") || len(asked.Query().Get("state")) < 20 {
				f.Errorf("scopes %q", scopes)
			}
			if res, err := http.Get(asked.Query().Get("redirect_uri") + "?code=x&state=of+somebody+else"); err != nil || res.StatusCode != http.StatusBadRequest {
				f.Errorf("a foreign redirect: %v %v", res, err)
			}
			if _, shown := f.consent(page, "allow", true); !strings.Contains(shown, "is authorised") {
				f.Errorf("the browser shows %q", shown)
			}
		}, "-redirect", f.freeRedirect())
		if err != nil {
			f.Fatal(err, f.said.String())
		}
		f.requireUsable()
		first := f.requireNoSecrets()
		if err := f.run("renew", "-file", f.file); err != nil {
			f.Fatal(err)
		}
		second := f.requireNoSecrets()
		if second.AccessToken == first.AccessToken || second.ClientSecret != first.ClientSecret {
			f.Error("nothing was renewed")
		}
		f.requireUsable()
		f.said.Reset()
		if err := f.run("show", "-file", f.file); err != nil || !strings.Contains(f.said.String(), "expires at "+second.ExpiresAt.UTC().Format(timeForm)) {
			f.Errorf("%v %s", err, f.said.String())
		}

		// Again over the same file, by pasting; its client is used, and an https URL is not listened to.
		delete(f.env, strings.ToUpper(f.vendor.Name)+"_CLIENT_ID")
		delete(f.env, strings.ToUpper(f.vendor.Name)+"_CLIENT_SECRET")
		err = f.authorize(func(page string, paste io.Writer) {
			led, _ := f.consent(page, "allow", false)
			for _, text := range []string{"", "https://app.example/back", led} {
				if _, err := io.WriteString(paste, text+"\n"); err != nil {
					f.Error(err)
				}
			}
		}, "-redirect", "https://app.example/back")
		if err != nil || !strings.Contains(f.said.String(), "Paste it again") {
			f.Fatal(err, f.said.String())
		}
		if third := f.requireNoSecrets(); third.AccessToken == second.AccessToken {
			f.Error("nothing was written")
		}
	})
}

// What cannot be done writes nothing and says what to do.
func TestAuthorizeFails(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		prefix := strings.ToUpper(f.vendor.Name)
		allow := func(page string, _ io.Writer) { f.consent(page, "allow", true) }
		for name, tc := range map[string]struct {
			answer func(page string, paste io.Writer)
			fault  *fault.Fault
			words  string
		}{
			"denied":       {answer: func(page string, _ io.Writer) { f.consent(page, "deny", true) }, words: "access_denied"},
			"refused":      {answer: allow, fault: &fault.Fault{Kind: fault.ExpireToken, Op: "token"}, words: "Authorise the application again"},
			"an HTML page": {answer: allow, fault: &fault.Fault{Kind: fault.HTML, Op: "token"}, words: "without tokens"},
			"no answer":    {answer: allow, fault: &fault.Fault{Kind: fault.Drop, Op: "token"}, words: "cannot exchange the code"},
		} {
			remove := func() {}
			if tc.fault != nil {
				remove = f.box.Inject(*tc.fault)
			}
			err := f.authorize(tc.answer, "-redirect", f.freeRedirect())
			remove()
			if err == nil || !strings.Contains(err.Error(), tc.words) {
				f.Errorf("%s: %v", name, err)
			}
			if _, err := os.Stat(f.file); err == nil {
				f.Errorf("%s: a file was written", name)
			}
		}
		for name, tc := range map[string]struct {
			without, with, content string
			args                   []string
			words                  string
		}{
			"no client":            {without: prefix + "_CLIENT_ID", words: prefix + "_CLIENT_ID"},
			"no secret":            {without: prefix + "_CLIENT_SECRET", words: prefix + "_CLIENT_SECRET"},
			"no host":              {without: prefix + "_TOKEN_ENDPOINT", words: prefix + "_ENVIRONMENT"},
			"not a token file":     {content: "hello", words: "Set another one"},
			"not a redirect":       {args: []string{"-redirect", "callback"}, words: "absolute URL"},
			"nothing to listen to": {args: []string{"-redirect", f.env[prefix+"_TOKEN_ENDPOINT"]}, words: "cannot listen"},
			"no flag":              {args: []string{"more"}, words: "unexpected argument"},
		} {
			kept := f.env[tc.without]
			delete(f.env, tc.without)
			if tc.content != "" {
				if err := os.WriteFile(f.file, []byte(tc.content), 0o600); err != nil {
					f.Fatal(err)
				}
			}
			if err := f.run(append([]string{f.vendor.Name, "-file", f.file}, tc.args...)...); err == nil || !strings.Contains(err.Error(), tc.words) {
				f.Errorf("%s: %v", name, err)
			}
			if tc.without != "" {
				f.env[tc.without] = kept
			}
			_ = os.Remove(f.file)
		}
		for _, command := range []string{"renew", "show"} {
			if err := f.run(command, "-file", f.file); err == nil || !strings.Contains(err.Error(), "no such file") {
				f.Errorf("%s: %v", command, err)
			}
		}
		if err := f.run("unknown"); err == nil || !strings.Contains(err.Error(), "unknown command") {
			f.Error(err)
		}
	})
}

// Without a command it says how it is called, and -version what it is.
func TestUsage(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		if err := f.run(); err != nil || !strings.Contains(f.said.String(), "paymentlinks-token "+f.vendor.Name) {
			f.Errorf("%v %s", err, f.said.String())
		}
		f.said.Reset()
		if err := f.run("-version"); err != nil || !strings.Contains(f.said.String(), version) {
			f.Errorf("%v %s", err, f.said.String())
		}
	})
}
