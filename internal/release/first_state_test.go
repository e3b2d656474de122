package release_test

import (
	"flag"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/vendors"
)

// first is what the first release left behind: a configuration, the state that Terraform 1.11 wrote when it was applied, and the links
// as their vendors knew them. It is written once (see writeFirst) and then never changed, for users have such states.
//
// A version that renames or retypes something, with an upgrader, changes the configuration here as it asks users to, and nothing else.
var first = filepath.Join("testdata", "first-state")

var write = flag.Bool("write-first-state", false, "before the first release: apply the examples and keep the state, then go on")

// What stands in the kept state for what is another in every run of the sandbox: its address, and the client that links belong to.
const (
	nowhere = "https://sandbox.invalid"
	nobody  = "client_of_the_first_release"
)

// fixture is a real engine beside a sandbox.
type fixture struct {
	*workspace.Workspace
	box   *sandbox.Sandbox
	url   string
	found engine.Engine
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	s := &fixture{box: sandbox.New(sandbox.Options{}, descriptor.Sandboxes()...), found: engine.Require(t)}
	server := httptest.NewServer(s.box)
	t.Cleanup(server.Close)
	s.url = server.URL
	env := s.box.Env() // of a sandbox without an address: the paths of its vendors
	for name, value := range env {
		if strings.HasPrefix(value, "/") {
			env[name] = s.url + value
		}
	}
	s.Workspace = workspace.ForTest(t, env)
	return s
}

// run runs a command that must end with 0.
func (s *fixture) run(t *testing.T, args ...string) {
	t.Helper()
	if _, err := s.Expect(t.Context(), 0, append(args, "-no-color")...); err != nil {
		t.Fatal(err)
	}
}

// A state of the first release is read, planned over without a change and destroyed, by every later version.
func TestAccFirstStateIsReadForever(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	if *write {
		writeFirst(t)
	}
	if err := s.CopyFiles(filepath.Join(first, "*.tf")); err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(filepath.Join(first, "state.json"))
	if err != nil {
		t.Fatal(err)
	}
	state := moved(t, kept, nowhere, s.url, nobody, clientID(s.box.Env()), "registry.terraform.io/", s.found.Host()+"/")
	if err := s.Write("terraform.tfstate", state); err != nil {
		t.Fatal(err)
	}
	links := keptLinks(t)
	s.box.Advance(writtenAt(t, instances(t, kept)).Sub(s.box.Now())) // links that last a day are open on that day only
	for vendor, links := range links {
		if err := s.box.Seed(vendor, links); err != nil {
			t.Fatal(err)
		}
	}
	s.run(t, "init")

	plan, err := s.Plan(t.Context(), "-detailed-exitcode")
	if err != nil {
		t.Fatal(err)
	}
	if plan.ExitCode != 0 || len(plan.Actions) > 0 || len(plan.Diagnostics) > 0 {
		t.Fatalf("the plan over the first release's state is not empty: %v\n%s", plan.Actions, plan.Diagnostics)
	}
	s.run(t, "apply", "-refresh-only", "-auto-approve") // writes the state again, as this version writes it
	resources, err := s.State(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if want := len(instances(t, kept)); len(resources) != want {
		t.Errorf("the state has %d resources, want %d", len(resources), want)
	}
	s.forgets(t)
	// Two links are where a destroy refuses to end them, by the policy in the state or by the vendor's rules.
	for _, each := range instances(t, kept) {
		if each.policy(t) == "fail" {
			s.run(t, "state", "rm", each.Type+"."+each.Name)
		}
	}
	for _, link := range s.box.Overview() {
		if d, _ := descriptor.ByName(link.Vendor); d.Activation == nil || !link.Payable {
			continue
		}
		if err := s.box.Act(link.Vendor, link.ID, "expire", ""); err != nil {
			t.Fatal(err)
		}
	}
	s.run(t, "destroy", "-auto-approve")
	for _, link := range s.box.Overview() {
		if d, _ := descriptor.ByName(link.Vendor); d.Operations.Revoke != "" && link.Payable {
			t.Errorf("%s %s is still open after destroy", link.Vendor, link.ID)
		}
	}
}

// The same without an engine: the provider takes each instance's stored JSON, in the schema version that it was written with.
func TestFirstStateIsUpgraded(t *testing.T) {
	t.Parallel()
	kept, err := os.ReadFile(filepath.Join(first, "state.json"))
	if err != nil {
		t.Fatal(err)
	}
	server := protoserver.New(vendors.Provider("test"))
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	all := instances(t, kept)
	if len(all) == 0 {
		t.Fatal("the state holds no link")
	}
	for _, each := range all {
		upgraded, err := server.UpgradeResourceState(t.Context(), &tfprotov6.UpgradeResourceStateRequest{
			TypeName: each.Type, Version: each.SchemaVersion, RawState: &tfprotov6.RawState{JSON: each.Attributes},
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, said := range upgraded.Diagnostics {
			t.Errorf("%s: %s: %s", each.Type, said.Summary, said.Detail)
		}
		if upgraded.UpgradedState == nil {
			continue
		}
		value, err := upgraded.UpgradedState.Unmarshal(schemas.ResourceSchemas[each.Type].ValueType())
		if err != nil || value.IsNull() {
			t.Errorf("%s: %v, %v", each.Type, value, err)
		}
	}
}

// forgets has each vendor forget a link. That it was this account's stands in what the provider keeps for itself in the state: only who
// can read that believes the vendor, and plans a new link.
func (s *fixture) forgets(t *testing.T) {
	t.Helper()
	forgotten := 0
	for _, d := range descriptor.All() {
		all := s.box.Overview()
		at := slices.IndexFunc(all, func(link vendorapi.Link) bool { return link.Vendor == d.Name })
		if at < 0 || len(d.Lifecycle.ReplaceWhen) == 0 { // of a later release, or a vendor where a link that is gone is not recreated
			continue
		}
		vendor, _ := s.box.Vendor(d.Name)
		if err := vendor.Act(all[at].ID, "delete", ""); err != nil {
			t.Fatal(err)
		}
		forgotten++
	}
	plan, err := s.Plan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	created := 0
	for _, action := range plan.Actions {
		if action == "create" {
			created++
		}
	}
	if plan.ExitCode != 0 || created != forgotten || len(plan.Actions) != forgotten {
		t.Errorf("%d links are gone, the plan is %v: %s", forgotten, plan.Actions, plan.Errors())
	}
}
