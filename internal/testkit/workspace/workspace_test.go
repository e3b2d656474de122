package workspace

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
)

// fakeEngine does what the word after its name says.
const fakeEngine = `#!/bin/sh
case "$1" in
speak)     echo to stdout; echo to stderr >&2; exit 3 ;;
env|validate) env ;;
provider)  sleep 60 & echo started; wait $!; echo "the provider ended with $?"; exit 1 ;;
careful)   trap 'echo state written; exit 1' INT; echo started; while :; do sleep 0.05; done ;;
show)      if [ "$3" = broken ]; then echo Terraform; else cat state.json; fi ;;
esac
`

func newWorkspace(t *testing.T, env map[string]string) *Workspace {
	t.Helper()
	program := filepath.Join(t.TempDir(), "engine")
	if err := os.WriteFile(program, []byte(fakeEngine), 0o700); err != nil {
		t.Fatal(err)
	}
	w, err := New(filepath.Join(t.TempDir(), "work"), engine.Engine{Path: program}, t.TempDir(), env)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestRun(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, nil)
	var echo strings.Builder
	w.Tee = &echo
	result, err := w.Run(t.Context(), "speak")
	if err != nil {
		t.Fatal(err)
	}
	if result.Stdout != "to stdout\n" || !strings.Contains(result.Printed, "to stderr\n") || echo.String() != result.Printed || result.ExitCode != 3 {
		t.Errorf("%+v, echoed %q", result, echo.String())
	}
	if _, err := w.Expect(t.Context(), 3, "speak"); err != nil {
		t.Error(err)
	}
	_, err = w.Expect(t.Context(), 0, "speak")
	var failure *Failure
	if !errors.As(err, &failure) || failure.ExitCode != 3 || !strings.Contains(err.Error(), "to stderr") {
		t.Errorf("error %v, want a failure with what was printed", err)
	}
}

// What the user has set for real vendors must not reach a trial.
func TestForeignVariablesStayOut(t *testing.T) {
	names := []string{"PAYMENTLINKS_REFRESH", "TF_LOG", "TOFU_X"}
	for _, d := range descriptor.All() {
		names = append(names, d.EnvPrefix()+"KEY")
	}
	for _, name := range names {
		t.Setenv(name, "foreign")
	}
	ours := descriptor.All()[0].EnvPrefix() + "KEY"
	w := newWorkspace(t, map[string]string{ours: "ours"})
	result, err := w.Run(t.Context(), "env")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(result.Stdout, "foreign") {
		t.Errorf("a variable of the user's is there:\n%s", result.Stdout)
	}
	for _, want := range []string{ours + "=ours", "CHECKPOINT_DISABLE=1", "TF_CLI_CONFIG_FILE=" + filepath.Join(w.Dir, settingsFile)} {
		if !slices.Contains(strings.Split(result.Stdout, "\n"), want) {
			t.Errorf("%s is missing", want)
		}
	}
}

// begun starts the engine and waits until it says so.
func begun(ctx context.Context, t *testing.T, w *Workspace, args ...string) *Process {
	t.Helper()
	started := make(chan struct{}, 1)
	w.Tee = writerFunc(func(p []byte) (int, error) {
		if strings.Contains(string(p), "started") {
			started <- struct{}{}
		}
		return len(p), nil
	})
	running, err := w.Start(ctx, args...)
	if err != nil {
		t.Fatal(err)
	}
	<-started
	return running
}

type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestInterruptLetsTheEngineWriteItsState(t *testing.T) {
	t.Parallel()
	running := begun(t.Context(), t, newWorkspace(t, nil), "careful")
	if err := running.Interrupt(); err != nil {
		t.Fatal(err)
	}
	result, err := running.Wait()
	if err != nil || result.ExitCode != 1 || !strings.Contains(result.Stdout, "state written") {
		t.Errorf("%+v, %v", result, err)
	}
}

func TestContextEndsTheEngine(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	running := begun(ctx, t, newWorkspace(t, nil), "careful")
	began := clock.System{}.Now()
	cancel()
	if _, err := running.Wait(); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want the context's", err)
	}
	if took := (clock.System{}).Now().Sub(began); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestKillProvider(t *testing.T) {
	t.Parallel()
	running := begun(t.Context(), t, newWorkspace(t, nil), "provider")
	// The engine says that it started a moment before its child is in the list of processes for sure.
	killed := 0
	for killed == 0 {
		n, err := running.KillProvider()
		if err != nil {
			t.Fatal(err)
		}
		killed += n
	}
	result, err := running.Wait()
	if err != nil || killed != 1 || !strings.Contains(result.Stdout, "the provider ended with 137") {
		t.Errorf("%d killed; %+v, %v", killed, result, err)
	}
}

