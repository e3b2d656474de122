package link_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// beginRun configures the provider for a run with a journal; kill lets go of what the system lets go of when a process is killed.
func (f *fixture) beginRun(journal string) (kill func()) {
	f.t.Helper()
	f.Server, _ = f.serveRun(Object{"memory": Object{}, "journal": journal})
	return func() {
		runs, err := filepath.Glob(journal + ".*.run")
		for _, run := range runs {
			err = os.Remove(run)
		}
		if err != nil || len(runs) == 0 {
			f.t.Fatalf("no run to kill: %v", err)
		}
	}
}

// A link that a killed run made is the one of its create, whatever the vendor made of it: the next create takes it over, and what it asks
// for is checked as ever.
func TestLinkOfAKilledRunThatAsksForOtherMoney(t *testing.T) {
	t.Parallel()
	journal := filepath.Join(t.TempDir(), "journal")
	f, config := newFixture(t, revocable), fullConfig(Object{"total": "109.90"})
	kill := f.beginRun(journal)
	f.store.Surcharge = 1
	f.store.FailAlways(memdriver.CallRevoke, failures()["503"]) // the run is killed before it ends the link
	f.ApplyConfig(protocoltest.State{}, resourceType, config)
	kill()
	f.store.FailAlways(memdriver.CallRevoke, nil)
	f.store.TakeCalls()

	f.beginRun(journal)
	state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, config)
	if f.store.Payable() != 0 || state.Exists() {
		t.Errorf("%d payable links, in state %q", f.store.Payable(), state.Text("id"))
	}
	requireText(t, diags, "Adopted", "pl-1", "The link was revoked")
	f.requireCalls("get=1 revoke=1")
}

// A link that was there before a killed run's create is not what that made: without the vendor's time it is named, with it it is passed over.
func TestOlderTwinIsNotWhatAKilledRunMade(t *testing.T) {
	t.Parallel()
	for _, noDate := range []bool{true, false} {
		t.Run(fmt.Sprint("no date: ", noDate), func(t *testing.T) {
			t.Parallel()
			journal := filepath.Join(t.TempDir(), "journal")
			f := newFixture(t)
			f.store.CreationTimes, f.store.NoDate = true, noDate
			age := map[bool]time.Duration{true: 30 * time.Second, false: time.Second}[noDate]
			agedTwin(answeredConfig(), age)(f)
			kill := f.beginRun(journal)
			f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["connection lost"]})
			f.ApplyConfig(protocoltest.State{}, resourceType, answeredConfig())
			kill()
			f.beginRun(journal)
			state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, answeredConfig())
			if noDate {
				requireText(t, diags, "killed run created", "proj/pl-1")
			}
			if want := map[bool]string{false: "pl-2"}[noDate]; state.Exists() == noDate || state.Exists() && state.Text("id") != want {
				t.Errorf("in state: %t, %s", state.Exists(), diags)
			}
		})
	}
}

// A journal that cannot be kept is told by the first create of a run, and only by that, whatever becomes of the create.
func TestJournalThatCannotBeKeptIsToldOnce(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	folder := t.TempDir()
	f.beginRun(folder) // a folder is no file
	f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["429"]})
	for i, want := range []int{1, 0} {
		_, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, fullConfig())
		if said := strings.Count(diags.String(), "The journal of creates is incomplete"); said != want {
			t.Errorf("create %d: told %d times: %s", i, said, diags)
		}
	}
}
