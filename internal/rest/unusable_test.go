package rest_test

import (
	"net/http"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact/redacttest"
)

type stored struct {
	lenient.Unread
	Label string `json:"label"`
	Other string `json:"other"`
	Parts []struct {
		Text string `json:"text"`
	} `json:"parts"`
}

// What a success holds of a credential, in any spelling, or of a terminal's control, counts as left out; the rest of the answer is used.
func TestUnusableTexts(t *testing.T) {
	t.Parallel()
	secret, token := redacttest.Secrets[0], redacttest.Secrets[1]
	bad := map[string]string{
		"escape": `x\u001b[2J`, "C1": "x\u009b31m", "C1, escaped": `x\u009b31m`, "delete": "x\x7f", "bell": `\u0007`, "backspace": `ab\b\b`, "NUL": `a\u0000b`,
	}
	for name, spell := range redacttest.Spellings {
		bad[name] = redacttest.Spellings["JSON"](spell(secret))
		bad[name+", token"] = redacttest.Spellings["JSON"]("https://x.test/?k=" + spell(token) + "&y")
	}
	for name, text := range bad {
		server := newServer(t, respondJSON(200, `{"label":"`+text+`","other":"good","parts":[{"text":"good"}]}`), respondJSON(200, `[{"label":"good","parts":[{"text":"`+text+`"}]}]`))
		client := server.client(t, func(c *rest.Config) {
			c.Auth, c.Secrets, c.Header = auth.Static(token), []string{secret}, http.Header{"X-Api-Key": {secret}}
		})
		var out stored
		if _, err := client.Do(t.Context(), rest.Request{Path: []string{"links"}, Out: &out}); err != nil {
			t.Fatal(err)
		}
		if out.Label != "" || out.Other != "good" || len(out.Parts) != 1 || out.CouldRead("label") {
			t.Errorf("%s: %+v", name, out)
		}
		list, err := rest.Collect[stored](t.Context(), client, rest.Request{Path: []string{"links"}}, "")
		if err != nil || len(list) != 1 || list[0].Label != "good" || list[0].Parts[0].Text != "" || list[0].CouldRead("parts") {
			t.Errorf("%s: %+v %v", name, list, err)
		}
	}
}

// What is no such text stays: part of a credential, a short one, line ends, other alphabets.
func TestUsableTexts(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"sandbox", "test", `a\nb\tc\r\n`, "\u05d0\u200f\u200d", "sandbox-api", `\u00e4`, `\\u001b`} {
		server := newServer(t, respondJSON(200, `{"label":"`+text+`"}`))
		client := server.client(t, func(c *rest.Config) { c.Secrets = []string{"sandbox-api-key", "test"} })
		var out stored
		if _, err := client.Do(t.Context(), rest.Request{Path: []string{"links"}, Out: &out}); err != nil || out.Label == "" {
			t.Errorf("%q: %+v %v", text, out, err)
		}
	}
}
