package acctest

import (
	"strings"
	"sync"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/messages"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// diagnosticLog is all that a bench's providers said, and what they may not say. It is safe for concurrent use.
type diagnosticLog struct {
	mu          sync.Mutex
	diagnostics []protocoltest.Diagnostics
	secrets     map[string]bool
}

// Record remembers diagnostics for the search for secrets at the end of the test, and hands them back.
func (h *Harness) Record(diags protocoltest.Diagnostics) protocoltest.Diagnostics {
	h.log.mu.Lock()
	defer h.log.mu.Unlock()
	h.log.diagnostics = append(h.log.diagnostics, diags)
	return diags
}

// AddSecrets adds secrets that no diagnostic may show.
func (h *Harness) AddSecrets(secrets ...string) {
	h.log.mu.Lock()
	defer h.log.mu.Unlock()
	for _, secret := range secrets {
		if secret != "" {
			h.log.secrets[secret] = true
		}
	}
}

// FindSecret is a secret that the diagnostics show; empty when they show none.
func (h *Harness) FindSecret(diags protocoltest.Diagnostics) string {
	h.log.mu.Lock()
	defer h.log.mu.Unlock()
	text := diags.String()
	for secret := range h.log.secrets {
		if strings.Contains(text, secret) {
			return secret
		}
	}
	return ""
}

// requireNoSecrets ends a test: nobody said a secret, or anything that stands in no list of messages.
func (h *Harness) requireNoSecrets() {
	h.addTokens()
	for _, diags := range h.log.diagnostics {
		for _, one := range diags {
			if !messages.Known(one.Message()) {
				h.Errorf("a message that is not in internal/messages/testdata/messages.txt; \"make messages\" writes it anew:\n%s", protocoltest.Diagnostics{one})
			}
		}
		if secret := h.FindSecret(diags); secret != "" {
			h.Errorf("a diagnostic shows %q:\n%s", secret, diags)
		}
	}
}

// addTokens makes a secret of every token that the sandbox received.
func (h *Harness) addTokens() {
	for _, r := range h.Sandbox.Requests() {
		if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
			h.AddSecrets(token)
		}
	}
}
