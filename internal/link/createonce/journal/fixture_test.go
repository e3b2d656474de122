package journal_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce/journal"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
)

var (
	donation = journal.Content{Account: "acme\nhttps://api.example\nme", Class: "donation", Exact: "donation of Ada Lovelace, 10 EUR"}
	shop     = "/home/ada/webshop\n"
)

// machine is a computer with a journal's file.
type machine struct {
	t     *testing.T
	path  string
	clock *hookedClock
}

// hookedClock calls a hook at each sleep, if there is one.
type hookedClock struct {
	*fakeclock.Clock
	onSleep func()
}

func (c *hookedClock) Sleep(ctx context.Context, d time.Duration) error {
	if c.onSleep != nil {
		c.onSleep()
	}
	return c.Clock.Sleep(ctx, d)
}

func newMachine(t *testing.T) *machine {
	t.Helper()
	return &machine{t: t, path: filepath.Join(t.TempDir(), "state", "journal"), clock: &hookedClock{Clock: fakeclock.New(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))}}
}

// run is a provider process that can be killed.
type run struct {
	*journal.Journal
	m     *machine
	store *killableStore
}

// killableStore is a store whose process can be killed.
type killableStore struct {
	journal.Store
	release func()
	fail    error // of every append
	noDisk  error // of every sync
}

func (s *killableStore) Hold(run string) (release func(), err error) {
	s.release, err = s.Store.Hold(run)
	return s.release, err
}

// Sync does not wait for the disk: no machine is killed here.
func (s *killableStore) Sync() error { return s.noDisk }

func (s *killableStore) Append(data []byte) error {
	if s.fail != nil {
		_ = s.Store.Append(data[:len(data)/2])
		return s.fail
	}
	return s.Store.Append(data)
}

func (m *machine) start(workspace string) *run {
	store := &killableStore{Store: journal.NewFileStore(m.path)}
	m.t.Cleanup(func() { runtime.KeepAlive(store) }) // a lock that nothing refers to ends when its file is collected
	return &run{Journal: journal.New(store, workspace, m.clock), m: m, store: store}
}

// kill releases what the system releases when a process ends.
func (r *run) kill() {
	if r.store.release != nil {
		r.store.release()
	}
}

func (r *run) begin(content journal.Content) *journal.Attempt {
	r.m.t.Helper()
	attempt, err := r.Begin(r.m.t.Context(), content)
	if err != nil || attempt == nil {
		r.m.t.Fatalf("attempt %v, error %v, failure %v", attempt, err, r.Failure())
	}
	return attempt
}

// answered makes an attempt that makes a link.
func (r *run) answered(content journal.Content, id string) {
	r.m.t.Helper()
	attempt := r.begin(content)
	if err := attempt.Begin(r.m.t.Context(), attempt.Leftovers()); err != nil {
		r.m.t.Fatal(err)
	}
	attempt.Answered(id)
}

// leftovers returns the ids of what a new run finds, "?" for one without an answer.
func (m *machine) leftovers(workspace string, content journal.Content) (ids []string) {
	m.t.Helper()
	r := m.start(workspace)
	defer r.kill()
	for _, one := range r.begin(content).Leftovers() {
		if one.ID == "" {
			one.ID = "?"
		}
		ids = append(ids, one.ID)
	}
	return ids
}

func (m *machine) read() []byte {
	m.t.Helper()
	data, err := os.ReadFile(m.path)
	if err != nil {
		m.t.Fatal(err)
	}
	return data
}

func (m *machine) write(data []byte) {
	m.t.Helper()
	if err := os.WriteFile(m.path, data, 0o600); err != nil {
		m.t.Fatal(err)
	}
}
