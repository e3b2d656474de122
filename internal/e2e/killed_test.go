package e2e_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// twinsEach is how many links of equal content, but for what no two links may share, each vendor has in these tests.
const twinsEach = 3

// twins declares them.
func twins() string {
	var out strings.Builder
	for _, d := range descriptor.All() {
		for i := range twinsEach {
			fmt.Fprintf(&out, "resource %q \"twin%d\" {\n%s}\n", d.ResourceType(), i, tfconfig.HCL(d.Copy(fmt.Sprint("twin", i))))
		}
	}
	return out.String()
}

// applyUntil begins an apply, and does something to it when the vendors have made so many links, before they say so.
func (f *fixture) applyUntil(creates int, do func(*workspace.Process) error) workspace.Result {
	f.Helper()
	isCreate := func(e fault.Event) bool {
		d, _ := descriptor.ByName(e.Vendor)
		return e.Op == d.Operations.Create && e.Committed
	}
	return f.runUntil(creates, isCreate, do, "apply", "-auto-approve")
}

// runUntil begins a command, and does something to it when the vendors have answered so many of the requests that count.
func (f *fixture) runUntil(n int, counts func(fault.Event) bool, do func(*workspace.Process) error, args ...string) workspace.Result {
	f.Helper()
	var mu sync.Mutex
	var running *workspace.Process
	mu.Lock()
	f.box.StartChaos(fault.Chaos{After: func(e fault.Event) {
		mu.Lock()
		defer mu.Unlock()
		if !counts(e) {
			return
		}
		if n--; n == 0 {
			if err := do(running); err != nil {
				f.Error(err)
			}
		}
	}})
	var err error
	running, err = f.w.Start(f.Context(), append(args, "-no-color")...)
	mu.Unlock()
	if err != nil {
		f.Fatal(err)
	}
	result, err := running.Wait()
	if err != nil {
		f.Fatal(err)
	}
	f.box.StartChaos(fault.Chaos{})
	return result
}

// killProvider kills the provider alone.
func killProvider(p *workspace.Process) error {
	_, err := p.KillProvider()
	return err
}

// killEngineAfter begins an apply, kills its engine after so many links, and waits until its provider, which finishes first what it had
// begun, has gone: a provider ends with its engine.
func (f *fixture) killEngineAfter(creates int) {
	f.Helper()
	var killed *workspace.Process
	f.applyUntil(creates, func(p *workspace.Process) error { killed = p; return p.KillEngine() })
	const patience = 20 * time.Second // the machine may be busy; on an idle one it takes half a second
	for waited := time.Duration(0); ; waited += time.Second / 4 {
		n, err := killed.CountOthers()
		if n == 0 && err == nil {
			return
		}
		if err != nil || waited > patience {
			f.Fatalf("%d processes are left after %s, %v", n, waited, err)
		}
		if err := (clock.System{}).Sleep(f.Context(), time.Second/4); err != nil {
			f.Fatal(err)
		}
	}
}

// idsInState are the ids of the vendors' links in the state's file, with how often each stands there.
func (f *fixture) idsInState() map[string]int {
	f.Helper()
	text, err := os.ReadFile(filepath.Join(f.w.Dir, "terraform.tfstate"))
	if err != nil {
		f.Fatal(err)
	}
	var state struct {
		Resources []struct {
			Instances []struct {
				Attributes struct {
					ID string `json:"id"`
				} `json:"attributes"`
			} `json:"instances"`
		} `json:"resources"`
	}
	if err := json.Unmarshal(text, &state); err != nil {
		f.Fatalf("%s: %v", text, err)
	}
	ids := map[string]int{}
	for _, resource := range state.Resources {
		for _, instance := range resource.Instances {
			ids[instance.Attributes.ID]++
		}
	}
	return ids
}

// requireEachOnce: the vendors have exactly the links that are in state, each of which stands there once.
func (f *fixture) requireEachOnce(want int) {
	f.Helper()
	ids := f.idsInState()
	for _, l := range f.box.Overview() {
		if ids[l.ID] != 1 {
			f.Errorf("%s's link %s stands in state %d times", l.Vendor, l.ID, ids[l.ID])
		}
	}
	if len(ids) != want || len(f.box.Overview()) != want {
		f.Errorf("%d links in state, %d at the vendors, want %d", len(ids), len(f.box.Overview()), want)
	}
}

