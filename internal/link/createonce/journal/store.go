package journal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// Store is where a journal is kept: one file, and which runs live. Its calls but Exists and Sync are made under Lock.
type Store interface {
	// Exists reports whether there is a file. It needs no lock.
	Exists() bool
	// Lock excludes every other process until unlock is called.
	Lock(ctx context.Context) (unlock func(), err error)
	// Read returns what follows an offset. fresh tells that the file is another one than at the last call: then it is read from the start.
	Read(offset int64) (data []byte, fresh bool, err error)
	// Append writes at the end.
	Append(data []byte) error
	// Replace puts data in the file's place; a process that is killed meanwhile leaves the old one.
	Replace(data []byte) error
	// Sync waits until the disk has what was appended.
	Sync() error
	// Hold marks a run as living until release is called or the process has ended.
	Hold(run string) (release func(), err error)
	// Lives reports whether a run is held.
	Lives(run string) bool
}

const (
	lockPoll   = 5 * time.Millisecond
	lockSuffix = ".lock"
	runSuffix  = ".run"
)

// fileStore keeps a journal in a file. Beside it lie its lock, and one empty file for each run that lives, which the run holds
// locked: the system releases the lock when the process ends, even if it is killed.
type fileStore struct {
	path string

	mu      sync.Mutex
	file    *os.File // nil until the first call
	appends int

	syncing sync.Mutex
	synced  int // appends that the disk has
}

// NewFileStore returns a Store in the file at path, which is created with its folder, for its owner alone.
func NewFileStore(path string) Store { return &fileStore{path: path} }

func (s *fileStore) Exists() bool {
	_, err := os.Lstat(s.path)
	return err == nil
}

func (s *fileStore) Lock(ctx context.Context) (func(), error) {
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return nil, err
	}
	lock := flock.New(s.path+lockSuffix, flock.SetPermissions(0o600))
	if _, err := lock.TryLockContext(ctx, lockPoll); err != nil {
		return nil, fmt.Errorf("cannot lock %s: %w", s.path+lockSuffix, err)
	}
	return func() { _ = lock.Unlock() }, nil // closing the file unlocks it in any case
}

// open opens the file, or the one that a compaction has put in its place.
func (s *fileStore) open() (fresh bool, err error) {
	info, err := os.Lstat(s.path)
	if err == nil && !info.Mode().IsRegular() {
		return false, fmt.Errorf("%s is not a regular file", s.path)
	}
	if err == nil && s.file != nil {
		if own, statErr := s.file.Stat(); statErr == nil && os.SameFile(own, info) {
			return false, nil
		}
	}
	file, err := os.OpenFile(s.path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return false, err
	}
	if info, err = file.Stat(); err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		err = file.Chmod(0o600)
	}
	if err != nil {
		_ = file.Close()
		return false, err
	}
	if s.file != nil {
		_ = s.file.Close() // nothing of it is unwritten
	}
	s.file = file
	return true, nil
}

func (s *fileStore) Read(offset int64) (data []byte, fresh bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if fresh, err = s.open(); err != nil {
		return nil, false, err
	}
	if info, statErr := s.file.Stat(); statErr == nil && info.Size() < offset {
		fresh = true // cut short by hand
	}
	if fresh {
		offset = 0
	}
	data, err = io.ReadAll(io.NewSectionReader(s.file, offset, 1<<40))
	return data, fresh, err
}

func (s *fileStore) Append(data []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil { // closed by a Replace that failed
		if _, err := s.open(); err != nil {
			return err
		}
	}
	s.appends++
	_, err := s.file.Write(data)
	return err
}

func (s *fileStore) opened() (file *os.File, appends int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.file, s.appends
}

// Sync lets creates that run at once share the wait for the disk.
func (s *fileStore) Sync() error {
	_, want := s.opened()
	s.syncing.Lock()
	defer s.syncing.Unlock()
	if s.synced >= want {
		return nil
	}
	file, appends := s.opened()
	if err := file.Sync(); err != nil && !errors.Is(err, os.ErrClosed) { // closed by a compaction, which has synced
		return err
	}
	s.synced = appends
	return nil
}

func (s *fileStore) Replace(data []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(s.path), filepath.Base(s.path)+".new") // owner-only by its nature
	if err != nil {
		return err
	}
	_, err = temp.Write(data)
	err = errors.Join(err, temp.Sync(), temp.Close())
	if err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.file != nil { // Windows renames over no open file
			_ = s.file.Close()
			s.file = nil
		}
		err = os.Rename(temp.Name(), s.path)
	}
	if err != nil {
		_ = os.Remove(temp.Name())
		return err
	}
	// The new name has to survive the machine. Not every system can; then the data is there under its old name.
	if folder, err := os.Open(filepath.Dir(s.path)); err == nil {
		_ = folder.Sync()
		_ = folder.Close()
	}
	return nil
}

func (s *fileStore) runFile(run string) string { return s.path + "." + run + runSuffix }

func (s *fileStore) Hold(run string) (func(), error) {
	s.removeDeadRuns()
	lock := flock.New(s.runFile(run), flock.SetPermissions(0o600))
	if _, err := lock.TryLock(); err != nil {
		return nil, err
	}
	return func() {
		_ = os.Remove(s.runFile(run))
		_ = lock.Unlock()
		_ = os.Remove(s.runFile(run)) // on Windows, which removes no open file
	}, nil
}

func (s *fileStore) Lives(run string) bool {
	if _, err := os.Lstat(s.runFile(run)); err != nil {
		return false
	}
	lock := flock.New(s.runFile(run), flock.SetFlag(os.O_RDWR))
	free, err := lock.TryLock()
	if free {
		_ = lock.Unlock()
	}
	return err == nil && !free
}

// removeDeadRuns removes the files of runs that were killed.
func (s *fileStore) removeDeadRuns() {
	files, err := os.ReadDir(filepath.Dir(s.path))
	if err != nil {
		return // they stay until the next run
	}
	for _, file := range files {
		name, isOurs := strings.CutPrefix(file.Name(), filepath.Base(s.path)+".")
		if run, isRun := strings.CutSuffix(name, runSuffix); isOurs && isRun && !s.Lives(run) {
			_ = os.Remove(s.runFile(run))
		}
	}
}
