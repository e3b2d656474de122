package journal_test

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce/journal"
)

// A record that was torn at any byte counts as not written, and hides none that follows.
func TestTornRecordIsSkipped(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	r := m.start(shop)
	r.answered(donation, "1")
	before := len(m.read())
	r.answered(donation, "2")
	r.kill()
	whole := m.read()
	for cut := before; cut <= len(whole); cut++ {
		m.write(whole[:cut])
		want := []string{"1"}
		if second := bytes.IndexByte(whole[before:], '\n') + before; cut == len(whole) {
			want = []string{"2", "1"}
		} else if cut > second {
			want = []string{"1", "?"}
		}
		if got := m.leftovers(shop, donation); !slices.Equal(got, want) {
			t.Fatalf("cut at %d of %d: left %q, want %q", cut, len(whole), got, want)
		}
		later := m.start(shop)
		later.answered(journal.Content{Class: "later"}, "3")
		later.kill()
		if got := m.leftovers(shop, journal.Content{Class: "later"}); !slices.Equal(got, []string{"3"}) {
			t.Fatalf("cut at %d of %d: the record after it is lost", cut, len(whole))
		}
	}
}

// Each byte may be wrong: the records around it count, and a file without its first line is begun again and said once.
func TestDamagedFile(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	r := m.start(shop)
	r.answered(donation, "1")
	header := bytes.IndexByte(m.read(), '\n')
	r.begin(donation)
	r.kill()
	whole := m.read()
	for at := 0; at < len(whole); at += 7 {
		damaged := bytes.Clone(whole)
		damaged[at] ^= 0x55
		m.write(damaged)
		r := m.start(shop)
		left := r.begin(donation).Leftovers()
		r.kill()
		if failure := r.Failure(); (failure != nil) != (at <= header) || r.Failure() != nil {
			t.Fatalf("byte %d: failure %v", at, failure)
		}
		if at > header && len(left) == 0 {
			t.Fatalf("byte %d: everything is lost", at)
		}
	}
}

// A setting that names another file by mistake, such as the state, costs nothing but the journal.
func TestFileThatIsNoJournal(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"{\n  \"version\": 4,\n  \"resources\": []\n}\n", "one line", "deadbeef {}\n", "\n"} {
		m := newMachine(t)
		if err := os.MkdirAll(filepath.Dir(m.path), 0o700); err != nil {
			t.Fatal(err)
		}
		m.write([]byte(text))
		r := m.start(shop)
		r.FirstLook(t.Context(), "donation")
		if _, err := r.Begin(t.Context(), donation); err != nil {
			t.Error(err)
		}
		if got := string(m.read()); got != text {
			t.Errorf("%q became %q", text, got)
		}
		if err := r.Failure(); err == nil || !strings.Contains(err.Error(), "not a journal") {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{"", "\x00\x00\x00"} {
		m := newMachine(t)
		if err := os.MkdirAll(filepath.Dir(m.path), 0o700); err != nil {
			t.Fatal(err)
		}
		m.write([]byte(text))
		r := m.start(shop)
		r.answered(donation, "1")
		if err := r.Failure(); err != nil || !strings.HasPrefix(string(m.read()[8:]), ` {"k":"journal"`) {
			t.Errorf("%q: %v %q", text, err, m.read())
		}
	}
}

// What cannot be written is said once, and creates go on without the file.
func TestFailureSwitchesOff(t *testing.T) {
	t.Parallel()
	full := errors.New("no space left on device")
	for name, spoil := range map[string]func(m *machine, r *run){
		"a file for a folder": func(m *machine, _ *run) { _ = os.WriteFile(filepath.Dir(m.path), nil, 0o600) },
		"a folder":            func(m *machine, _ *run) { _ = os.MkdirAll(m.path, 0o700) },
		"of a newer version": func(m *machine, _ *run) {
			_ = os.MkdirAll(filepath.Dir(m.path), 0o700)
			text := `{"k":"journal","v":2}`
			m.write(fmt.Appendf(nil, "%08x %s\n", crc32.ChecksumIEEE([]byte(text)), text))
		},
		"full": func(_ *machine, r *run) { r.store.fail = full },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMachine(t)
			r := m.start(shop)
			spoil(m, r)
			for range 2 {
				attempt, err := r.Begin(t.Context(), donation)
				if err != nil {
					t.Fatal(err)
				}
				if err := attempt.Begin(t.Context(), attempt.Leftovers()); err != nil {
					t.Fatal(err)
				}
				attempt.Answered("1")
				attempt.End()
			}
			r.Seen(t.Context(), donation.Account, "1")
			r.Orphaned(t.Context())
			r.Close(t.Context())
			if r.Failure() == nil || r.Failure() != nil || r.IsKnown(t.Context(), donation.Account, "1") {
				t.Error("the failure is not told once")
			}
		})
	}
}

