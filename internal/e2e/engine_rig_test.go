package provider_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	conomysandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	gigssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	powenssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendors"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// rig is a real engine with one link of every vendor, named "it", and their sandbox. One run covers all vendors: engines are slow.
type rig struct {
	*workspace.Workspace
	*sandbox.Sandbox
	t *testing.T
}

var engineScenarios = map[string]func(*rig){
	"paid behind its back": paidBehind, "paid behind its back, and replace_when": paidBehindAndWanted, "expired behind its back": expiredBehind,
	"canceled behind its back": canceledBehind, "gone behind its back": goneBehind, "destroyed while active": openAtDestroy,
	"prevent_destroy": preventDestroy, "create_before_destroy": createBeforeDestroy, "-replace": replaceFlag, "-refresh=false": withoutRefresh,
	"removed and kept": removedAndKept, "removed and ended": removedAndEnded, "state rm": stateRm, "moved": moved,
	"saved, then paid": savedThenPaid, "saved, then canceled": savedThenCanceled, "saved and applied twice": savedTwice,
}

// TestAccEngine goes through what Terraform and OpenTofu can do to a link, and what vendors do behind their backs.
func TestAccEngine(t *testing.T) {
	t.Parallel()
	found := realEngine(t)
	mirror := mirrorFor(t, found)
	for name, scenario := range engineScenarios {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box, err := sandbox.Start(sandbox.Options{}, vendors.All()...)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := box.Close(); err != nil {
					t.Error(err)
				}
			})
			w, err := workspace.New(t.TempDir(), found, mirror, box.Env())
			if err != nil {
				t.Fatal(err)
			}
			r := &rig{Workspace: w, Sandbox: box, t: t}
			r.declare(r.blocks(nil))
			if _, err := w.Expect(t.Context(), 0, "init", "-no-color"); err != nil {
				t.Fatal(err)
			}
			scenario(r)
		})
	}
}

const engineHeader = `
terraform {
  required_providers {
    paymentlinks = { source = "paymentlinks/paymentlinks" }
  }
}

provider "paymentlinks" {
  powens = { account = "main" }
  conomy = { account = "main" }
  gigs   = { account = "main" }
  qonto  = { account = "main" }
}
`

// declare writes the whole configuration.
func (r *rig) declare(blocks ...string) {
	r.t.Helper()
	if err := r.Write("main.tf", engineHeader+strings.Join(blocks, "\n")); err != nil {
		r.t.Fatal(err)
	}
}

// blocks declares every vendor's link, with changes of some vendors' and the same additions (such as a lifecycle) for all.
func (r *rig) blocks(changes map[string]object, additions ...string) string {
	var out strings.Builder
	for _, c := range vendorCases {
		fmt.Fprintf(&out, "resource %q \"it\" {\n%s%s}\n", c.name(), hclBody(c.with(changes[c.vendor])), strings.Join(additions, "\n")+"\n")
	}
	return out.String()
}

// hclBody writes attributes as HCL, a line each.
func hclBody(attributes object) string {
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		fmt.Fprintf(&out, "%s = %s\n", name, hclValue(attributes[name]))
	}
	return out.String()
}

func hclValue(value any) string {
	switch value := value.(type) {
	case object:
		return "{\n" + hclBody(value) + "}"
	case list:
		var parts []string
		for _, each := range value {
			parts = append(parts, hclValue(each))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case string:
		return fmt.Sprintf("%q", value)
	default:
		return fmt.Sprint(value)
	}
}

// run runs a command and expects its exit code.
func (r *rig) run(want int, command string, flags ...string) workspace.Report {
	r.t.Helper()
	report, err := r.Report(r.t.Context(), command, flags...)
	if err != nil {
		r.t.Fatal(err)
	}
	if report.ExitCode != want {
		r.t.Fatalf("%s %v ended with %d, want %d:\n%s", command, flags, report.ExitCode, want, report.Diagnostics)
	}
	return report
}

func (r *rig) apply(flags ...string) workspace.Report {
	r.t.Helper()
	return r.run(0, "apply", append([]string{"-auto-approve"}, flags...)...)
}

func (r *rig) plan(flags ...string) workspace.Report {
	r.t.Helper()
	return r.run(0, "plan", flags...)
}

func (r *rig) destroy(flags ...string) workspace.Report {
	r.t.Helper()
	return r.run(0, "destroy", append([]string{"-auto-approve"}, flags...)...)
}

// address is where a vendor's link is declared.
func address(vendor string) string { return "paymentlinks_" + vendor + "_link.it" }

// held lists a vendor's links, oldest first.
func (r *rig) held(vendor string) []vendorapi.Link {
	var out []vendorapi.Link
	for _, link := range r.Overview() {
		if link.Vendor == vendor {
			out = append(out, link)
		}
	}
	return out
}

// newest is the vendor's link made last.
func (r *rig) newest(vendor string) vendorapi.Link {
	r.t.Helper()
	links := r.held(vendor)
	if len(links) == 0 {
		r.t.Fatalf("%s holds no link", vendor)
	}
	return links[len(links)-1]
}

// act has something done to each of the vendors' newest links behind the provider's back.
func (r *rig) act(action string, vendors ...string) {
	r.t.Helper()
	acts := map[string]func(id, action, status string) error{
		"powens": powenssandbox.From(r).Act, "conomy": conomysandbox.From(r).Act, "gigs": gigssandbox.From(r).Act, "qonto": qontosandbox.From(r).Act,
	}
	for _, vendor := range vendors {
		if err := acts[vendor](r.newest(vendor).ID, action, ""); err != nil {
			r.t.Fatal(err)
		}
	}
}

// realEngine is the engine that make test chose; without one the test is skipped.
func realEngine(t *testing.T) engine.Engine {
	t.Helper()
	return engine.Require(t)
}

// mirrorFor builds the provider of this checkout, where the engine's init finds it.
func mirrorFor(t *testing.T, found engine.Engine) string {
	t.Helper()
	mirror, err := workspace.Mirror(t.Context(), found)
	if err != nil {
		t.Fatal(err)
	}
	return mirror
}
