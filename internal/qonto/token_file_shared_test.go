package qonto_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// watch reads the file again and again until the test stops it: it must hold whole tokens at every moment, for its owner
// alone. It returns how often it has looked.
func (b *bench) watch(path string) (stop func() int) {
	done, looked := make(chan struct{}), make(chan int)
	go func() {
		looks := 0
		for ; ; looks++ {
			select {
			case <-done:
				looked <- looks
				return
			default:
			}
			b.whole(path)
		}
	}()
	return func() int {
		close(done)
		return <-looked
	}
}

func (b *bench) whole(path string) {
	data, err := os.ReadFile(path)
	if err != nil {
		b.Errorf("the file was away: %v", err)
		return
	}
	held := map[string]string{}
	if err := json.Unmarshal(data, &held); err != nil || held["access_token"] == "" || held["refresh_token"] == "" || held["client_secret"] == "" {
		b.Errorf("half a file of %d bytes: %v", len(data), err)
	}
	if info, err := os.Stat(path); err == nil && info.Mode().Perm() != 0o600 {
		b.Errorf("mode %v", info.Mode())
	}
}

// TestTokenFileAlwaysWhole: however often and by however many runs it is renewed. Each end of a token is one renewal, also
// once the grace of the old refresh token is over.
func TestTokenFileAlwaysWhole(t *testing.T) {
	t.Parallel()
	b, path := fileBench(t)
	state := b.Create(basket())
	servers := []*protocoltest.Server{b.Server, b.NewProvider(b.fromFile(path)), b.NewProvider(b.fromFile(path)), b.NewProvider(b.fromFile(path))}
	stop := b.watch(path)
	for range 10 {
		b.together(len(servers), func(i int) *protocoltest.Server { return servers[i] }, state)
		before := b.held(path)
		b.Clock.Advance(2 * time.Minute)
		qontosandbox.From(b.Sandbox).ExpireTokens()
		b.ResetCalls()
		b.together(3*len(servers), func(i int) *protocoltest.Server { return servers[i%len(servers)] }, state)
		if n := b.CallCount("token"); n != 1 {
			t.Errorf("%d renewals", n)
		}
		checkRewritten(t, b, path, before)
	}
	if looks := stop(); looks < 10 {
		t.Errorf("looked only %d times", looks)
	}
	alone(t, filepath.Dir(path), "tokens.json", "tokens.json.lock")
}

// catchUp sets the bench's clock to the machine's, by which a slow bench's tokens were made.
func (b *bench) catchUp() { b.Clock.Advance(clock.System{}.Now().Sub(b.Clock.Now())) }

// tokenProcess names the variable with the settings of a process that TestTokenFileOfTwoProcesses starts.
const tokenProcess = "TEST_TOKEN_PROCESS"

// TestTokenProcess is such a process: it makes three links at once. Anybody else's run of it does nothing.
func TestTokenProcess(t *testing.T) {
	text := os.Getenv(tokenProcess)
	if text == "" {
		return
	}
	var settings object
	if err := json.Unmarshal([]byte(text), &settings); err != nil {
		t.Fatal(err)
	}
	s := configure(t, object{"qonto": settings})
	if s.ConfigureDiagnostics.HasError() {
		t.Fatal(s.ConfigureDiagnostics)
	}
	var group sync.WaitGroup
	for _, title := range []string{"one", "two", "three"} {
		group.Go(func() {
			config := basket(object{"items.0.title": title})
			state, _, diags := s.ApplyConfig(protocoltest.State{}, typeName, config)
			if diags.HasError() || !state.Exists() {
				t.Errorf("%s: %s", title, diags)
			}
		})
	}
	group.Wait()
}

