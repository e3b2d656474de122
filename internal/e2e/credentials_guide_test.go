package e2e_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

const credentials = "templates/guides/credentials.md"

// TestAccCredentialsGuide runs the commands of credentials.md as they stand.
func TestAccCredentialsGuide(t *testing.T) {
	b := pasted(t, credentials, 6)
	runAll(t, map[string]func(*fixture){
		"plan without a vendor": func(f *fixture) { testPlanWithoutVendor(f, b[0].text) },
		"first tokens":          func(f *fixture) { testFirstTokens(f, b[1].text, b[2].text, b[3].text) },
		"GitHub":                func(f *fixture) { testTokenPipeline(f, b[4]) },
		"GitLab":                func(f *fixture) { testTokenPipeline(f, b[5]) },
	})
}

// A plan from the state needs no credentials, and asks no vendor.
func testPlanWithoutVendor(f *fixture, lines string) {
	f.declare(links(nil))
	f.paste("terraform init\nterraform apply")
	changes := map[string]object{}
	for _, d := range descriptor.All() {
		changes[d.Name] = d.Change
	}
	f.declare(links(changes))
	f.box.ResetRequests()
	secrets := workspace.SecretsIn(f.box.Env())
	f.w.Env = slices.DeleteFunc(slices.Clone(f.w.Env), func(pair string) bool {
		name, value, _ := strings.Cut(pair, "=")
		return slices.Contains(secrets, value) || strings.HasSuffix(name, "_CLIENT_ID")
	})
	n := len(descriptor.All())
	f.requireText(f.paste(lines), fmt.Sprintf("%d to add, 0 to change, %d to destroy", n, n))
	if asked := f.box.Requests(); len(asked) > 0 {
		f.Errorf("a plan from the state asked %d times, first %s %s", len(asked), asked[0].Method, asked[0].Path)
	}
}

// tokenFileVendor is a vendor with tokens in a file, which is its only credential then.
func (f *fixture) tokenFileVendor() descriptor.Descriptor {
	f.Helper()
	vendors := descriptor.All()
	d := vendors[slices.IndexFunc(vendors, func(d descriptor.Descriptor) bool { return d.Token != nil && d.Token.File != "" })]
	f.w.Env = withoutVariables(f.w.Env, d.EnvPrefix()+"ACCESS_TOKEN")
	return d
}

// From an application's id and secret to a plan, with somebody who allows it in a browser; the file is as the page shows it.
func testFirstTokens(f *fixture, authorize, use, shown string) {
	d := f.tokenFileVendor()
	if err := workspace.Build(f.Context(), filepath.Join(f.w.Dir, "bin", "paymentlinks-token"), "./internal/cmd/token"); err != nil {
		f.Fatal(err)
	}
	home := f.TempDir()
	f.w.Env = append(f.w.Env, "HOME="+home)
	application := firstMatch(f.T, guide(f.T, filepath.Base(credentials)), "whose id and secret are both `(\\w+)`")
	authorize = f.replaced(authorize, "export "+d.EnvPrefix()+"ENVIRONMENT=production\n", "") // as the page says of the sandbox
	authorize = f.replaced(f.replaced(authorize, "=...", "="+application), ".json\n", ".json -redirect http://"+freeAddress(f.T)+"/callback\n")

	program := f.person(authorize)
	program.Stderr = f.Output()
	printed, err := program.StdoutPipe()
	if err != nil {
		f.Fatal(err)
	}
	if err := program.Start(); err != nil {
		f.Fatal(err)
	}
	for lines := bufio.NewScanner(printed); lines.Scan(); {
		page := strings.TrimSpace(lines.Text())
		if !strings.HasPrefix(page, "http") {
			continue
		}
		answer, err := http.PostForm(page, url.Values{"consent": {"allow"}})
		if err != nil {
			f.Fatal(err)
		}
		_ = answer.Body.Close()
	}
	if err := program.Wait(); err != nil {
		f.Fatal(err)
	}

	f.declare(payableLink(d))
	f.requireText(f.paste("terraform init\n"+use+"paymentlinks-token renew"), "1 to add")
	var want, got map[string]any
	text, err := os.ReadFile(filepath.Join(home, strings.TrimPrefix(firstMatch(f.T, use, `=~/(\S+)`), "/")))
	if err != nil || json.Unmarshal(text, &got) != nil || json.Unmarshal([]byte(shown), &want) != nil {
		f.Fatalf("the file: %v", err)
	}
	if have, page := slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)); !slices.Equal(have, page) {
		f.Errorf("the file has %q, the page shows %q", have, page)
	}
}

// freeAddress is one of this machine at which nothing listens, and below the ports that the system gives to others meanwhile.
func freeAddress(t *testing.T) string {
	t.Helper()
	for {
		listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", fmt.Sprintf("127.0.0.1:%d", 20_000+rand.IntN(12_000)))
		if err == nil {
			defer func() { _ = listener.Close() }()
			return listener.Addr().String()
		}
		if t.Context().Err() != nil {
			t.Fatal(err)
		}
	}
}

// A pipeline fetches the tokens, renews them while it applies, and stores them; the next one works with what was stored.
func testTokenPipeline(f *fixture, workflow block) {
	requirePrograms(f.T, "cmp")
	d := f.tokenFileVendor()
	vendor, _ := f.box.Vendor(d.Name)
	store := f.TempDir()
	settings, err := d.Token.Settings(vendor, store)
	if err != nil {
		f.Fatal(err)
	}
	secret := filepath.Join(store, firstMatch(f.T, workflow.text, `(\w+-tokens)`))
	if err := os.Rename(settings[d.Token.File].(string), secret); err != nil {
		f.Fatal(err)
	}
	f.program("aws", "case \"$2\" in\nget-secret-value) cat '"+store+"'/\"$4\" ;;\nput-secret-value) cp \"${6#file://}\" '"+store+"'/\"$4\" ;;\nesac")
	f.script("ci/secret-get", "cat '"+store+"'/\"$1\"")
	f.script("ci/secret-put", "cat > '"+store+"'/\"$1\"")
	variable, file := firstMatch(f.T, workflow.text, `(\w+_TOKEN_FILE): `), firstMatch(f.T, workflow.text, `_TOKEN_FILE: .*/(\S+)`)
	f.w.Env = append(f.w.Env, variable+"="+filepath.Join(f.w.Dir, file), "RUNNER_TEMP="+f.TempDir())
	f.declare(payableLink(d))
	read := func() string {
		text, err := os.ReadFile(secret)
		if err != nil {
			f.Fatal(err)
		}
		return string(text)
	}
	steps := strings.Join(workflow.steps(), "\n")
	before := read()
	d.Token.Expire(vendor)
	f.requireText(f.paste(steps), "1 added")
	after := read()
	if after == before {
		f.Error("the renewed tokens were not stored")
	}
	f.requireText(f.paste(steps), "0 added, 0 changed, 0 destroyed")
	if read() != after {
		f.Error("tokens were stored that nobody renewed")
	}
	f.requireOpen(d, 1)
}
