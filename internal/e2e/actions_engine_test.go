package provider_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"

	conomysandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

var root = filepath.Join("..", "..")

// TestAccActionsByEngine lets a real Terraform act: by hand (-invoke), and from action_trigger.
func TestAccActionsByEngine(t *testing.T) {
	t.Parallel()
	found := realEngine(t)
	if found.Name != "terraform" || version.Must(version.NewVersion(found.Version)).LessThan(version.Must(version.NewVersion("1.14.0"))) {
		t.Skip("actions need Terraform 1.14 or later; no OpenTofu has them")
	}
	mirror := mirrorFor(t, found)
	t.Run("tests", func(t *testing.T) {
		for name, test := range map[string]func(*testing.T, *acting){
			"examples":     testActionExamples,
			"after create": testActionAfterCreate,
			"next plan":    testPlanAfterInvoke,
			"refusals":     testActionRefusals,
			"wrong ids":    testActionChecksFirst,
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				e := acctest.NewSandbox(t, "conomy")
				w, err := workspace.New(t.TempDir(), found, mirror, e.Env())
				if err != nil {
					t.Fatal(err)
				}
				test(t, &acting{T: t, box: e, w: w})
			})
		}
	})
}

// acting is one test's workspace and sandbox.
type acting struct {
	*testing.T
	box *acctest.VendorSandbox
	w   *workspace.Workspace
}

// example copies files of the examples.
func (a *acting) example(names ...string) {
	a.Helper()
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(root, "examples", filepath.FromSlash(name)))
		if err != nil {
			a.Fatal(err)
		}
		a.write(strings.ReplaceAll(name, "/", "_"), string(text))
	}
}

func (a *acting) write(name, text string) {
	a.Helper()
	if err := a.w.Write(name, text); err != nil {
		a.Fatal(err)
	}
}

// run expects an exit code, and returns what was printed, its lines joined.
func (a *acting) run(want int, args ...string) string {
	a.Helper()
	result, err := a.w.Expect(a.Context(), want, append(args, "-no-color")...)
	if err != nil {
		a.Fatal(err)
	}
	return joined.ReplaceAllString(result.Printed, " ")
}

// joined are the line breaks and borders with which the engine draws messages.
var joined = regexp.MustCompile(`[\s│╷╵]+`)

func (a *acting) invoke(want int, action string) string {
	a.Helper()
	return a.run(want, "apply", "-auto-approve", "-invoke="+action)
}

// asked expects how often each of the deeds' operations was called since it was last asked.
func (a *acting) asked(want map[string]int) {
	a.Helper()
	for _, d := range deeds {
		if got := a.box.CallCount(d.vendor, d.op); got != want[d.vendor] {
			a.Errorf("%s: %d calls, want %d", d.vendor, got, want[d.vendor])
		}
	}
	a.box.ResetRequests()
}

// has expects each part in what was printed.
func (a *acting) has(printed string, parts ...string) {
	a.Helper()
	for _, part := range parts {
		if !strings.Contains(printed, part) {
			a.Errorf("%q is missing in:\n%s", part, printed)
		}
	}
}

// statuses are the sandbox's words for a vendor's links.
func (a *acting) statuses(vendor string) []string {
	var out []string
	for _, link := range a.box.Overview() {
		if link.Vendor == vendor {
			out = append(out, link.Status)
		}
	}
	slices.Sort(out)
	return out
}

// Every example of an action is applied as it stands, and invoked by the command that it shows, twice.
func testActionExamples(t *testing.T, a *acting) {
	a.example("provider/provider.tf")
	for _, d := range deeds {
		a.example("resources/paymentlinks_"+d.vendor+"_link/resource.tf", "actions/"+d.name()+"/action.tf")
	}
	a.run(0, "init")
	printed := a.run(0, "apply", "-auto-approve")
	a.asked(map[string]int{"conomy": 2}) // one link's `activate`, and the trigger
	a.has(printed, "Asking Conomy to activate it", "is active")
	a.run(0, "plan", "-detailed-exitcode")
	a.box.ResetRequests()

	command := regexp.MustCompile(`(?m)^#\s+terraform apply -invoke=(\S+)$`)
	for _, d := range deeds {
		text, err := os.ReadFile(filepath.Join(root, "examples", "actions", d.name(), "action.tf"))
		if err != nil {
			t.Fatal(err)
		}
		shown := command.FindStringSubmatch(string(text))
		if shown == nil {
			t.Fatalf("the example of %s shows no command", d.name())
		}
		for range 2 {
			printed := a.invoke(0, shown[1])
			if d.vendor == "conomy" {
				a.has(printed, "Looking at the Conomy payment link", "is already active")
				a.asked(nil)
				continue
			}
			a.has(printed, "Asking", "is revoked")
			a.asked(map[string]int{d.vendor: 1})
		}
	}
	if left, err := os.ReadDir(filepath.Join(root, "examples", "actions")); err != nil || len(left) != len(deeds) {
		t.Errorf("%d examples of actions, want %d: %v", len(left), len(deeds), err)
	}
}

// block is a vendor's link named "x", with further lines, and its action.
func block(d deed, lines ...string) string {
	at := slices.IndexFunc(vendorCases, func(c vendorCase) bool { return c.vendor == d.vendor })
	kind := vendorCases[at].name()
	return fmt.Sprintf("resource %q \"x\" {\n%s%s\n}\n\naction %q \"x\" {\n  config {\n    id = %s.x.id\n  }\n}\n",
		kind, hclBody(vendorCases[at].config), strings.Join(lines, "\n"), d.name(), kind)
}

