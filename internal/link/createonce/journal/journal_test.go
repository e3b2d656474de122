package journal_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce/journal"
)

// What a killed run left is for the next attempt of equal content, under its account and in its workspace, until it is settled. What an
// orderly run left is for nobody.
func TestLeftovers(t *testing.T) {
	t.Parallel()
	other := func(change func(*journal.Content)) journal.Content {
		content := donation
		change(&content)
		return content
	}
	killed := func(before func(r *run)) func(*machine) {
		return func(m *machine) {
			r := m.start(shop)
			before(r)
			r.kill()
		}
	}
	ctx := t.Context()
	for name, tc := range map[string]struct {
		happen    func(m *machine)
		workspace string
		content   journal.Content
		want      []string
	}{
		"nothing":             {happen: func(*machine) {}},
		"killed after begin":  {happen: killed(func(r *run) { r.begin(donation) }), want: []string{"?"}},
		"killed after answer": {happen: killed(func(r *run) { r.answered(donation, "1") }), want: []string{"1"}},
		"answers come first": {happen: killed(func(r *run) {
			r.begin(donation).End()
			r.answered(donation, "1")
			r.answered(donation, "2")
		}), want: []string{"2", "1", "?"}},
		"refused":              {happen: killed(func(r *run) { r.begin(donation).Refused() })},
		"unknown, then killed": {happen: killed(func(r *run) { r.begin(donation).End() }), want: []string{"?"}},
		"ended in order": {happen: func(m *machine) {
			r := m.start(shop)
			r.answered(donation, "1")
			r.begin(donation).End()
			r.Close(ctx)
		}},
		"alive":           {happen: func(m *machine) { m.start(shop).answered(donation, "1") }},
		"another content": {happen: killed(func(r *run) { r.answered(donation, "1") }), content: other(func(c *journal.Content) { c.Exact = "of Bob" })},
		"another account": {happen: killed(func(r *run) { r.answered(donation, "1") }), content: other(func(c *journal.Content) { c.Account = "you" })},
		"another folder":  {happen: killed(func(r *run) { r.answered(donation, "1") }), workspace: "/home/ada/club\n"},
		"seen in a state": {happen: func(m *machine) {
			killed(func(r *run) { r.answered(donation, "1"); r.answered(donation, "2") })(m)
			m.start("/elsewhere").Seen(ctx, donation.Account, "1")
			m.start("/elsewhere").Seen(ctx, "another account", "2")
		}, want: []string{"2"}},
		"settled as nothing, and killed": {happen: func(m *machine) {
			killed(func(r *run) { r.begin(donation) })(m)
			killed(func(r *run) { r.answered(donation, "2") })(m)
		}, want: []string{"2"}},
		"killed while it settled": {happen: func(m *machine) {
			killed(func(r *run) { r.begin(donation) })(m)
			killed(func(r *run) { r.begin(donation) })(m)
		}, want: []string{"?"}},
		"taken over, and killed": {happen: func(m *machine) {
			killed(func(r *run) { r.answered(donation, "1"); r.answered(donation, "2") })(m)
			killed(func(r *run) {
				attempt := r.begin(donation)
				attempt.TakeOver(attempt.Leftovers()[1], "1")
			})(m)
		}, want: []string{"1", "2"}},
		"taken over, and ended in order": {happen: func(m *machine) {
			killed(func(r *run) { r.begin(donation) })(m)
			r := m.start(shop)
			attempt := r.begin(donation)
			attempt.TakeOver(attempt.Leftovers()[0], "7")
			r.Close(ctx)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMachine(t)
			tc.happen(m)
			if tc.workspace == "" {
				tc.workspace = shop
			}
			if tc.content.Class == "" {
				tc.content = donation
			}
			if got := m.leftovers(tc.workspace, tc.content); !slices.Equal(got, tc.want) {
				t.Errorf("left: %q, want %q\n%s", got, tc.want, m.read())
			}
		})
	}
}

// slowStore has a disk that takes its time.
type slowStore struct {
	journal.Store
	synced, ready chan struct{}
}

func (s *slowStore) Sync() error {
	<-s.ready
	close(s.synced)
	return s.Store.Sync()
}

// The record is in the file before the request, and on the disk before the attempt ends: the wait for the disk is the request's.
func TestDiskIsWaitedForAfterTheRequest(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	store := &slowStore{journal.NewFileStore(m.path), make(chan struct{}), make(chan struct{})}
	attempt, err := journal.New(store, shop, m.clock).Begin(t.Context(), donation)
	if err != nil || !strings.Contains(string(m.read()), `"k":"begin"`) {
		t.Fatalf("%v\n%s", err, m.read())
	}
	ended := make(chan struct{})
	go func() { attempt.Answered("1"); close(ended) }()
	select {
	case <-ended:
		t.Error("ended before the disk had the record")
	case store.ready <- struct{}{}:
	}
	<-ended
	<-store.synced
}