// A disk that is full for a while tears a record: later ones are read.
func TestFullDiskForAWhile(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	first := m.start(shop)
	first.answered(donation, "1")
	first.store.fail = errors.New("no space left on device")
	if attempt, err := first.Begin(t.Context(), donation); attempt != nil || err != nil {
		t.Fatal(attempt, err)
	}
	first.kill()
	second := m.start(shop)
	second.answered(journal.Content{Class: "other"}, "2")
	second.kill()
	if a, b := m.leftovers(shop, donation), m.leftovers(shop, journal.Content{Class: "other"}); !slices.Equal(append(a, b...), []string{"1", "2"}) {
		t.Errorf("left: %q and %q", a, b)
	}
}

// A file that is too large and cannot be replaced, as on Windows while another run has it open, is written on.
func TestFileThatCannotBeReplaced(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	m.start(shop).begin(donation).End()
	store := journal.NewFileStore(m.path)
	if _, _, err := store.Read(0); err != nil {
		t.Fatal(err)
	}
	aside := m.path + ".aside"
	if err := errors.Join(os.Rename(m.path, aside), os.MkdirAll(filepath.Join(m.path, "in", "the", "way"), 0o700)); err != nil {
		t.Fatal(err)
	}
	replaced := store.Replace([]byte("new"))
	if err := errors.Join(os.RemoveAll(m.path), os.Rename(aside, m.path)); replaced == nil || err != nil {
		t.Fatal(replaced, err)
	}
	before := m.read()
	if err := errors.Join(store.Append([]byte("more")), store.Sync()); err != nil || string(m.read()) != string(before)+"more" {
		t.Errorf("%v: %s", err, m.read())
	}
}

// Nil is a journal that is off.
func TestNilJournal(t *testing.T) {
	t.Parallel()
	var off *journal.Journal
	attempt, err := off.Begin(t.Context(), donation)
	if attempt != nil || err != nil || attempt.Leftovers() != nil || attempt.Begin(t.Context(), nil) != nil || off.IsKnown(t.Context(), "", "") || off.Failure() != nil {
		t.Error("a nil journal does something")
	}
	attempt.Answered("1")
	attempt.Refused()
	attempt.TakeOver(journal.Leftover{}, "1")
	attempt.End()
	off.Seen(t.Context(), "", "")
	off.Orphaned(t.Context())
	off.Close(t.Context())
}

// Only its owner can read the file, whoever made it.
func TestFileIsForItsOwner(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the user's folder is the user's own there")
	}
	m := newMachine(t)
	m.start(shop).begin(donation).End()
	if err := os.Chmod(m.path, 0o644); err != nil {
		t.Fatal(err)
	}
	m.start(shop).begin(donation)
	_ = filepath.Walk(filepath.Dir(m.path), func(path string, info os.FileInfo, err error) error {
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v %v", path, info.Mode(), err)
		}
		return nil
	})
}

// Looking for links that are in a state leaves no file where there is none.
func TestSeenMakesNoFile(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	r := m.start(shop)
	r.Seen(t.Context(), donation.Account, "1")
	r.Close(t.Context())
	if _, err := os.Stat(filepath.Dir(m.path)); !os.IsNotExist(err) {
		t.Error(err)
	}
}

// Runs that write at once lose nothing of each other.
func TestRunsWriteAtOnce(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	runs := []*run{m.start(shop), m.start(shop), m.start(shop)}
	var group sync.WaitGroup
	for n, r := range runs {
		for i := range 5 {
			group.Go(func() {
				for k := range 5 {
					r.answered(journal.Content{Class: fmt.Sprint(n, i, k)}, fmt.Sprint(n, i, k))
				}
			})
		}
	}
	group.Wait()
	for _, r := range runs {
		r.kill()
	}
	for n := range runs {
		for i := range 25 {
			id := fmt.Sprint(n, i/5, i%5)
			if got := m.leftovers(shop, journal.Content{Class: id}); !slices.Equal(got, []string{id}) {
				t.Errorf("%s: left %q", id, got)
			}
		}
	}
}

