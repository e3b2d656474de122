package e2e_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// TestAccActions lets a real Terraform act: by hand (-invoke), and from action_trigger.
func TestAccActions(t *testing.T) {
	requireVersion(t, "1.14.0", "")
	runAll(t, map[string]func(*fixture){
		"examples": testActionExamples, "after create": testActionAfterCreate, "next plan": testPlanAfterInvoke, "refusals": testActionRefusals,
		"wrong ids": testActionChecksItsID,
	})
}

// action is one of a vendor's actions, with what it is called.
type action struct {
	descriptor.Action
	d    descriptor.Descriptor
	verb string
}

func actions() []action {
	var out []action
	for _, d := range descriptor.All() {
		for _, verb := range slices.Sorted(maps.Keys(d.Actions)) {
			out = append(out, action{d.Actions[verb], d, verb})
		}
	}
	return out
}

func (a action) name() string  { return a.d.ActionType(a.verb) }
func (a action) revokes() bool { return a.Operation == a.d.Operations.Revoke }

// block is a vendor's link named "x", with further lines, and its action.
func (a action) block(lines ...string) string {
	kind := a.d.ResourceType()
	return fmt.Sprintf("resource %q \"x\" {\n%s%s\n}\n\naction %q \"x\" {\n  config {\n    id = %s.x.id\n  }\n}\n",
		kind, tfconfig.HCL(a.d.Config), strings.Join(lines, "\n"), a.name(), kind)
}

// invoke invokes the action of block.
func (f *fixture) invoke(want int, address string) string {
	f.Helper()
	return f.run(want, "apply", "-auto-approve", "-invoke="+address)
}

// requireActed expects how often each action's operation was called since it was last asked; actions that are left out were
// not.
func (f *fixture) requireActed(want map[string]int) {
	f.Helper()
	for _, a := range actions() {
		if got := f.of(a.d).CallCount(a.d.Name, a.Operation); got != want[a.name()] {
			f.Errorf("%s: %d calls, want %d", a.name(), got, want[a.name()])
		}
	}
	f.box.ResetRequests()
}

// once is one call for each of the actions.
func once() map[string]int {
	out := map[string]int{}
	for _, a := range actions() {
		out[a.name()] = 1
	}
	return out
}

// Every example of an action is applied as it stands, and invoked by the command that it shows, twice.
func testActionExamples(f *fixture) {
	f.copyExamples("provider/provider.tf")
	acted := map[string]int{}
	for _, a := range actions() {
		resources, example := resourceExamples(f.T, a.d), "actions/"+a.name()+"/action.tf"
		f.copyExamples(append(resources, example)...)
		acted[a.name()] = strings.Count(readExample(f.T, example), "action_trigger {")
		for _, resource := range resources {
			if !a.revokes() {
				acted[a.name()] += len(regexp.MustCompile(`(?m)^ +activate +=`).FindAllString(readExample(f.T, resource), -1))
			}
		}
	}
	f.ready()
	printed := f.run(0, "apply", "-auto-approve")
	f.requireActed(acted)
	for _, a := range actions() {
		if strings.Contains(readExample(f.T, "actions/"+a.name()+"/action.tf"), "action_trigger {") {
			f.requireText(printed, "Sending the "+a.verb+" request to "+a.d.Title)
		}
	}
	f.run(0, "plan", "-detailed-exitcode")
	f.box.ResetRequests()

	command := regexp.MustCompile(`(?m)^#\s+terraform apply -invoke=(\S+)$`)
	for _, a := range actions() {
		shown := command.FindStringSubmatch(readExample(f.T, "actions/"+a.name()+"/action.tf"))
		if shown == nil {
			f.Fatalf("the example of %s shows no command", a.name())
		}
		for range 2 {
			printed := f.invoke(0, shown[1])
			if !a.revokes() {
				f.requireText(printed, "Reading "+a.d.Title+" payment link", "is already active")
				f.requireActed(nil)
				continue
			}
			f.requireText(printed, "Sending the", "revoked: its URL")
			f.requireActed(map[string]int{a.name(): 1})
		}
	}
	if left, err := os.ReadDir(filepath.Join(root, "examples", "actions")); err != nil || len(left) != len(actions()) {
		f.Errorf("%d examples of actions, want %d: %v", len(left), len(actions()), err)
	}
}