// TestAccKilled: whatever is killed within the creates, the next apply takes over what was made, and makes the others. Every declared
// link is one link, twins too. In these tests the engine starts the provider itself.
func TestAccKilled(t *testing.T) {
	everything := func(p *workspace.Process) error { p.Kill(); return nil }
	tests := map[string]func(*fixture){
		"the provider": testKilled(killProvider),
		"the engine":   testKilled((*workspace.Process).KillEngine),
		"everything":   testKilled(everything),
		"then a part":  testPartAfterAKill, "terminated": testTerminated, "nothing": testOrderlyLinksAreNobodyElses,
	}
	for name, test := range tests {
		tests[name] = func(f *fixture) { f.w.Attach = false; test(f) }
	}
	runAll(t, tests)
}

func testKilled(kill func(*workspace.Process) error) func(*fixture) {
	return func(f *fixture) {
		f.write("main.tf", header("  request_timeout = \"3s\"\n")+twins()) // so long is looked for what got no answer
		f.ready()
		want := twinsEach * len(descriptor.All())
		f.applyUntil(want/2, kill)
		f.restoreEmptiedState()
		f.apply()
		f.requireEachOnce(want)
		f.requireSettled()
	}
}

// TestAccNewMachine: a job that was killed goes on on a machine that has its state, if it was written, and its folder. With the journal of
// the first machine nothing is made twice. Without it the plan names what may be a leftover, and the apply makes the links again; a vendor
// that refuses a second link of one kind refuses it.
func TestAccNewMachine(t *testing.T) {
	t.Parallel()
	begin := func(t *testing.T) (f *fixture, journal string) {
		f = newFixture(t)
		f.w.Attach = false
		f.write("main.tf", header("  request_timeout = \"3s\"\n  look_before_create = true\n")+twins())
		f.ready()
		f.applyUntil(len(descriptor.All()), func(p *workspace.Process) error { p.Kill(); return nil })
		f.restoreEmptiedState()
		return f, filepath.Join(f.w.Dir, ".journal")
	}
	t.Run("with the journal", func(t *testing.T) {
		t.Parallel()
		f, journal := begin(t)
		for _, other := range []string{"creates.*", "*.lock", "*.run"} { // a cache holds the file alone
			names, _ := filepath.Glob(filepath.Join(journal, other))
			for _, name := range names {
				if err := os.Remove(name); err != nil {
					t.Error(err)
				}
			}
		}
		f.apply()
		f.requireEachOnce(twinsEach * len(descriptor.All()))
	})
	t.Run("without it", func(t *testing.T) {
		t.Parallel()
		f, journal := begin(t)
		if err := os.RemoveAll(journal); err != nil {
			t.Fatal(err)
		}
		managed, lost, made := map[string]int{}, map[string]int{}, map[string]int{}
		if _, err := os.Stat(filepath.Join(f.w.Dir, "terraform.tfstate")); err == nil {
			managed = f.idsInState()
		}
		plan := f.plan()
		for _, l := range f.box.Overview() {
			if managed[l.ID] > 0 {
				continue
			}
			lost[l.Vendor]++
			if !mentions(plan, "matches the one to create", l.ID, "import {") {
				t.Errorf("%s's link %s is not named: %s", l.Vendor, l.ID, plan.Warnings())
			}
		}
		if len(lost) == 0 {
			t.Fatal("nothing was lost")
		}
		report, err := f.w.Report(f.Context(), "apply", "-auto-approve")
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range f.box.Overview() {
			made[l.Vendor]++
		}
		for _, d := range descriptor.All() {
			want := twinsEach + lost[d.Name]
			if d.Unique != "" {
				want = twinsEach
			}
			if made[d.Name] != want {
				t.Errorf("%s has %d links, want %d, of which %d are a killed run's: %s", d.Name, made[d.Name], want, lost[d.Name], report.Diagnostics)
			}
			if refused := d.Unique != "" && lost[d.Name] > 0; refused && !mentions(report, d.Unique, "409", "import {") {
				t.Errorf("%s: the holder is not named: %s", d.Name, report.Errors())
			}
		}
	})
}

