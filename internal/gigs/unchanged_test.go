package gigs_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
)

const home = "https://example.com"

var unchanged = drivertest.Unchanged{
	Rewritten: [][2]object{
		{minimal(), minimal(object{"type": "ebanx"})},
		{stored(), stored(object{"type": "ebanx"})}, {stored(), stored(object{"project": "gigs"})},
		{stored(object{"project": "gigs", "type": "ebanx"}), stored(object{"project": nil, "type": nil})},
		{stored(object{redirect: home}), stored(object{redirect: home + "/"})},
		{stored(object{redirect: home + "/a?B=c"}), stored(object{redirect: "HTTPS://Example.COM:443/a?B=c"})},
		{writeOnly(), writeOnly(object{"ebanx.user_wo.tax_number": "29006307203"})},
	},
	// Another payer alone cannot be seen; so be it until the version changes. The payer may also go once the link is made.
	Kept:    []string{"project", "type"},
	InPlace: [][2]object{{minimal(), minimal(object{"on_destroy": "fail"})}},
}

// A link that did not name its project stays in the one it was made in.
func TestProviderProjectChanges(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	state := f.Create(stored())
	f.Server = f.NewProvider(object{"project": "elsewhere"})
	f.RequireNoDrift(state, stored())
	if diags := f.NewProvider(object{"project": nil}).ConfigureDiagnostics; len(diags) > 0 {
		t.Error(diags)
	}
}

// A link names a project that the provider does not.
func TestOwnProject(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	key := sandboxOf(f).AddProject("acme-live")
	f.AddSecrets(key)
	for _, project := range []any{"gigs", nil} {
		f.Server = f.NewProvider(object{"api_key": key, "project": project})
		config := stored(object{"project": "acme-live"})
		state := f.RequireNoDrift(f.Create(config), config)
		imported, diags := f.ImportByID("acme-live/" + state.Text("id"))
		if len(diags) > 0 || state.Text("project") != "acme-live" || imported.Text("project") != "acme-live" {
			t.Errorf("%q, imported %q %s", state.Text("project"), imported.Text("project"), diags)
		}
	}
}
