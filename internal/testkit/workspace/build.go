package workspace

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/gofrs/flock"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/checkout"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
)

// version is the version under which the mirror offers the provider. The examples ask for "~> 0.1.0".
const version = "0.1.0"

// keepMirrors and keepBuilds are how long a mirror, and what was built of another checkout, are kept that nobody asks for: longer than
// the longest run of an engine, and longer than a holiday.
const (
	keepMirrors = 24 * time.Hour
	keepBuilds  = 30 * 24 * time.Hour
)

// mirrored are the folders that Mirror has returned, by the engine's host: one look at the source a process is enough.
var mirrored = struct {
	sync.Mutex
	dirs map[string]string
}{dirs: map[string]string{}}

// Mirror returns a folder with the provider of this checkout, in the layout that a filesystem_mirror wants: with it, init
// is the real one and needs no network. All processes share one build and, as long as the provider is the same, one folder in
// the user's cache; nobody may write there.
func Mirror(ctx context.Context, found engine.Engine) (dir string, err error) {
	mirrored.Lock()
	defer mirrored.Unlock()
	if dir := mirrored.dirs[found.Host()]; dir != "" {
		return dir, nil
	}
	built, unlock, err := sharedBuild(ctx, ".", "-ldflags", "-s -w -X main.version="+version)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	text, err := os.ReadFile(built)
	if err != nil {
		return "", err
	}
	mirrors := filepath.Join(filepath.Dir(built), "mirrors")
	dir = filepath.Join(mirrors, fmt.Sprintf("%x", sha256.Sum256(text))[:16])
	program := programIn(dir, found)
	if _, err := os.Stat(program); err != nil {
		if err := CopyProgram(built, program); err != nil {
			return "", err
		}
	}
	if err := markUsed(dir, keepMirrors); err != nil {
		return "", err
	}
	mirrored.dirs[found.Host()] = dir
	return dir, nil
}

// programIn is where a mirror has the provider.
func programIn(mirror string, found engine.Engine) string {
	return filepath.Join(mirror, found.Host(), "paymentlinks", "paymentlinks", version,
		runtime.GOOS+"_"+runtime.GOARCH, "terraform-provider-paymentlinks_v"+version)
}

// markUsed notes that a folder is asked for, and removes those beside it of the same kind (the name up to "-") that nobody asked for in so
// long a time.
func markUsed(dir string, keep time.Duration) error {
	now := clock.System{}.Now()
	err := os.Chtimes(dir, now, now)
	kind, _, named := strings.Cut(filepath.Base(dir), "-")
	entries, unread := os.ReadDir(filepath.Dir(dir))
	for _, entry := range entries {
		if info, gone := entry.Info(); gone == nil && info.ModTime().Before(now.Add(-keep)) && (!named || strings.HasPrefix(entry.Name(), kind+"-")) {
			err = errors.Join(err, os.RemoveAll(filepath.Join(filepath.Dir(dir), entry.Name())))
		}
	}
	return errors.Join(err, unread)
}

// Build compiles a package of this checkout into the file out. What the compiler says is part of the error.
func Build(ctx context.Context, out, pkg string) (err error) {
	built, unlock, err := sharedBuild(ctx, pkg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	return CopyProgram(built, out)
}

// sharedBuild compiles a package into a file of the user's cache folder, one for each checkout, package and set of flags, where
// "go build" finds it up to date the next time. The file is locked until unlock is called.
func sharedBuild(ctx context.Context, pkg string, flags ...string) (path string, unlock func() error, err error) {
	root, err := checkout.Root()
	if err != nil {
		return "", nil, err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", nil, err
	}
	args := append(append([]string{"build"}, flags...), pkg)
	digest := sha256.Sum256([]byte(root + "\n" + strings.Join(args, "\n")))
	path = filepath.Join(cache, "terraform-provider-paymentlinks", fmt.Sprintf("build-%x", digest[:8]), "program")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", nil, err
	}
	if err := markUsed(filepath.Dir(path), keepBuilds); err != nil {
		return "", nil, err
	}
	lock := flock.New(path + ".lock")
	if _, err := lock.TryLockContext(ctx, 20*time.Millisecond); err != nil {
		return "", nil, fmt.Errorf("waiting for another build of %s: %w", pkg, err)
	}
	cmd := exec.CommandContext(ctx, "go", append([]string{"build", "-o", path}, args[1:]...)...)
	cmd.Dir = root
	if said, err := cmd.CombinedOutput(); err != nil {
		return "", nil, errors.Join(fmt.Errorf("building %s: %w\n%s", pkg, err, said), lock.Unlock())
	}
	return path, lock.Unlock, nil
}

// CopyProgram copies a program into a file, whose folder it makes. No process may start meanwhile: it would hold the copy open for writing until it runs a program
// of its own, and a file that is open for writing cannot be run.
func CopyProgram(from, to string) (err error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	half := to + ".new"
	target, err := os.OpenFile(half, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o755)
	if err != nil {
		return err
	}
	if _, err = io.Copy(target, source); err != nil {
		return errors.Join(err, target.Close())
	}
	if err := target.Close(); err != nil {
		return err
	}
	return os.Rename(half, to)
}