// The action follows the create of its own link, in the same apply, when the id is not known to the plan. The next plan is
// empty for an activated link, also where `activate = false` is written, and replaces the others, once.
func testActionAfterCreate(f *fixture) {
	f.copyExamples("provider/provider.tf")
	var asked, targets []string
	want := map[string]string{}
	for _, a := range actions() {
		line := ""
		if a.revokes() {
			want[a.d.ResourceType()+".x"] = "replace"
		} else {
			line = "activate = false"
			targets = append(targets, "-target="+a.d.ResourceType()+".x")
		}
		f.write(a.d.Name+".tf", a.block(line, fmt.Sprintf("lifecycle {\n    action_trigger {\n      events  = [after_create]\n      actions = [action.%s.x]\n    }\n  }", a.name())))
		asked = append(asked, "Sending the "+a.verb+" request to "+a.d.Title)
	}
	f.ready()
	f.run(0, "validate")
	f.run(0, "plan")
	f.requireActed(nil)
	f.requireText(f.run(0, "apply", "-auto-approve"), asked...)
	f.requireActed(once())

	report := f.plan()
	// Terraform 1.16 would rather have `caller` than a reference to the triggering resource, which older ones do not know.
	warnings := slices.DeleteFunc(report.Warnings(), func(d workspace.Diagnostic) bool { return d.Summary == "Reference to triggering resource" })
	if !maps.Equal(report.Actions, want) || len(warnings) != len(want) {
		f.Errorf("planned %v, warned %v", report.Actions, warnings)
	}
	for _, warning := range warnings {
		if !strings.Contains(warning.Summary, "will be replaced: ") || want[warning.Address] == "" {
			f.Error(warning)
		}
	}
	f.run(0, append([]string{"plan", "-detailed-exitcode"}, targets...)...)
	f.requireActed(nil)
}

// Invoked by hand over links that are kept when revoked: the next plan is empty, and says what happened.
func testPlanAfterInvoke(f *fixture) {
	f.copyExamples("provider/provider.tf")
	revokes := 0
	for _, a := range actions() {
		f.write(a.d.Name+".tf", a.block("replace_when = []"))
		if a.revokes() {
			revokes++
		}
	}
	f.ready()
	f.run(0, "apply", "-auto-approve")
	f.requireActed(nil)
	for _, a := range actions() {
		f.invoke(0, "action."+a.name()+".x")
		f.requireActed(map[string]int{a.name(): 1})
		if held := f.held(a.d); len(held) != 1 || held[0].Status != a.Done {
			f.Errorf("%s: %v", a.name(), held)
		}
	}
	report := f.report(0, "plan", "-detailed-exitcode")
	if len(report.Actions) > 0 || len(report.Warnings()) != revokes {
		f.Errorf("%v %v\n%s", report.Actions, report.Warnings(), report.Printed)
	}
	for _, warning := range report.Warnings() {
		if !strings.Contains(warning.Summary, "payment link is revoked") {
			f.Error(warning)
		}
	}
	f.requireActed(nil)
}

// What cannot be done is an error of the run, in the vendor's words, and says how the link is.
func testActionRefusals(f *fixture) {
	f.copyExamples("provider/provider.tf")
	for _, a := range actions() {
		f.write(a.d.Name+".tf", a.block())
	}
	f.ready()
	f.run(0, "apply", "-auto-approve")
	for _, a := range actions() {
		if a.Refusal == "" {
			continue
		}
		link := f.held(a.d)[0]
		if err := f.box.Act(a.d.Name, link.ID, "force", a.Refusal); err != nil {
			f.Fatal(err)
		}
		f.requireText(f.invoke(1, "action."+a.name()+".x"), a.RefusalText...)
		if held := f.held(a.d); held[0].Status != a.Refusal {
			f.Errorf("%s: the link is %s", a.name(), held[0].Status)
		}
	}
}

// A wrong id is found without a request: in the file by validate, in a variable by the plan.
func testActionChecksItsID(f *fixture) {
	f.copyExamples("provider/provider.tf")
	all := actions()
	known, later := all[0], all[len(all)-1]
	inVariable := fmt.Sprintf("variable \"id\" {\n  type    = string\n  default = \"a/b\"\n}\n\naction %q \"variable\" {\n  config {\n    id = var.id\n  }\n}\n", later.name())
	f.write("actions.tf", inVariable+fmt.Sprintf("\naction %q \"literal\" {\n  config {\n    id = \"a/b\"\n  }\n}\n", known.name()))
	f.ready()
	cannot := func(a action) string { return "Cannot " + a.verb + " " + a.d.Title + " payment link" }
	printed := f.run(1, "validate")
	f.requireText(printed, cannot(known), "slash", "No request was sent")
	if strings.Contains(printed, cannot(later)) {
		f.Errorf("the variable is known: %s", printed)
	}
	f.write("actions.tf", inVariable)
	f.requireText(f.invoke(1, "action."+later.name()+".variable"), cannot(later), "slash", "No request was sent")
	if n := len(f.box.Requests()); n != 0 {
		f.Errorf("%d requests", n)
	}
}
