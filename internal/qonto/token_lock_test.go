package qonto_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/gofrs/flock"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// lockedFile names the variable with the token file that TestTokenLockProcess locks.
const lockedFile = "TEST_LOCKED_FILE"

// TestTokenLockProcess is another run in the middle of a renewal, which hangs until its standard input is closed. Anybody else's run of it
// does nothing.
func TestTokenLockProcess(t *testing.T) {
	path := os.Getenv(lockedFile)
	if path == "" {
		return
	}
	if ok, err := flock.New(path + ".lock").TryLock(); !ok || err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".lock", []byte("process "+strconv.Itoa(os.Getpid())+" on elsewhere\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _ = os.Stdout.WriteString("locked\n")
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
}

// A lock that another process holds: the operation ends with its time, names the process and the lock, and asks Qonto for nothing. Once that
// process has gone, however, the next operation renews the token.
func TestTokenFileLockedByAnotherProcess(t *testing.T) {
	t.Parallel()
	f := &fixture{harness.StartSlow(t)}
	path := f.tokenFile()
	other := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestTokenLockProcess$", "-test.count=1")
	other.Env = append(os.Environ(), lockedFile+"="+path)
	input, err := other.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(output).ReadString('\n'); err != nil || line != "locked\n" {
		t.Fatalf("%q %v", line, err)
	}
	f.qonto().ExpireTokens()
	f.ResetCalls()
	f.Server = f.Sandbox.ServerWithClock(clock.System{}, object{"token_endpoint": nil}, f.fromFile(path))
	_, _, diags := f.ApplyConfig(protocoltest.State{}, basket(object{"timeouts": object{"create": "1s"}}))
	f.RequireErrors(diags, "", "process "+strconv.Itoa(other.Process.Pid)+" on elsewhere holds "+path+".lock", "end it", "Nothing was created")
	f.RequireCalls("create") // refused with 401
	if err := input.Close(); err != nil {
		t.Fatal(err)
	}
	if err := other.Wait(); err != nil {
		t.Fatal(err)
	}
	f.Server = f.Sandbox.ServerWithClock(clock.System{}, object{"token_endpoint": nil}, f.fromFile(path))
	f.Create(basket())
	f.RequireCalls("create", "token", "create")
	if held, err := os.ReadFile(path + ".lock"); err != nil || len(held) > 0 {
		t.Errorf("the lock still names a process: %q %v", held, err)
	}
}

// A pipe, as of a shell's <(...), or a device in place of the file or of its lock is said at once: whoever opened it would wait for ever.
func TestTokenFileIsAPipe(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	pipe := filepath.Join(t.TempDir(), "pipe.json")
	if out, err := exec.Command("mkfifo", pipe).CombinedOutput(); err != nil {
		t.Logf("no pipes here: %v %s", err, out) // as on Windows
		return
	}
	for _, path := range []string{pipe, os.DevNull, "/dev/zero", t.TempDir()} {
		f.RequireErrors(f.Configure(object{"qonto": f.Settings(f.fromFile(path))}), "qonto.token_file", "not a regular file")
	}
	path := f.tokenFile()
	if out, err := exec.Command("mkfifo", path+".lock").CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	f.Server = f.NewProvider(f.fromFile(path))
	f.qonto().ExpireTokens()
	f.ResetCalls()
	_, _, diags := f.ApplyConfig(protocoltest.State{}, basket())
	f.RequireErrors(diags, "", path+".lock is not a regular file", "Nothing was created")
	if n := f.CallCount("token"); n > 0 {
		t.Errorf("%d renewals", n)
	}
}