// What killed runs left can be looked at without a turn, until a state has shown it.
func TestLeftoversWithoutATurn(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	killed, r := m.start(shop), m.start(shop)
	killed.answered(donation, "1")
	if left := r.Leftovers(t.Context(), donation); len(left) > 0 {
		t.Errorf("a run that lives left %v", left)
	}
	killed.kill()
	if left := r.Leftovers(t.Context(), donation); len(left) != 1 || left[0].ID != "1" {
		t.Errorf("left: %v", left)
	}
	r.Seen(t.Context(), donation.Account, "1")
	if left := r.Leftovers(t.Context(), donation); len(left) > 0 {
		t.Errorf("left, although it was shown: %v", left)
	}
}

// An engine's flags are its parent's arguments, or stand in its variables.
func TestIsPartial(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]bool{
		"": false, "-parallelism=3 -var=x=-targets": false, "-target=a.b": true, "-refresh=false --target a.b": true, "-exclude=a.b": true, "-var 'x=y' '-target=a.b'": true,
	} {
		if got := journal.IsPartial(t.Context(), func(name string) string { return map[string]string{"TF_CLI_ARGS_apply": args}[name] }); got != want {
			t.Errorf("%q: %t", args, got)
		}
	}
}

// An id that any run made or took over is known, whatever became of the run.
func TestHandedOverLinksAreKnown(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	orderly, killed, alive := m.start(shop), m.start(shop), m.start("/elsewhere")
	orderly.answered(donation, "1")
	orderly.Close(t.Context())
	killed.answered(donation, "2")
	killed.kill()
	alive.answered(donation, "3")
	r := m.start(shop)
	for id, want := range map[string]bool{"1": true, "2": true, "3": true, "4": false} {
		if got := r.IsKnown(t.Context(), donation.Account, id); got != want {
			t.Errorf("%s is known: %t", id, got)
		}
	}
	if r.IsKnown(t.Context(), "another account", "1") {
		t.Error("an id of another account is known")
	}
	r.store.fail = errors.New("no space left on device")
	_, _ = r.Begin(t.Context(), journal.Content{Class: "another"})
	if r.Failure() == nil || !r.IsKnown(t.Context(), donation.Account, "3") {
		t.Error("what the file said is forgotten when it fails")
	}
}

// Attempts of one class take turns, across processes; those of another class or account do not wait.
func TestAttemptsOfOneClassTakeTurns(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	first, second := m.start(shop), m.start("/elsewhere")
	attempt := first.begin(donation)
	similar := donation
	similar.Exact = "similar"
	for _, free := range []journal.Content{{Account: donation.Account, Class: "fee"}, {Account: "you", Class: donation.Class}} {
		second.begin(free).End()
	}
	waited := 0
	m.clock.onSleep = func() {
		if waited++; waited == 3 {
			attempt.Answered("1")
		}
	}
	second.begin(similar)
	if waited != 3 {
		t.Errorf("waited %d times", waited)
	}
	ctx, cancel := context.WithCancel(t.Context())
	m.clock.onSleep = cancel
	if _, err := first.Begin(ctx, donation); err == nil {
		t.Error("two attempts of one class are under way")
	}
	second.kill()
	first.begin(donation)
}

// A provider whose engine was killed lives on for a moment: what it leaves is known when it has ended.
func TestRunWithoutItsEngineIsWaitedFor(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	dying := m.start(shop)
	attempt := dying.begin(donation)
	waited := 0
	m.clock.onSleep = func() {
		switch waited++; waited {
		case 1:
			attempt.Answered("1")
		case 3:
			dying.Orphaned(t.Context())
		case 200:
			dying.kill()
		}
	}
	if got := m.leftovers(shop, donation); !slices.Equal(got, []string{"1"}) || waited != 200 {
		t.Errorf("left: %q, after %d waits", got, waited)
	}
}

// Another run of the same workspace that goes on living, as one without a lock of the state, is waited for once, and not for long.
func TestRunThatLivesIsNotWaitedForLong(t *testing.T) {
	t.Parallel()
	for name, jump := range map[string]time.Duration{"steady": 0, "set back": -time.Hour, "set forward": time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMachine(t)
			m.start(shop).answered(donation, "1")
			r := m.start(shop)
			waited := 0
			m.clock.onSleep = func() { waited++; m.clock.Advance(jump) }
			for range 3 {
				attempt := r.begin(donation)
				if left := attempt.Leftovers(); left != nil {
					t.Errorf("left: %v", left)
				}
				attempt.Refused()
			}
			if waited == 0 || waited > 110 {
				t.Errorf("waited %d times", waited)
			}
		})
	}
}

