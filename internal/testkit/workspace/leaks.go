package workspace

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
)

// LeakCheck searches everything that runs of an engine print, log and write for what must not stand there.
type LeakCheck struct {
	t      testing.TB
	engine *Workspace
	trace  string
	// Credentials may stand nowhere; by what they are.
	Credentials map[string]string
	// PayerData may stand in states and saved plans only.
	PayerData []string
}

// NewLeakCheck has the engine and the provider log all that they can, into a file of the test's own.
func NewLeakCheck(t testing.TB, w *Workspace) *LeakCheck {
	t.Helper()
	c := &LeakCheck{t: t, engine: w, trace: filepath.Join(t.TempDir(), "trace.log"), Credentials: map[string]string{}}
	w.Env = append(w.Env, "TF_LOG=TRACE", "TF_LOG_PATH="+c.trace)
	return c
}

// Run runs the engine, expects an exit code, and looks through what was printed and logged. A run that fails must have something
// masked, else the vendor repeated nothing.
func (c *LeakCheck) Run(want int, args ...string) {
	c.t.Helper()
	var terminal bytes.Buffer
	c.engine.Tee = &terminal
	if _, err := c.engine.Expect(c.t.Context(), want, args...); err != nil {
		c.t.Fatalf("%v: %v", args, err)
	}
	c.check("the terminal of "+args[0], terminal.Bytes(), true)
	if want != 0 && !strings.Contains(terminal.String(), "***") {
		c.t.Errorf("nothing was masked in what %s shows, so the vendor repeated nothing:\n%s", args[0], terminal.String())
	}
	c.check("the TRACE log of "+args[0], c.Log(), true)
}

// Log is what the engine and the provider have logged so far.
func (c *LeakCheck) Log() []byte {
	c.t.Helper()
	log, err := os.ReadFile(c.trace)
	if err != nil {
		c.t.Fatal(err)
	}
	return log
}

// check fails when the text holds a credential, or (where that is not its place) the payer's name.
func (c *LeakCheck) check(where string, text []byte, payer bool) {
	c.t.Helper()
	secrets := map[string]string{}
	for name, secret := range c.Credentials {
		secrets[name] = secret
	}
	if payer {
		for _, datum := range c.PayerData {
			secrets["payer data "+datum] = datum
		}
	}
	for name, secret := range secrets {
		for _, form := range []string{secret, url.QueryEscape(secret), strings.ReplaceAll(secret, "&", "&amp;"), strings.ReplaceAll(secret, "&", `\u0026`)} {
			if at := bytes.Index(text, []byte(form)); at >= 0 {
				c.t.Errorf("%s shows %s: ...%s...", where, name, text[max(0, at-200):min(len(text), at+len(form)+20)])
				break
			}
		}
	}
}

// CheckFiles looks through the state and a saved plan, whose parts are compressed.
func (c *LeakCheck) CheckFiles(plan string) {
	c.t.Helper()
	state, err := os.ReadFile(filepath.Join(c.engine.Dir, "terraform.tfstate"))
	if err != nil {
		c.t.Fatal(err)
	}
	c.check("the state", state, false)
	journal, err := os.ReadFile(filepath.Join(c.engine.Dir, journalFile))
	if err != nil {
		c.t.Fatal(err)
	}
	c.check("the journal", journal, true)
	parts, err := zip.OpenReader(filepath.Join(c.engine.Dir, plan))
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = parts.Close() }() // only read
	for _, part := range parts.File {
		open, err := part.Open()
		if err != nil {
			c.t.Fatal(err)
		}
		text, err := io.ReadAll(open)
		if err != nil {
			c.t.Fatal(err)
		}
		c.check("the saved plan's "+part.Name, text, false)
	}
}

// FindInJournal returns a text that stands in the provider's journal of creates, of those that may not; empty for none.
func (w *Workspace) FindInJournal(secrets ...string) (string, error) {
	text, err := os.ReadFile(filepath.Join(w.Dir, journalFile))
	if errors.Is(err, fs.ErrNotExist) { // nothing was created
		return "", nil
	}
	for _, secret := range secrets {
		if secret != "" && bytes.Contains(text, []byte(secret)) {
			return secret, nil
		}
	}
	return "", err
}

// SecretsIn returns the values of the variables whose names say so.
func SecretsIn(env map[string]string) (out []string) {
	for _, name := range slices.Sorted(maps.Keys(env)) {
		if strings.HasSuffix(name, "_SECRET") || strings.HasSuffix(name, "_TOKEN") || strings.HasSuffix(name, "_KEY") {
			out = append(out, env[name])
		}
	}
	return out
}

// PayerData is what the tests' configurations hold of payers.
func PayerData() (out []string) {
	for _, d := range descriptor.All() {
		out = append(out, d.PayerData...)
	}
	return out
}
