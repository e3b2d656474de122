package conformance_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/vendors"
)

const root = "../.."

// Whoever adds a vendor to the provider adds all that the tests for every vendor, the docs and the programs need. This test
// says what is missing; it needs no engine.
func TestVendorsAreComplete(t *testing.T) {
	t.Parallel()
	box := sandbox.New(sandbox.Options{}, descriptor.Sandboxes()...)
	var provided []string
	for _, registration := range vendors.All() {
		name := registration.Settings.Name
		provided = append(provided, name)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, ok := box.Vendor(name); !ok {
				t.Errorf("there is no sandbox: add internal/sandbox/%s", name)
			}
			d, ok := descriptor.ByName(name)
			if !ok {
				t.Fatalf("there is no descriptor: add internal/conformance/descriptor/%s.go", name)
			}
			requireFacts(t, d, acctest.Schemas(t))
			requireFiles(t, d, acctest.Schemas(t))
		})
	}
	slices.Sort(provided)
	if !slices.Equal(provided, descriptor.Names()) {
		t.Errorf("the provider has %q, and descriptors there are of %q", provided, descriptor.Names())
	}
}

// requireFacts compares a descriptor with what the provider offers.
func requireFacts(t *testing.T, d descriptor.Descriptor, schemas *protocoltest.Schemas) {
	t.Helper()
	resource, ok := schemas.ResourceSchemas[d.ResourceType()]
	if !ok || schemas.DataSourceSchemas[d.ResourceType()] == nil {
		t.Fatalf("the provider has no resource or no data source %s", d.ResourceType())
	}
	var attributes []string
	for _, a := range resource.Block.Attributes {
		attributes = append(attributes, a.Name)
	}
	for fact, pair := range map[string][2]bool{
		"List, by the list resource":         {d.List != nil, schemas.ListResourceSchemas[d.ResourceType()] != nil},
		"List, by the plural data source":    {d.List != nil, schemas.DataSourceSchemas[d.LinksType()] != nil},
		"Activation, by `activate`":          {d.Activation != nil, slices.Contains(attributes, "activate")},
		"Operations.Revoke, by `on_destroy`": {d.Operations.Revoke != "", acceptsRevoke(t, d)},
	} {
		if pair[0] != pair[1] {
			t.Errorf("the descriptor's %s: %t, and the provider's: %t", fact, pair[0], pair[1])
		}
	}
	identity := map[string]bool{"id": true}
	if d.Scope != nil {
		identity[d.Scope.Attribute] = true
	}
	offered := map[string]bool{}
	for _, a := range acctest.NewServer(t, nil, nil).IdentitySchema(d.ResourceType()).IdentityAttributes {
		offered[a.Name] = true
	}
	if !maps.Equal(identity, offered) {
		t.Errorf("the descriptor's Scope makes an identity of %v, the provider's is of %v", identity, offered)
	}
	for name := range schemas.ActionSchemas {
		verb := strings.TrimSuffix(strings.TrimPrefix(name, "paymentlinks_"+d.Name+"_"), "_link")
		if _, described := d.Actions[verb]; name == d.ActionType(verb) && !described {
			t.Errorf("the descriptor has no facts of the action %s", name)
		}
	}
	requireSecrets(t, d, schemas.Provider.Block.Attributes)
	requireTestData(t, d, schemas)
	for _, status := range d.Statuses {
		if !slices.ContainsFunc(d.Lifecycle.Rows, func(row lifecycle.Row) bool { return slices.Contains(row.Statuses, status) }) {
			t.Errorf("the lifecycle table has no row for the status %s", status)
		}
	}
}