// A clock that was wrong when a record was written, or is now, loses nothing.
func TestClockMayJump(t *testing.T) {
	t.Parallel()
	for _, jump := range []time.Duration{-20 * 365 * 24 * time.Hour, 20 * 365 * 24 * time.Hour} {
		m := newMachine(t)
		r := m.start(shop)
		r.answered(donation, "1")
		r.kill()
		m.clock.Advance(jump)
		if got := m.leftovers(shop, donation); !slices.Equal(got, []string{"1"}) {
			t.Errorf("after %s left: %q", jump, got)
		}
	}
}

// Nothing of content, account or workspace stands in the file, and the same content looks different on another machine.
func TestFileTellsNothing(t *testing.T) {
	t.Parallel()
	fields := map[string]bool{}
	for range 2 {
		m := newMachine(t)
		r := m.start(shop)
		r.answered(donation, "1")
		r.begin(donation)
		text := string(m.read())
		for _, secret := range strings.FieldsFunc(donation.Account+" "+donation.Class+" "+donation.Exact+" "+shop, func(c rune) bool { return strings.ContainsRune(" \n/,", c) }) {
			if len(secret) > 5 && strings.Contains(text, secret) { // a shorter word may stand in a hash by chance
				t.Errorf("the file holds %q", secret)
			}
		}
		for _, name := range []string{`"a":"`, `"c":"`, `"e":"`, `"p":"`} {
			_, value, _ := strings.Cut(text, name)
			value, _, _ = strings.Cut(value, `"`)
			if value == "" || fields[value] {
				t.Errorf("%s%s: missing, or equal elsewhere", name, value)
			}
			fields[value] = true
		}
	}
}

// The file does not grow without end: what is settled is dropped after a day, what a killed run left after three months.
func TestOldRecordsAreDropped(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	seen := journal.Content{Account: donation.Account, Class: "seen"}
	fill := func() (r *run) {
		r = m.start(shop)
		for i := range 4000 {
			r.answered(journal.Content{Account: donation.Account, Class: fmt.Sprint(i)}, fmt.Sprint(i))
		}
		return r
	}
	orderly, killed := fill(), m.start(shop)
	killed.answered(donation, "lost")
	killed.answered(seen, "seen")
	orderly.Close(t.Context())
	killed.kill()
	m.start(shop).Seen(t.Context(), donation.Account, "seen")
	full := len(m.read())
	for _, step := range []struct {
		passes   time.Duration
		known    bool
		smallest int // size of the file
		want     []string
	}{{time.Hour, true, full, []string{"lost"}}, {48 * time.Hour, false, 0, []string{"lost"}}, {24 * time.Hour, false, 0, []string{"lost"}}, {100 * 24 * time.Hour, false, 0, nil}} {
		m.clock.Advance(step.passes)
		if step.want == nil {
			fill().Close(t.Context())
			m.clock.Advance(48 * time.Hour)
		}
		if got := m.leftovers(shop, donation); !slices.Equal(got, step.want) {
			t.Errorf("%s later left: %q", step.passes, got)
		}
		if got := m.start(shop).IsKnown(t.Context(), donation.Account, "7"); got != step.known {
			t.Errorf("%s later: known %t", step.passes, got)
		}
		if size := len(m.read()); size < step.smallest || step.smallest == 0 && size > 4000 {
			t.Errorf("%s later: %d bytes", step.passes, size)
		}
	}
	if got := m.leftovers(shop, seen); got != nil {
		t.Errorf("left: %q", got)
	}
}

// What is left out of a file that has grown too large takes nothing from what stays: a link that is in a state is still nobody's, and a
// run without its engine is still waited for.
func TestCompactedFileTellsTheSame(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	seen := journal.Content{Account: donation.Account, Class: "seen"}
	old := m.start(shop)
	old.answered(journal.Content{Account: donation.Account, Class: "large", Evidence: journal.Evidence{Existing: []string{strings.Repeat("1", 1<<20)}}}, "large")
	old.Close(t.Context())
	m.clock.Advance(23*time.Hour + 30*time.Minute)
	dying, killed := m.start(shop), m.start(shop)
	dying.answered(donation, "1")
	dying.Orphaned(t.Context())
	killed.answered(seen, "2")
	killed.kill()
	m.start(shop).Seen(t.Context(), seen.Account, "2")
	m.clock.Advance(time.Hour)
	if got := m.leftovers(shop, seen); got != nil {
		t.Errorf("left: %q", got)
	}
	if size := len(m.read()); size > 1<<20 {
		t.Errorf("%d bytes", size)
	}
	waited := 0
	m.clock.onSleep = func() {
		if waited++; waited == 200 {
			dying.kill()
		}
	}
	if got := m.leftovers(shop, donation); !slices.Equal(got, []string{"1"}) || waited != 200 {
		t.Errorf("left: %q, after %d waits", got, waited)
	}
}
