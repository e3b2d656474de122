package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider/registrations"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/release/changelog"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/release/schemaguard"
)

// The schema keeps what the last release promises, unless the CHANGELOG announces a version that may break it. Asked of the provider
// itself, so that a break is seen before anything is generated.
func TestSchemaKeepsItsPromise(t *testing.T) {
	t.Parallel()
	described, err := describe(t.Context(), providerserver.NewProtocol6(provider.New("test", registrations.All())())())
	if err != nil {
		t.Fatal(err)
	}
	document, err := json.Marshal(described)
	if err != nil {
		t.Fatal(err)
	}
	now, err := schemaguard.Read(document)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(root, "internal", "schemaguard", "testdata", "frozen.json"))
	if err != nil {
		t.Fatal(err)
	}
	frozen, err := schemaguard.Thaw(text)
	if err != nil {
		t.Fatal(err)
	}
	changes, err := os.ReadFile(filepath.Join(root, "CHANGELOG.md"))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := changelog.Parse(string(changes))
	if err != nil {
		t.Fatal(err)
	}
	if err := schemaguard.Check(frozen, now, entries); err != nil {
		t.Error(err)
	}
}
