package rest_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

func TestValidateBaseURL(t *testing.T) {
	t.Parallel()
	tests := map[string]string{ // the address, and what the error says; "" for a good one
		"https://api.example.com":                 "",
		"https://api.example.com:8443/sandbox/":   "",
		"HTTPS://api.example.com":                 "",
		"http://localhost:8080":                   "",
		"http://127.0.0.1:8080/v2":                "",
		"http://127.8.9.1":                        "",
		"http://[::1]:8080":                       "",
		"http://api.example.com":                  "https://",
		"http://localhost.example.com":            "https://",
		"http://10.0.0.1":                         "https://",
		"":                                        "absolute",
		"api.example.com":                         "absolute",
		"/v2":                                     "absolute",
		"https://":                                "absolute",
		"https://:8080":                           "absolute",
		"ftp://api.example.com":                   "absolute",
		"https:api.example.com":                   "absolute",
		"https://user:hunter2@api.example.com":    "user or password",
		"https://hunter2@api.example.com":         "user or password",
		"https://api.example.com?key=hunter2":     "query",
		"https://api.example.com?":                "query",
		"https://api.example.com/#hunter2":        "fragment",
		"https://api.example.com/#":               "fragment",
		"https://api.example.com/a/../b":          ". or ..",
		"https://api.example.com/%2e%2e/b":        ". or ..",
		"https://user:hunter2":                    "malformed",
		"https://api.exa mple.com":                "malformed",
		"https://api.example.com:hunter2@x/\x7fy": "malformed",
	}
	for address, want := range tests {
		err := rest.ValidateBaseURL(address)
		if _, newErr := rest.New(rest.Config{BaseURL: address}); (newErr == nil) != (err == nil) {
			t.Errorf("%q: New says %v, ValidateBaseURL %v", address, newErr, err)
		}
		switch {
		case want == "" && err != nil:
			t.Errorf("%q: %v", address, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2")):
			t.Errorf("%q: %v, want %q", address, err, want)
		}
	}
}

func TestUserAgentIsExtendedByTheEnvironment(t *testing.T) {
	t.Setenv("TF_APPEND_USER_AGENT", " pipeline/7 ")
	server := newServer(t, respondJSON(200, `{}`))
	client := server.client(t, func(c *rest.Config) { c.UserAgent = "ours/1.0" })
	if _, err := client.Do(t.Context(), rest.Request{}); err != nil {
		t.Fatal(err)
	}
	if got := server.recorded()[0].header.Get("User-Agent"); got != "ours/1.0 pipeline/7" {
		t.Errorf("User-Agent %q", got)
	}
}

func TestNewRefusesHeadersThatCannotBeSent(t *testing.T) {
	t.Parallel()
	_, err := rest.New(rest.Config{BaseURL: "https://api.example.com", Header: http.Header{"X-Api-Key": {"hunter2\n"}}})
	if err == nil || !strings.Contains(err.Error(), "X-Api-Key") || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("got %v", err)
	}
}
