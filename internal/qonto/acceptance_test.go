package qonto_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
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
	box := acctest.NewSandbox(t, "qonto").Sandbox
	engine := workspace.ForTest(t, box.Env())
	if err := engine.CopyFiles(config); err != nil {
		t.Fatal(err)
	}
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
	c := workspace.NewLeakCheck(t, engine)
	c.PayerData = []string{secretDebitor}
	c.Credentials = map[string]string{
		"the client secret": pair.ClientSecret, "the first access token": pair.AccessToken, "the first refresh token": pair.RefreshToken,
		"the staging token": box.Env()["QONTO_STAGING_TOKEN"],
	}
	for i, variable := range engine.Env {
		if strings.HasPrefix(variable, "QONTO_ACCESS_TOKEN=") {
			engine.Env[i] = "QONTO_TOKEN_FILE=" + tokenFile
		}
	}

	c.Run(0, "init", "-no-color")
	c.Run(0, "plan", "-no-color", "-out=it.tfplan")
	c.Run(0, "apply", "-no-color", "it.tfplan")
	var renewed map[string]string
	if text, err = os.ReadFile(tokenFile); err != nil || json.Unmarshal(text, &renewed) != nil || renewed["access_token"] == pair.AccessToken {
		t.Fatalf("the token was not renewed: %v", err)
	}
	c.Credentials["the new access token"], c.Credentials["the new refresh token"] = renewed["access_token"], renewed["refresh_token"]
	c.CheckFiles("it.tfplan")

	if err := os.WriteFile(filepath.Join(engine.Dir, "main.tf"), write("F-1,F-2"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, fault := range map[string]fault.Fault{
		"a refusal": {Op: "create", Kind: fault.Echo},
		"a page":    {Op: "create", Kind: fault.HTML, Status: http.StatusForbidden, Echo: true},
	} {
		remove := box.Inject(fault)
		c.Run(1, "apply", "-no-color", "-auto-approve")
		remove()
		if len(qontosandbox.From(box).Links()) != 1 {
			t.Errorf("after %s the vendor holds %d links", name, len(qontosandbox.From(box).Links()))
		}
	}
	c.Run(0, "plan", "-no-color", "-out=it.tfplan")
	c.CheckFiles("it.tfplan")
	c.Run(0, "destroy", "-no-color", "-auto-approve")
	for _, line := range []string{"[TRACE]", "HTTP request", "/oauth2/token"} {
		if !bytes.Contains(c.Log(), []byte(line)) {
			t.Errorf("the log is not the one to look through: it lacks %q", line)
		}
	}
	if qontosandbox.From(box).Payable() != 0 {
		t.Error("a link is left")
	}
}
