// Command release is what the release procedure asks of the repository itself. It reads the provider's schema, as internal/cmd/schemajson
// prints it, from standard input.
//
//	release check v0.2.0   fails unless the CHANGELOG and the frozen schema are ready for that tag
//	release notes v0.2.0   prints what the CHANGELOG says of that version
//	release freeze         makes the schema the promise of the CHANGELOG's newest version
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/release"
)

func main() {
	if err := (repository{root: "."}).run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// repository is the checkout at root.
type repository struct{ root string }

// frozenPath is where the promised schema is kept.
func (r repository) frozenPath() string {
	return filepath.Join(r.root, "internal", "release", "testdata", "frozen.json")
}

func (r repository) run(args []string, schema io.Reader, out io.Writer) error {
	text, err := os.ReadFile(filepath.Join(r.root, "CHANGELOG.md"))
	if err != nil {
		return err
	}
	entries, err := release.ParseChangelog(string(text))
	if err != nil {
		return err
	}
	switch {
	case len(args) == 2 && args[0] == "check":
		return r.check(args[1], entries[0], schema)
	case len(args) == 2 && args[0] == "notes":
		return writeNotes(args[1], entries, out)
	case len(args) == 1 && args[0] == "freeze":
		return r.freeze(entries, schema)
	}
	return errors.New("usage: release check TAG, release notes TAG, or release freeze")
}

// check compares a tag with what stands in the repository, before anything is built.
func (r repository) check(tag string, newest release.Entry, schema io.Reader) error {
	number := newest.Version.String()
	switch {
	case tag != "v"+number:
		return fmt.Errorf("the tag is %s, the CHANGELOG's newest version is %s", tag, number)
	case !newest.Released():
		return fmt.Errorf("the CHANGELOG calls %s unreleased: write the date", number)
	case strings.TrimSpace(newest.Notes) == "":
		return fmt.Errorf("the CHANGELOG says nothing of %s", number)
	}
	document, err := io.ReadAll(schema)
	if err != nil {
		return err
	}
	want, err := release.Freeze(number, document)
	if err != nil {
		return err
	}
	got, err := os.ReadFile(r.frozenPath())
	if err != nil {
		return err
	}
	if !bytes.Equal(got, want) {
		return fmt.Errorf(`%s is not the schema of %s: run "make freeze" and commit it`, r.frozenPath(), number)
	}
	return nil
}

func writeNotes(tag string, entries []release.Entry, out io.Writer) error {
	for _, entry := range entries {
		if tag == "v"+entry.Version.String() {
			_, err := fmt.Fprintln(out, strings.TrimSpace(entry.Notes))
			return err
		}
	}
	return fmt.Errorf("the CHANGELOG does not know %s", tag)
}

// freeze refuses to replace what a released version promises by what is still being worked on: that is the break which the guard is for.
func (r repository) freeze(entries []release.Entry, schema io.Reader) error {
	newest := entries[0]
	if !newest.Released() && len(entries) > 1 {
		return fmt.Errorf("%s is not released yet, and %s is: the schema is frozen when the CHANGELOG dates the new version", newest.Version, entries[1].Version)
	}
	document, err := io.ReadAll(schema)
	if err != nil {
		return err
	}
	text, err := release.Freeze(newest.Version.String(), document)
	if err != nil {
		return err
	}
	return os.WriteFile(r.frozenPath(), text, 0o644)
}