// TestTokenFileOfTwoProcesses: two Terraform runs at once, each with three creates under way, when the token has ended.
// The first one's renewal is slow; the second waits for it, and finds its token.
func TestTokenFileOfTwoProcesses(t *testing.T) {
	t.Parallel()
	b := slowBench(t, nil)
	path := b.tokenFile()
	before := b.held(path)
	settings, err := json.Marshal(b.Settings(b.fromFile(path)))
	if err != nil {
		t.Fatal(err)
	}
	qontosandbox.From(b.Sandbox).ExpireTokens()
	b.Sandbox.Inject(fault.Fault{Op: "token", Kind: fault.Wait, Delay: 500 * time.Millisecond})
	stop := b.watch(path)
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			var said bytes.Buffer
			run := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestTokenProcess$", "-test.count=1")
			run.Env = append(os.Environ(), tokenProcess+"="+string(settings))
			run.Stdout, run.Stderr = &said, &said
			if err := run.Run(); err != nil {
				t.Errorf("%v:\n%s", err, said.String())
			}
		})
	}
	group.Wait()
	stop()
	if n := b.CallCount("token"); n != 1 {
		t.Errorf("%d renewals", n)
	}
	if n := len(qontosandbox.From(b.Sandbox).Links()); n != 6 {
		t.Errorf("%d links, want 6", n)
	}
	b.catchUp()
	checkRewritten(t, b, path, before)
	alone(t, filepath.Dir(path), "tokens.json", "tokens.json.lock")
}

// TestRenewalCutShort: a run that ended after Qonto had answered and before the file was replaced. The old file is whole,
// the old refresh token lives for a minute, and the next run needs no more; what the first has left goes.
func TestRenewalCutShort(t *testing.T) {
	t.Parallel()
	b, path := fileBench(t)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	was := b.held(path)
	qontosandbox.From(b.Sandbox).ExpireTokens()
	b.Sandbox.Inject(fault.Fault{Op: "token", Kind: fault.Drop, After: true, Times: 1})
	_, _, diags := b.ApplyConfig(protocoltest.State{}, basket())
	b.RequireErrors(diags, "", "Nothing was created", "tokens.json")
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file has changed: %v", err)
	}
	draft := path + ".new-4711" // as a killed process leaves it
	if err := os.WriteFile(draft, before[:len(before)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	foreign := path + ".new" // not ours
	if err := os.WriteFile(foreign, nil, 0o600); err != nil {
		t.Fatal(err)
	}

	b.Clock.Advance(50 * time.Second)
	b.Server = b.NewProvider(b.fromFile(path))
	b.ResetCalls()
	b.RequireNoDrift(b.Create(basket()), basket())
	b.RequireCalls("create", "token", "create", "get")
	checkRewritten(t, b, path, was)
	alone(t, filepath.Dir(path), "tokens.json", "tokens.json.lock", "tokens.json.new")
}

// TestInterruptedRenewalIsKept: when the user interrupts while Qonto makes new tokens, they are in the file before the run
// ends. Otherwise the old ones would be worth nothing a minute later.
func TestInterruptedRenewalIsKept(t *testing.T) {
	t.Parallel()
	b := slowBench(t, nil)
	path := b.tokenFile()
	before := b.held(path)
	qontosandbox.From(b.Sandbox).ExpireTokens()
	b.Sandbox.Inject(fault.Fault{Op: "token", Kind: fault.Wait, Delay: time.Second})
	s := b.Sandbox.Server(object{"token_endpoint": nil}, b.fromFile(path))
	var clk clock.System
	go func() {
		for b.CallCount("token") == 0 && t.Context().Err() == nil {
			_ = clk.Sleep(t.Context(), 5*time.Millisecond)
		}
		s.Stop()
	}()
	state, _, diags := s.ApplyConfig(protocoltest.State{}, typeName, basket())
	if !b.Record(diags).HasError() || state.Exists() {
		t.Errorf("went on after the interrupt: %s", diags)
	}
	b.catchUp()
	checkRewritten(t, b, path, before)
	if n := b.CallCount("create"); n != 1 {
		t.Errorf("%d creates", n)
	}
}
