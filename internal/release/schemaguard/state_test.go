package schemaguard_test

import (
	"flag"
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider/registrations"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	conomysandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	powenssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendors"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// first is what the first release left behind: a configuration, the state that Terraform 1.11 wrote when it was applied, and the links
// as their vendors knew them. It is written once (see writeFirst) and then never changed, for users have such states.
//
// A version that renames or retypes something, with an upgrader, changes the configuration here as it asks users to, and nothing else.
var first = filepath.Join("testdata", "first-state")

var write = flag.Bool("write-first-state", false, "before the first release: apply the examples and keep the state, then go on")

// What stands in the kept state for what is another in every run of the sandbox: its address, and the client that Conomy's links belong to.
const (
	nowhere = "http://sandbox.invalid"
	nobody  = "client_of_the_first_release"
)

// stage is a real engine beside a sandbox.
type stage struct {
	*workspace.Workspace
	box   *sandbox.Sandbox
	url   string
	found engine.Engine
}

func newStage(t *testing.T) *stage {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("acceptance test: set TF_ACC=1, or run make test")
	}
	found, err := engine.Ask(t.Context(), os.Getenv("TF_ACC_TERRAFORM_PATH"))
	if err != nil {
		t.Fatal(err)
	}
	mirror := t.TempDir()
	if err := workspace.Mirror(t.Context(), filepath.Join("..", ".."), mirror, found); err != nil {
		t.Fatal(err)
	}
	s := &stage{box: sandbox.New(sandbox.Options{}, vendors.All()...), found: found}
	server := httptest.NewServer(s.box)
	t.Cleanup(server.Close)
	s.url = server.URL
	env := s.box.Env() // of a sandbox without an address: the paths of its vendors
	for name, value := range env {
		if strings.HasPrefix(value, "/") {
			env[name] = s.url + value
		}
	}
	if s.Workspace, err = workspace.New(t.TempDir(), found, mirror, env); err != nil {
		t.Fatal(err)
	}
	return s
}

// run runs a command that must end with 0.
func (s *stage) run(t *testing.T, args ...string) {
	t.Helper()
	if _, err := s.Expect(t.Context(), 0, append(args, "-no-color")...); err != nil {
		t.Fatal(err)
	}
}

// A state of the first release is read, planned over without a change and destroyed, by every later version.
func TestFirstStateIsReadForever(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	if *write {
		writeFirst(t)
	}
	if err := s.Copy(filepath.Join(first, "*.tf")); err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(filepath.Join(first, "state.json"))
	if err != nil {
		t.Fatal(err)
	}
	state := moved(t, kept, nowhere, s.url, nobody, s.box.Env()["CONOMY_CLIENT_ID"], "registry.terraform.io/", s.found.Host()+"/")
	if err := s.Write("terraform.tfstate", state); err != nil {
		t.Fatal(err)
	}
	links := keptLinks(t)
	s.box.Advance(writtenAt(t, links["conomy"]).Sub(s.box.Now())) // links that last a day are open on that day only
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
	s.run(t, "apply", "-refresh-only", "-auto-approve") // writes the state anew, as this version writes it
	resources, err := s.State(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if want := len(instances(t, kept)); len(resources) != want {
		t.Errorf("the state has %d resources, want %d", len(resources), want)
	}
	s.forgets(t)
	// Two links are where a destroy refuses to end them, by the policy in the state or by the vendor's rules.
	s.run(t, "state", "rm", "paymentlinks_gigs_link.subscription")
	for _, link := range conomysandbox.From(s.box).Links() {
		if err := conomysandbox.From(s.box).Act(link.ID, "expire", ""); err != nil {
			t.Fatal(err)
		}
	}
	s.run(t, "destroy", "-auto-approve")
	for _, link := range s.box.Overview() {
		if link.Vendor != "gigs" && link.Payable {
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
	server := provider.Server(provider.New("test", registrations.All())())()
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	vendors := map[string]bool{}
	for _, each := range instances(t, kept) {
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
		vendors[each.Type] = true
	}
	if len(vendors) != len(schemas.ResourceSchemas) {
		t.Errorf("the state has links of %v, the provider has %d resources", slices.Sorted(maps.Keys(vendors)), len(schemas.ResourceSchemas))
	}
}

// forgets has each vendor forget a link. That it was this account's stands in what the provider keeps for itself in the state: only who
// can read that believes the vendor, and plans a new link.
func (s *stage) forgets(t *testing.T) {
	t.Helper()
	acts := map[string]func(id, action, status string) error{
		"powens": powenssandbox.From(s.box).Act, "conomy": conomysandbox.From(s.box).Act, "qonto": qontosandbox.From(s.box).Act,
	}
	for vendor, act := range acts {
		all := s.box.Overview()
		at := slices.IndexFunc(all, func(link vendorapi.Link) bool { return link.Vendor == vendor })
		if err := act(all[at].ID, "delete", ""); err != nil {
			t.Fatal(err)
		}
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
	if plan.ExitCode != 0 || created != len(acts) || len(plan.Actions) != len(acts) {
		t.Errorf("%d links are gone, the plan is %v: %s", len(acts), plan.Actions, plan.Errors())
	}
}
