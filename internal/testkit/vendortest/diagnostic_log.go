package vendortest

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
func (f *Fixture) Record(diags protocoltest.Diagnostics) protocoltest.Diagnostics {
	f.log.mu.Lock()
	defer f.log.mu.Unlock()
	f.log.diagnostics = append(f.log.diagnostics, diags)
	return diags
}

// AddSecrets adds secrets that no diagnostic may show.
func (f *Fixture) AddSecrets(secrets ...string) {
	f.log.mu.Lock()
	defer f.log.mu.Unlock()
	for _, secret := range secrets {
		if secret != "" {
			f.log.secrets[secret] = true
		}
	}
}

// FindSecret is a secret that the diagnostics show; empty when they show none.
func (f *Fixture) FindSecret(diags protocoltest.Diagnostics) string {
	f.log.mu.Lock()
	defer f.log.mu.Unlock()
	text := diags.String()
	for secret := range f.log.secrets {
		if strings.Contains(text, secret) {
			return secret
		}
	}
	return ""
}

// requireNoSecrets ends a test: nobody said a secret, or anything that stands in no list of messages.
func (f *Fixture) requireNoSecrets() {
	f.addTokens()
	for _, diags := range f.log.diagnostics {
		for _, one := range diags {
			if !messages.Known(one.Message()) {
				f.Errorf("a message that is not in internal/messages/testdata/messages.txt; \"make messages\" writes it anew:\n%s", protocoltest.Diagnostics{one})
			}
		}
		if secret := f.FindSecret(diags); secret != "" {
			f.Errorf("a diagnostic shows %q:\n%s", secret, diags)
		}
	}
}

// addTokens makes a secret of every token that the sandbox received.
func (f *Fixture) addTokens() {
	for _, r := range f.Sandbox.Requests() {
		if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
			f.AddSecrets(token)
		}
	}
}