func trigger(d deed, events string) string {
	return fmt.Sprintf("lifecycle {\n    action_trigger {\n      events  = [%s]\n      actions = [action.%s.x]\n    }\n  }", events, d.name())
}

// The action follows the create of its own link, in the same apply, when the id is not known to the plan. The next plan is
// empty for an activated link, also where `activate = false` is written, and replaces the others, once.
func testActionAfterCreate(_ *testing.T, a *acting) {
	a.example("provider/provider.tf")
	for _, d := range deeds {
		line := ""
		if d.vendor == "conomy" {
			line = "activate = false"
		}
		a.write(d.vendor+".tf", block(d, line, trigger(d, "after_create")))
	}
	a.run(0, "init")
	a.run(0, "validate")
	a.run(0, "plan")
	a.asked(nil)
	a.has(a.run(0, "apply", "-auto-approve"), "Asking Powens to revoke", "Asking Qonto to deactivate", "Asking Conomy to activate")
	a.asked(map[string]int{"powens": 1, "qonto": 1, "conomy": 1})

	report, err := a.w.Plan(a.Context())
	if err != nil || report.ExitCode != 0 {
		a.Fatalf("%v\n%s", err, report.Printed)
	}
	want := map[string]string{"paymentlinks_powens_link.x": "replace", "paymentlinks_qonto_link.x": "replace"}
	// Terraform 1.16 would rather have `caller` than a reference to the triggering resource, which older ones do not know.
	warnings := slices.DeleteFunc(report.Warnings(), func(d workspace.Diagnostic) bool { return d.Summary == "Reference to triggering resource" })
	if !maps.Equal(report.Actions, want) || len(warnings) != 2 {
		a.Errorf("planned %v, warned %v", report.Actions, warnings)
	}
	for _, warning := range warnings {
		if !strings.Contains(warning.Summary, "will be replaced: ") || want[warning.Address] == "" {
			a.Error(warning)
		}
	}
	a.run(0, "plan", "-detailed-exitcode", "-target=paymentlinks_conomy_link.x")
	a.asked(nil)
}

// Invoked by hand over links that are kept when revoked: the next plan is empty, and says what happened.
func testPlanAfterInvoke(_ *testing.T, a *acting) {
	a.example("provider/provider.tf")
	for _, d := range deeds {
		a.write(d.vendor+".tf", block(d, "replace_when = []"))
	}
	a.run(0, "init")
	a.run(0, "apply", "-auto-approve")
	a.asked(nil)
	for _, d := range deeds {
		a.invoke(0, "action."+d.name()+".x")
		a.asked(map[string]int{d.vendor: 1})
		if got := a.statuses(d.vendor); !slices.Equal(got, []string{d.done}) {
			a.Errorf("%s: %v", d.vendor, got)
		}
	}
	report, err := a.w.Plan(a.Context(), "-detailed-exitcode")
	if err != nil || report.ExitCode != 0 || len(report.Actions) > 0 || len(report.Warnings()) != 2 {
		a.Errorf("%v %v %v\n%s", err, report.Actions, report.Warnings(), report.Printed)
	}
	for _, warning := range report.Warnings() {
		if !strings.Contains(warning.Summary, "payment link is revoked") {
			a.Error(warning)
		}
	}
	a.asked(nil)
}

// What cannot be done is an error of the run, in the vendor's words, and says how the link is.
func testActionRefusals(_ *testing.T, a *acting) {
	a.example("provider/provider.tf")
	for _, d := range deeds {
		a.write(d.vendor+".tf", block(d))
	}
	a.run(0, "init")
	a.run(0, "apply", "-auto-approve")
	a.box.ResetRequests()
	for vendor, status := range map[string]string{"qonto": "processing", "conomy": "EXPIRED"} {
		for _, link := range a.box.Overview() {
			if link.Vendor != vendor {
				continue
			}
			var err error
			if vendor == "qonto" {
				err = qontosandbox.From(a.box).ForceStatus(link.ID, status)
			} else {
				err = conomysandbox.From(a.box).ForceStatus(link.ID, status)
			}
			if err != nil {
				a.Fatal(err)
			}
		}
	}
	a.has(a.invoke(1, "action."+deeds["qonto"].name()+".x"), "payment link", "`processing`", "cannot be deactivated", "422")
	a.has(a.invoke(1, "action."+deeds["conomy"].name()+".x"), "Cannot activate Conomy payment link", "`expired`", "replace")
	a.asked(map[string]int{"qonto": 1})
	if got := a.statuses("qonto"); !slices.Equal(got, []string{"processing"}) {
		a.Errorf("qonto: %v", got)
	}
}

// A wrong id is found without a request: in the file by validate, in a variable by the plan.
func testActionChecksFirst(_ *testing.T, a *acting) {
	a.example("provider/provider.tf")
	const inVariable = `
variable "id" {
  type    = string
  default = "a/b"
}

action "paymentlinks_powens_revoke_link" "variable" {
  config {
    id = var.id
  }
}
`
	a.write("actions.tf", inVariable+`
action "paymentlinks_qonto_deactivate_link" "literal" {
  config {
    id = "F-2026-0043"
  }
}
`)
	a.run(0, "init")
	printed := a.run(1, "validate")
	a.has(printed, "Cannot deactivate Qonto payment link", "an id is a UUID", "No request was sent")
	if strings.Contains(printed, "Cannot revoke Powens payment link") {
		a.Errorf("the variable is known: %s", printed)
	}
	a.write("actions.tf", inVariable)
	a.has(a.invoke(1, "action.paymentlinks_powens_revoke_link.variable"), "Cannot revoke Powens payment link", "slash", "No request was sent")
	if n := len(a.box.Requests()); n != 0 {
		a.Errorf("%d requests", n)
	}
}
