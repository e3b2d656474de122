package vendortest

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/messages"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// diagnosticLog is all that a bench's providers said and wrote into journals, and what may stand nowhere there. It is safe for concurrent use.
type diagnosticLog struct {
	mu          sync.Mutex
	diagnostics []protocoltest.Diagnostics
	secrets     map[string]bool
	journals    string // folder
	providers   int
}

// newJournal is the path of a journal that no provider has yet.
func (l *diagnosticLog) newJournal() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.providers++
	return filepath.Join(l.journals, strconv.Itoa(l.providers))
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
	return f.findSecret(diags.String())
}

func (f *Fixture) findSecret(text string) string {
	f.log.mu.Lock()
	defer f.log.mu.Unlock()
	for secret := range f.log.secrets {
		if strings.Contains(text, secret) {
			return secret
		}
	}
	return ""
}

// randomInJournal are checksums, ids of runs and numbers: a few characters of a secret stand in them by chance.
var randomInJournal = regexp.MustCompile(`(?m)^[0-9a-f]{8} |"r":"[0-9a-f-]*"|"[tsni]":\d+`)

// JournalText returns what a journal says, without what is random in it.
func JournalText(journal []byte) string { return randomInJournal.ReplaceAllString(string(journal), "") }

// requireNoSecrets ends a test: nobody said a secret, or anything that stands in no list of messages.
func (f *Fixture) requireNoSecrets() {
	f.addTokens()
	for _, diags := range f.log.diagnostics {
		for _, one := range diags {
			if !messages.Known(one.Message()) {
				f.Errorf("a message that is not in internal/messages/testdata/messages.txt; \"make messages\" writes it again:\n%s", protocoltest.Diagnostics{one})
			}
		}
		if secret := f.findSecret(diags.String()); secret != "" {
			f.Errorf("a diagnostic shows %q:\n%s", secret, diags)
		}
	}
	for number := range f.log.providers {
		path := filepath.Join(f.log.journals, strconv.Itoa(number+1))
		if text, err := os.ReadFile(path); err == nil { // else nothing was created
			if secret := f.findSecret(JournalText(text)); secret != "" {
				f.Errorf("the journal shows %q:\n%s", secret, text)
			}
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