// A process that is killed leaves what it had begun, at once, and one that lives does not.
func TestKilledProcess(t *testing.T) {
	t.Parallel()
	const path = "PAYMENTLINKS_TEST_JOURNAL"
	if at := os.Getenv(path); at != "" {
		if _, err := journal.New(journal.NewFileStore(at), shop, clock.System{}).Begin(t.Context(), donation); err != nil {
			t.Fatal(err)
		}
		fmt.Println("begun")
		select {}
	}
	m := newMachine(t)
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledProcess$")
	child.Env = append(os.Environ(), path+"="+m.path)
	output, err := child.StdoutPipe()
	if err == nil {
		err = child.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := output.Read(make([]byte, 6)); err != nil {
		t.Fatal(err)
	}
	waited := 0
	m.clock.onSleep = func() {
		if waited++; waited == 2 {
			_ = child.Process.Signal(syscall.SIGKILL)
			_ = child.Wait()
		}
	}
	if got := m.leftovers(shop, donation); !slices.Equal(got, []string{"?"}) || waited != 2 {
		t.Errorf("left: %q, after %d waits", got, waited)
	}
	if files, _ := filepath.Glob(m.path + ".*.run"); len(files) > 1 {
		t.Errorf("files of dead runs: %q", files)
	}
}

func TestDefaultPath(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("other variables")
	}
	for want, env := range map[string]map[string]string{
		"/state/terraform-provider-paymentlinks/journal":                 {"XDG_STATE_HOME": "/state", "HOME": "/home/ada"},
		"/home/ada/.local/state/terraform-provider-paymentlinks/journal": {"XDG_STATE_HOME": "relative", "HOME": "/home/ada"},
		"": {},
	} {
		if got, err := journal.DefaultPath(func(name string) string { return env[name] }); got != want || (err == nil) != (want != "") {
			t.Errorf("%v: %q, %v", env, got, err)
		}
	}
}

// Creates of one content and of many, with the wait for the disk.
func BenchmarkCreate(b *testing.B) {
	r := journal.New(journal.NewFileStore(filepath.Join(b.TempDir(), "journal")), shop, clock.System{})
	for i := 0; b.Loop(); i++ {
		attempt, err := r.Begin(b.Context(), donation)
		if err != nil {
			b.Fatal(err)
		}
		attempt.Answered(fmt.Sprint(i))
	}
}

// powerStore knows what of its file the disk has for sure.
type powerStore struct {
	journal.Store
	path    string
	durable int64
	drop    func() // releases the run, as the end of its process does
	synced  chan struct{}
}

func (s *powerStore) Hold(run string) (release func(), err error) {
	s.drop, err = s.Store.Hold(run)
	return s.drop, err
}

func (s *powerStore) Sync() error {
	info, statErr := os.Stat(s.path) // what was appended meanwhile may be lost
	err := s.Store.Sync()
	if err == nil && statErr == nil {
		s.durable = info.Size()
	}
	if s.synced != nil {
		s.synced <- struct{}{}
	}
	return err
}

// A machine that loses its power after an answer has the create's record on its disk. The answer itself may be lost; then its link
// is searched for.
func TestPowerFailure(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	for range 2 { // the second attempt finds what the first one left
		store := &powerStore{Store: journal.NewFileStore(m.path), path: m.path}
		attempt, err := journal.New(store, shop, m.clock).Begin(t.Context(), donation)
		if err == nil {
			err = attempt.Begin(t.Context(), attempt.Leftovers())
		}
		if err != nil {
			t.Fatal(err)
		}
		attempt.Answered("1")
		store.drop()
		if err := os.Truncate(m.path, store.durable); err != nil {
			t.Fatal(err)
		}
	}
	if got := m.leftovers(shop, donation); !slices.Equal(got, []string{"?"}) && !slices.Equal(got, []string{"1"}) {
		t.Errorf("left: %q", got)
	}
}

// A disk that takes no record for good is told: a machine that dies would lose what the system has taken.
func TestDiskThatFailsIsTold(t *testing.T) {
	t.Parallel()
	r := newMachine(t).start(shop)
	r.store.noDisk = errors.New("input/output error")
	r.begin(donation).Answered("1")
	if err := r.Failure(); !errors.Is(err, r.store.noDisk) {
		t.Errorf("failure: %v", err)
	}
}

// An attempt that settled what another one left is on the disk too: without it, the one before would be settled again, and the link of
// this one would be known to nobody.
func TestPowerFailureAfterASettledLeftover(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	killed := m.start(shop)
	killed.answered(donation, "1")
	killed.kill()
	store := &powerStore{Store: journal.NewFileStore(m.path), path: m.path, synced: make(chan struct{}, 2)}
	attempt, err := journal.New(store, shop, m.clock).Begin(t.Context(), donation)
	if err == nil {
		<-store.synced
		err = attempt.Begin(t.Context(), attempt.Leftovers())
	}
	if err != nil {
		t.Fatal(err)
	}
	attempt.Answered("2")
	store.drop()
	if err := os.Truncate(m.path, store.durable); err != nil {
		t.Fatal(err)
	}
	if got := m.leftovers(shop, donation); !slices.Equal(got, []string{"?"}) && !slices.Equal(got, []string{"2"}) {
		t.Errorf("left: %q", got)
	}
}
