package acctest

import (
	"strings"
	"sync"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/messages"
)

// heard is all that a bench's providers said, and what they may not say. It is safe for concurrent use.
type heard struct {
	mu      sync.Mutex
	said    []Diagnostics
	secrets map[string]bool
}

// Note remembers diagnostics for the search for secrets at the end of the test, and hands them back.
func (b *Bench) Note(diags Diagnostics) Diagnostics {
	b.heard.mu.Lock()
	defer b.heard.mu.Unlock()
	b.heard.said = append(b.heard.said, diags)
	return diags
}

// Plant adds secrets that no diagnostic may show.
func (b *Bench) Plant(secrets ...string) {
	b.heard.mu.Lock()
	defer b.heard.mu.Unlock()
	for _, secret := range secrets {
		if secret != "" {
			b.heard.secrets[secret] = true
		}
	}
}

// Leaked is a secret that the diagnostics show; empty when they show none.
func (b *Bench) Leaked(diags Diagnostics) string {
	b.heard.mu.Lock()
	defer b.heard.mu.Unlock()
	text := diags.String()
	for secret := range b.heard.secrets {
		if strings.Contains(text, secret) {
			return secret
		}
	}
	return ""
}

// keepsSecrets ends a test: nobody said a secret, or anything that stands in no list of messages.
func (b *Bench) keepsSecrets() {
	b.plantTokens()
	for _, diags := range b.heard.said {
		for _, one := range diags {
			if !messages.Known(messages.KindOf(one.Error), one.Summary, one.Detail) {
				b.Errorf("a message that is not in internal/messages/testdata/messages.txt; \"make messages\" writes it anew:\n%s", Diagnostics{one})
			}
		}
		if secret := b.Leaked(diags); secret != "" {
			b.Errorf("a diagnostic shows %q:\n%s", secret, diags)
		}
	}
}

// plantTokens makes a secret of every token that the sandbox received.
func (b *Bench) plantTokens() {
	for _, r := range b.Sandbox.Requests() {
		if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
			b.Plant(token)
		}
	}
}