// requireTestData expects what no test misses by itself: without it the test has nothing to try, and passes.
func requireTestData(t *testing.T, d descriptor.Descriptor, schemas *protocoltest.Schemas) {
	t.Helper()
	for fact, given := range map[string]bool{
		"OtherMoney: a switch with which the sandbox makes a link of other money than it is asked for": len(d.OtherMoney) > 0,
		"Amount and Currency, which OtherMoney changes":                                                d.OtherMoney["amount"] == "" || d.Amount != "" && d.Currency != "",
		"Unexpected: a value of another type in a response":                                            len(d.Unexpected) > 0,
		"List.Broken: a page that contradicts itself":                                                  d.List == nil || d.List.PageSize == 0 || len(d.List.Broken) > 0,
		"Search: how `make chaos` finds a link":                                                        d.List == nil || d.Search != nil,
	} {
		if !given {
			t.Errorf("the descriptor lacks %s", fact)
		}
	}
	if d.List == nil {
		return
	}
	tried := map[string]bool{"states": true}
	if d.Batch != nil {
		tried[d.Batch.Argument] = true
	}
	for _, filter := range d.List.Filters {
		for name := range filter.Config {
			tried[name] = true
		}
	}
	for _, a := range schemas.DataSourceSchemas[d.LinksType()].Block.Attributes {
		if a.Optional && !tried[a.Name] {
			t.Errorf("the descriptor's List.Filters do not try the argument %s", a.Name)
		}
	}
}

func acceptsRevoke(t *testing.T, d descriptor.Descriptor) bool {
	t.Helper()
	configured := acctest.NewSandbox(t, d.Name).Server()
	return !configured.Validate(d.ResourceType(), d.With(object{"on_destroy": lifecycle.Revoke})).HasError()
}

// requireSecrets expects that the settings which the sandbox gives a value are told apart: those that hold a secret are
// sensitive, and no others.
func requireSecrets(t *testing.T, d descriptor.Descriptor, provider []*tfprotov6.SchemaAttribute) {
	t.Helper()
	at := slices.IndexFunc(provider, func(a *tfprotov6.SchemaAttribute) bool { return a.Name == d.Name })
	if at < 0 {
		t.Fatalf("the provider block has no %s", d.Name)
	}
	given := acctest.NewSandbox(t, d.Name).Settings()
	for _, a := range provider[at].NestedType.Attributes {
		if _, ok := given[a.Name]; ok && a.Sensitive != slices.Contains(d.Credentials.Secret, a.Name) {
			t.Errorf("the setting %s is sensitive: %t, and in the descriptor's Credentials.Secret: %t", a.Name, a.Sensitive, !a.Sensitive)
		}
	}
}

// requireFiles expects the vendor's contract, its examples, and the suite that its own package runs.
func requireFiles(t *testing.T, d descriptor.Descriptor, schemas *protocoltest.Schemas) {
	t.Helper()
	resource := "examples/resources/" + d.ResourceType() + "/"
	want := []string{
		"internal/" + d.Name + "/contract.md", resource + "resource.tf", resource + "import.sh", resource + "import-by-string-id.tf",
		resource + "import-by-identity.tf",
	}
	for name := range schemas.DataSourceSchemas {
		if name == d.ResourceType() || strings.HasPrefix(name, "paymentlinks_"+d.Name+"_") {
			want = append(want, "examples/data-sources/"+name+"/data-source.tf")
		}
	}
	if d.List != nil {
		want = append(want, "examples/list-resources/"+d.ResourceType()+"/list-resource.tfquery.hcl")
	}
	for verb := range d.Actions {
		want = append(want, "examples/actions/"+d.ActionType(verb)+"/action.tf")
	}
	for _, file := range want {
		if info, err := os.Stat(filepath.Join(root, filepath.FromSlash(file))); err != nil || info.Size() == 0 {
			t.Errorf("%s is missing", file)
		}
	}
	requireSuite(t, d)
}

// requireSuite expects that the vendor's package runs the suite for every vendor's package.
func requireSuite(t *testing.T, d descriptor.Descriptor) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "internal", d.Name, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		tests.Write(text)
	}
	for _, call := range []string{"Run(t, ", "RunEngine(t, ", "RunLive(t, ", "Mapping["} {
		if !strings.Contains(tests.String(), "drivertest."+call) {
			t.Errorf("no test of internal/%s calls drivertest.%s: the vendor's own conformance suite is not run", d.Name, call)
		}
	}
}