// An attached provider is there for one command that needs it, in the workspace's environment, and has ended afterwards. Two configurations of a
// provider need a process each.
func TestAttach(t *testing.T) {
	t.Setenv(attachVariable, "")
	w := newWorkspace(t, map[string]string{"OURS": "ours"})
	w.Attach, w.provider, w.host = true, filepath.Join(w.Dir, "provider"), "registry.example"
	const provider = "#!/bin/sh\ntrap 'echo $OURS ended >ended; exit 0' INT\necho \"TF_REATTACH_PROVIDERS='{\\\"a/b/c\\\":{\\\"Pid\\\":1}}'\"\nwhile :; do sleep 0.02; done\n"
	if err := os.WriteFile(w.provider, []byte(provider), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ command, config, want string }{
		{"validate", "", `TF_REATTACH_PROVIDERS={"registry.example/paymentlinks/paymentlinks":{"Pid":1}}`}, {"env", "", ""}, {"validate", "  alias = \"b\"\n", ""},
	} {
		if err := w.Write("main.tf", c.config); err != nil {
			t.Fatal(err)
		}
		result, err := w.Run(t.Context(), c.command)
		ended, _ := os.ReadFile(filepath.Join(w.Dir, "ended"))
		if attached := c.want != ""; err != nil || attached != strings.Contains(result.Stdout, "TF_REATTACH") || !strings.Contains(result.Stdout, c.want) || attached != (string(ended) == "ours ended\n") {
			t.Errorf("%+v: %q, %v\n%s", c, ended, err, result.Stdout)
		}
		_ = os.Remove(filepath.Join(w.Dir, "ended"))
	}
	if err := os.WriteFile(w.provider, []byte("#!/bin/sh\necho not today\nexit 1\n"), 0o700); err != nil || w.Write("main.tf", "") != nil {
		t.Fatal(err)
	}
	if _, err := w.Run(t.Context(), "validate"); err == nil || !strings.Contains(err.Error(), "not today") {
		t.Errorf("a provider that does not start: %v", err)
	}
}

func TestState(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, nil)
	err := w.Write("state.json", `{"values": {"root_module": {"resources": [{"address": "a.b", "mode": "managed", "type": "a", "values": {"id": "x"}}]}}}`)
	if err != nil {
		t.Fatal(err)
	}
	resources, err := w.State(t.Context())
	if err != nil || len(resources) != 1 || resources[0].Address != "a.b" || string(resources[0].Values) != `{"id": "x"}` {
		t.Errorf("%+v, %v", resources, err)
	}
	if err := w.Show(t.Context(), new(any), "broken"); err == nil || !strings.Contains(err.Error(), "show -json broken did not print JSON") {
		t.Errorf("error %v", err)
	}
	if err := w.CopyFiles(filepath.Join(w.Dir, "*.tf")); err == nil {
		t.Error("a pattern that names nothing is no error")
	}
}

func TestReport(t *testing.T) {
	t.Parallel()
	report, err := parseReport(Result{ExitCode: 1, Stdout: `{"@level":"info","type":"version","terraform":"1.11.4"}
{"type":"planned_change","change":{"resource":{"addr":"a.b"},"action":"replace"}}
{"type":"diagnostic","diagnostic":{"severity":"warning","summary":"s","detail":"d","address":"a.b"}}
{"type":"diagnostic","diagnostic":{"severity":"error","summary":"e","detail":""}}
`})
	if err != nil {
		t.Fatal(err)
	}
	if report.ExitCode != 1 || len(report.Actions) != 1 || report.Actions["a.b"] != "replace" {
		t.Errorf("%+v", report)
	}
	if warnings := report.Warnings(); len(warnings) != 1 || warnings[0] != (Diagnostic{"warning", "s", "d", "a.b"}) {
		t.Errorf("warnings %v", warnings)
	}
	if failed := report.Errors(); len(failed) != 1 || failed[0].Summary != "e" {
		t.Errorf("errors %v", failed)
	}
	if _, err := parseReport(Result{Stdout: "panic: no\n"}); err == nil {
		t.Error("what is not JSON is no error")
	}
}