// A part of a configuration does not show what the rest has in the state, and takes nothing over that a killed run
// left. The whole does.
func testPartAfterAKill(f *fixture) {
	d := descriptor.Revocable()
	f.declare(fmt.Sprintf("resource %q \"twin\" {\n  count = 4\n%s}\n", d.ResourceType(), tfconfig.HCL(d.Config)))
	f.ready()
	f.killEngineAfter(2)
	f.restoreEmptiedState()
	part := []string{"-target=" + d.ResourceType() + ".twin[2]", "-target=" + d.ResourceType() + ".twin[3]"}
	made := len(f.box.Overview())
	for _, command := range []string{"apply", "plan"} {
		flags := part
		if command == "apply" {
			flags = append([]string{"-auto-approve"}, part...)
		}
		if report := f.report(1, command, flags...); !mentions(report, "apply the whole configuration first") {
			f.Errorf("%s: %s", command, report.Diagnostics)
		}
	}
	if now := len(f.box.Overview()); now != made {
		f.Errorf("%d links, %d before", now, made)
	}
	f.apply()
	f.requireEachOnce(4)
	f.apply(part...)
	f.requireSettled()
}

// restoreEmptiedState: an engine that is killed while it writes a local state leaves an empty file. Nothing was in it before.
func (f *fixture) restoreEmptiedState() {
	f.Helper()
	path := filepath.Join(f.w.Dir, "terraform.tfstate")
	if text, err := os.ReadFile(path); err == nil && !json.Valid(text) {
		if err := os.Remove(path); err != nil {
			f.Fatal(err)
		}
	}
}

// A signal to everything, as of a CI job that is canceled, ends the apply in order: what was made is in state.
func testTerminated(f *fixture) {
	f.declare(twins())
	f.ready()
	result := f.applyUntil(4, (*workspace.Process).Terminate)
	if made := len(f.box.Overview()); result.ExitCode != 1 || made < 4 {
		f.Errorf("exit %d, %d links were made:\n%s", result.ExitCode, made, result.Printed)
	}
	f.requireEachOnce(len(f.box.Overview()))
	f.apply()
	f.requireEachOnce(twinsEach * len(descriptor.All()))
}

// What an orderly run made is taken over by nobody, whatever is left out of the next one.
func testOrderlyLinksAreNobodyElses(f *fixture) {
	var config strings.Builder
	for _, d := range descriptor.All() {
		if d.Unique != "" {
			continue
		}
		for i := range twinsEach {
			fmt.Fprintf(&config, "resource %q \"twin%d\" {\n%s}\n", d.ResourceType(), i, tfconfig.HCL(d.Config))
		}
	}
	f.declare(config.String())
	f.ready()
	total := 0
	for i, flags := range [][]string{nil, {"-refresh=false"}} {
		var targets []string
		for _, d := range descriptor.All() {
			if d.Unique == "" {
				targets = append(targets, fmt.Sprintf("-target=%s.twin%d", d.ResourceType(), i))
				total++
			}
		}
		f.apply(append(targets, flags...)...)
		f.requireEachOnce(total)
	}
	f.apply()
	f.requireEachOnce(total / 2 * twinsEach)
	// Another workspace, and another folder, with the same journal: by a saved plan, and without one.
	inOne := total / 2 * twinsEach
	for _, command := range [][]string{{"workspace", "new", "other"}, {"plan", "-out=" + planFile}, {"apply", planFile}, {"workspace", "select", "default"}} {
		f.run(0, command...)
	}
	f.requireSettled()
	if made := len(f.box.Overview()); made != 2*inOne {
		f.Errorf("%d links at the vendors, want %d", made, 2*inOne)
	}
	if err := os.Remove(filepath.Join(f.w.Dir, "terraform.tfstate")); err != nil {
		f.Fatal(err)
	}
	f.apply()
	if made := len(f.box.Overview()); made != 3*inOne {
		f.Errorf("%d links at the vendors, want %d", made, 3*inOne)
	}
}
