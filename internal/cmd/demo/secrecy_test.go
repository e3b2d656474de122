package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

const secretConfig = `
terraform {
  required_providers {
    paymentlinks = { source = "paymentlinks/paymentlinks" }
  }
}

provider "paymentlinks" {
  qonto = {}
}

resource "paymentlinks_qonto_link" "invoice" {
  for_each                  = toset(split(",", "NUMBERS"))
  invoice_id                = "0199c2d4-6f0e-7a31-9c55-3b8f5d2e7a10"
  invoice_number            = each.key
  debitor_name              = "DEBITOR"
  potential_payment_methods = ["credit_card"]
  amount                    = { value = "12.50", currency = "EUR" }
}
`

// secretDebitor is payer data: it may stand in the state and in a saved plan, and nowhere else.
const secretDebitor = "Wilhelmina Planted & Sons"

// quickstartPayers is the payer data of examples/quickstart.
var quickstartPayers = []string{"Lovelace", "Elaine Benes", "elaine@example.com", "290.063.072-03", "Atelier Lumière SARL"}

// watch gathers everything that runs of a real engine leave behind or show, and searches it.
type watch struct {
	t           *testing.T
	engine      *workspace.Workspace
	trace       string
	credentials map[string]string
	payers      []string
}

// run runs the engine at the TRACE level, expects an exit code, and looks through what it printed and logged.
func (w *watch) run(want int, args ...string) {
	w.t.Helper()
	var terminal bytes.Buffer
	w.engine.Tee = &terminal
	if _, err := w.engine.Expect(w.t.Context(), want, args...); err != nil {
		w.t.Fatalf("%v: %v", args, err)
	}
	w.clean("the terminal of "+args[0], terminal.Bytes(), true)
	if want != 0 && !strings.Contains(terminal.String(), "***") {
		w.t.Errorf("nothing was masked in what %s shows, so the vendor repeated nothing:\n%s", args[0], terminal.String())
	}
	w.clean("the TRACE log of "+args[0], w.log(), true)
}

// log is what the engine and the provider have logged so far.
func (w *watch) log() []byte {
	w.t.Helper()
	log, err := os.ReadFile(w.trace)
	if err != nil {
		w.t.Fatal(err)
	}
	return log
}

// clean fails when the text holds a credential, or (where that is not its place) the payer's name.
func (w *watch) clean(where string, text []byte, payer bool) {
	w.t.Helper()
	secrets := map[string]string{}
	for name, secret := range w.credentials {
		secrets[name] = secret
	}
	if payer {
		for _, datum := range w.payers {
			secrets["payer data "+datum] = datum
		}
	}
	for name, secret := range secrets {
		for _, form := range []string{secret, url.QueryEscape(secret), strings.ReplaceAll(secret, "&", "&amp;"), strings.ReplaceAll(secret, "&", `\u0026`)} {
			if at := bytes.Index(text, []byte(form)); at >= 0 {
				w.t.Errorf("%s shows %s: ...%s...", where, name, text[max(0, at-200):min(len(text), at+len(form)+20)])
				break
			}
		}
	}
}

// files looks through the state and the saved plan, whose parts are compressed.
func (w *watch) files() {
	w.t.Helper()
	state, err := os.ReadFile(filepath.Join(w.engine.Dir, "terraform.tfstate"))
	if err != nil {
		w.t.Fatal(err)
	}
	w.clean("the state", state, false)
	parts, err := zip.OpenReader(filepath.Join(w.engine.Dir, planFile))
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = parts.Close() }() // only read
	for _, part := range parts.File {
		open, err := part.Open()
		if err != nil {
			w.t.Fatal(err)
		}
		text, err := io.ReadAll(open)
		if err != nil {
			w.t.Fatal(err)
		}
		w.clean("the saved plan's "+part.Name, text, false)
	}
}

