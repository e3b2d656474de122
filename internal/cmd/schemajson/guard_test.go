package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/release"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/vendors"
)

// The schema keeps what the last release promises, unless the CHANGELOG announces a version that may break it. Asked of the provider
// itself, so that a break is seen before anything is generated.
func TestSchemaKeepsItsPromise(t *testing.T) {
	t.Parallel()
	described, err := describe(t.Context(), providerserver.NewProtocol6(vendors.Provider("test"))())
	if err != nil {
		t.Fatal(err)
	}
	document, err := json.Marshal(described)
	if err != nil {
		t.Fatal(err)
	}
	now, err := release.ReadSchema(document)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(root, "internal", "release", "testdata", "frozen.json"))
	if err != nil {
		t.Fatal(err)
	}
	frozen, err := release.ReadFrozen(text)
	if err != nil {
		t.Fatal(err)
	}
	changes, err := os.ReadFile(filepath.Join(root, "CHANGELOG.md"))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := release.ParseChangelog(string(changes))
	if err != nil {
		t.Fatal(err)
	}
	if err := release.Check(frozen, now, entries); err != nil {
		t.Error(err)
	}
}
