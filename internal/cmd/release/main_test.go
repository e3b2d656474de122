package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// document is a schema of one resource with one attribute.
func document(attribute string) string {
	return `{"format_version": "1.0", "provider_schemas": {"paymentlinks": {"provider": {"version": 0, "block": {}}, "resource_schemas": {"paymentlinks_x_link":
{"version": 0, "block": {"attributes": {"` + attribute + `": {"type": "string", "required": true}}}}}}}}`
}

const (
	unreleased = "## 0.1.0 (Unreleased)\n\nFEATURES:\n\n* all\n"
	released   = "## 0.1.0 (May 1, 2026)\n\nFEATURES:\n\n* all\n"
)

// checkout is a repository with a CHANGELOG.
func checkout(t *testing.T, changelog string) repository {
	t.Helper()
	r := repository{root: t.TempDir()}
	if err := os.MkdirAll(filepath.Dir(r.frozenPath()), 0o755); err != nil {
		t.Fatal(err)
	}
	r.write(t, changelog)
	return r
}

func (r repository) write(t *testing.T, changelog string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(r.root, "CHANGELOG.md"), []byte(changelog), 0o600); err != nil {
		t.Fatal(err)
	}
}

// does runs a command and expects no error (want empty) or one with want.
func (r repository) does(t *testing.T, want, attribute string, args ...string) string {
	t.Helper()
	var out strings.Builder
	err := r.run(args, strings.NewReader(document(attribute)), &out)
	if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
		t.Errorf("%v: error %v, want %q", args, err, want)
	}
	return out.String()
}

// The way to a release: nothing is ready, then the date, then the schema.
func TestRelease(t *testing.T) {
	t.Parallel()
	r := checkout(t, unreleased)
	r.does(t, "", "amount", "freeze")
	r.does(t, "calls 0.1.0 unreleased", "amount", "check", "v0.1.0")
	r.does(t, "", "sum", "freeze") // nothing is promised yet
	r.write(t, released)
	r.does(t, "the tag is v0.2.0", "sum", "check", "v0.2.0")
	r.does(t, "the tag is 0.1.0", "sum", "check", "0.1.0")
	r.does(t, "is not the schema of 0.1.0", "amount", "check", "v0.1.0")
	r.does(t, "", "sum", "check", "v0.1.0")
	if got := r.does(t, "", "sum", "notes", "v0.1.0"); got != "FEATURES:\n\n* all\n" {
		t.Errorf("notes %q", got)
	}
	r.does(t, "does not know v0.3.0", "sum", "notes", "v0.3.0")

	next := "## 0.2.0 (Unreleased)\n\n" + released
	r.write(t, next)
	r.does(t, "0.2.0 is not released yet, and 0.1.0 is", "amount", "freeze")
	r.write(t, "## 0.2.0 (May 2, 2026)\n\n"+released)
	r.does(t, "says nothing of 0.2.0", "amount", "check", "v0.2.0")
	r.write(t, "## 0.2.0 (May 2, 2026)\n\nBUG FIXES:\n\n* one\n\n"+released)
	r.does(t, "is not the schema of 0.2.0", "sum", "check", "v0.2.0")
	r.does(t, "", "amount", "freeze")
	r.does(t, "", "amount", "check", "v0.2.0")
}

func TestUsage(t *testing.T) {
	t.Parallel()
	r := checkout(t, unreleased)
	for _, args := range [][]string{nil, {"freeze", "v1"}, {"check"}, {"notes"}, {"publish", "v1"}} {
		r.does(t, "usage", "amount", args...)
	}
	if err := r.run([]string{"freeze"}, strings.NewReader(""), new(strings.Builder)); err == nil {
		t.Error("no schema is taken for a schema")
	}
}