// Credentials are in no log, message, plan or state, and payer data is in no log and message: not in the provider's and
// not in the engine's, through a token renewal, refusals that repeat what they were sent, and an HTML error page.
func TestAccSecretsStayInside(t *testing.T) {
	t.Parallel()
	config := filepath.Join(t.TempDir(), "main.tf")
	write := func(numbers string) []byte {
		return []byte(strings.NewReplacer("NUMBERS", numbers, "DEBITOR", secretDebitor).Replace(secretConfig))
	}
	if err := os.WriteFile(config, write("F-1"), 0o600); err != nil {
		t.Fatal(err)
	}
	engine, box := newFixture(t, config)
	pair := qontosandbox.From(box).IssueTokens()
	tokenFile := filepath.Join(t.TempDir(), "tokens.json")
	text, err := json.Marshal(map[string]any{
		"client_id": pair.ClientID, "client_secret": pair.ClientSecret, "access_token": pair.AccessToken,
		"refresh_token": pair.RefreshToken, "expires_at": box.Now().Add(-time.Minute),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(tokenFile, text, 0o600); err != nil {
		t.Fatal(err)
	}
	env := box.Env()
	w := &watch{t: t, engine: engine, trace: filepath.Join(t.TempDir(), "trace.log"), payers: []string{secretDebitor}, credentials: map[string]string{
		"the client secret": pair.ClientSecret, "the first access token": pair.AccessToken, "the first refresh token": pair.RefreshToken,
		"the staging token": env["QONTO_STAGING_TOKEN"],
	}}
	for i, variable := range engine.Env {
		if strings.HasPrefix(variable, "QONTO_ACCESS_TOKEN=") {
			engine.Env[i] = "QONTO_TOKEN_FILE=" + tokenFile
		}
	}
	engine.Env = append(engine.Env, "TF_LOG=TRACE", "TF_LOG_PATH="+w.trace)

	w.run(0, "init", "-no-color")
	w.run(0, "plan", "-no-color", "-out="+planFile)
	w.run(0, "apply", "-no-color", planFile)
	var renewed map[string]string
	if text, err = os.ReadFile(tokenFile); err != nil || json.Unmarshal(text, &renewed) != nil || renewed["access_token"] == pair.AccessToken {
		t.Fatalf("the token was not renewed: %v", err)
	}
	w.credentials["the new access token"], w.credentials["the new refresh token"] = renewed["access_token"], renewed["refresh_token"]
	w.files()

	if err := os.WriteFile(filepath.Join(engine.Dir, "main.tf"), write("F-1,F-2"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, fault := range map[string]fault.Fault{
		"a refusal": {Op: "create", Kind: fault.Echo},
		"a page":    {Op: "create", Kind: fault.HTML, Status: http.StatusForbidden, Echo: true},
	} {
		remove := box.Inject(fault)
		w.run(1, "apply", "-no-color", "-auto-approve")
		remove()
		if len(qontosandbox.From(box).Links()) != 1 {
			t.Errorf("after %s the vendor holds %d links", name, len(qontosandbox.From(box).Links()))
		}
	}
	w.run(0, "plan", "-no-color", "-out="+planFile)
	w.files()
	w.run(0, "destroy", "-no-color", "-auto-approve")
	for _, line := range []string{"[TRACE]", "HTTP request", "/oauth2/token"} {
		if !bytes.Contains(w.log(), []byte(line)) {
			t.Errorf("the log is not the one to look through: it lacks %q", line)
		}
	}
	if qontosandbox.From(box).Payable() != 0 {
		t.Error("a link is left")
	}
}

// The same for every vendor: what the sandbox gives as credentials, and the payers of examples/quickstart, through
// refusals and pages that repeat what they were sent.
func TestAccSecretsOfEveryVendorStayInside(t *testing.T) {
	t.Parallel()
	engine, box := newFixture(t, "quickstart/*.tf")
	w := &watch{t: t, engine: engine, trace: filepath.Join(t.TempDir(), "trace.log"), credentials: map[string]string{}, payers: quickstartPayers}
	for _, d := range descriptor.All() {
		for _, setting := range d.Credentials.Secret {
			name := d.EnvPrefix() + strings.ToUpper(setting)
			if w.credentials[name] = box.Env()[name]; w.credentials[name] == "" {
				t.Fatalf("the sandbox has no %s", name)
			}
		}
	}
	engine.Env = append(engine.Env, "TF_LOG=TRACE", "TF_LOG_PATH="+w.trace)
	w.run(0, "init", "-no-color")
	for _, fault := range []fault.Fault{{Op: "create", Kind: fault.Echo}, {Op: "create", Kind: fault.HTML, Status: http.StatusForbidden, Echo: true}} {
		remove := box.Inject(fault)
		w.run(1, "apply", "-no-color", "-auto-approve")
		remove()
	}
	w.run(0, "apply", "-no-color", "-auto-approve")
	w.run(0, "plan", "-no-color", "-out="+planFile)
	w.files()
	w.run(0, "destroy", "-no-color", "-auto-approve")
}
