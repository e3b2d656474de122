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
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// watch reads the file again and again until the test stops it: it must hold whole tokens at every moment, for its owner
// alone. It returns how often it has looked.
func (f *fixture) watch(path string) (stop func() int) {
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
			f.whole(path)
		}
	}()
	return func() int {
		close(done)
		return <-looked
	}
}

func (f *fixture) whole(path string) {
	data, err := os.ReadFile(path)
	if err != nil {
		f.Errorf("the file was away: %v", err)
		return
	}
	held := map[string]string{}
	if err := json.Unmarshal(data, &held); err != nil || held["access_token"] == "" || held["refresh_token"] == "" || held["client_secret"] == "" {
		f.Errorf("half a file of %d bytes: %v", len(data), err)
	}
	if info, err := os.Stat(path); err == nil && info.Mode().Perm() != 0o600 {
		f.Errorf("mode %v", info.Mode())
	}
}

// However often and by however many runs it is renewed. Each end of a token is one renewal, also
// once the grace of the old refresh token is over.
func TestTokenFileAlwaysWhole(t *testing.T) {
	t.Parallel()
	f, path := fileFixture(t)
	state := f.Create(basket())
	servers := []*protocoltest.Server{f.Server, f.NewProvider(f.fromFile(path)), f.NewProvider(f.fromFile(path)), f.NewProvider(f.fromFile(path))}
	stop := f.watch(path)
	for range 10 {
		f.together(len(servers), func(i int) *protocoltest.Server { return servers[i] }, state)
		before := f.held(path)
		f.Clock.Advance(2 * time.Minute)
		f.qonto().ExpireTokens()
		f.ResetCalls()
		f.together(3*len(servers), func(i int) *protocoltest.Server { return servers[i%len(servers)] }, state)
		if n := f.CallCount("token"); n != 1 {
			t.Errorf("%d renewals", n)
		}
		checkRewritten(t, f, path, before)
	}
	if looks := stop(); looks < 10 {
		t.Errorf("looked only %d times", looks)
	}
	alone(t, filepath.Dir(path), "tokens.json", "tokens.json.lock")
}

// catchUp sets the bench's clock to the machine's, by which a slow bench's tokens were made.
func (f *fixture) catchUp() { f.Clock.Advance(clock.System{}.Now().Sub(f.Clock.Now())) }

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
	s := harness.NewServer(t, clock.System{}, settings)
	var group sync.WaitGroup
	for _, title := range []string{"one", "two", "three"} {
		group.Go(func() {
			config := basket(object{"items.0.title": title})
			state, _, diags := s.ApplyConfig(protocoltest.State{}, harness.Type(), config)
			if diags.HasError() || !state.Exists() {
				t.Errorf("%s: %s", title, diags)
			}
		})
	}
	group.Wait()
}

// Two Terraform runs at once, each with three creates under way, when the token has ended.
// The first one's renewal is slow; the second waits for it, and finds its token.
func TestTokenFileOfTwoProcesses(t *testing.T) {
	t.Parallel()
	f := &fixture{harness.StartSlow(t)}
	path := f.tokenFile()
	before := f.held(path)
	settings, err := json.Marshal(f.Settings(f.fromFile(path)))
	if err != nil {
		t.Fatal(err)
	}
	f.qonto().ExpireTokens()
	f.Sandbox.Inject(fault.Fault{Op: "token", Kind: fault.Wait, Delay: 500 * time.Millisecond})
	stop := f.watch(path)
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
	if n := f.CallCount("token"); n != 1 {
		t.Errorf("%d renewals", n)
	}
	if n := len(f.qonto().Links()); n != 6 {
		t.Errorf("%d links, want 6", n)
	}
	f.catchUp()
	checkRewritten(t, f, path, before)
	alone(t, filepath.Dir(path), "tokens.json", "tokens.json.lock")
}

// A renewal whose answer is lost is sent again at once: the old refresh token lives for a minute. So it does for the next run, where the
// answers stay lost or the run was killed; what that has left goes.
func TestRenewalWithoutAnswer(t *testing.T) {
	t.Parallel()
	f, path := fileFixture(t)
	was := f.held(path)
	f.qonto().ExpireTokens()
	f.Sandbox.Inject(fault.Fault{Op: "token", Kind: fault.Drop, After: true, Times: 1})
	state := f.Create(basket())
	f.RequireCalls("create", "token", "token", "create")
	checkRewritten(t, f, path, was)

	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	was = f.held(path)
	f.qonto().ExpireTokens()
	remove := f.Sandbox.Inject(fault.Fault{Op: "token", Kind: fault.Drop, After: true})
	_, diags := f.Refresh(state)
	f.RequireErrors(diags, "", "tokens.json")
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file has changed: %v", err)
	}
	remove()
	draft := path + ".new-4711" // as a killed process leaves it
	if err := os.WriteFile(draft, before[:len(before)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	foreign := path + ".new" // not ours
	if err := os.WriteFile(foreign, nil, 0o600); err != nil {
		t.Fatal(err)
	}

	f.Clock.Advance(30 * time.Second)
	f.Server = f.NewProvider(f.fromFile(path))
	f.ResetCalls()
	f.RequireNoDrift(state, basket())
	f.RequireCalls("get", "token", "get")
	checkRewritten(t, f, path, was)
	alone(t, filepath.Dir(path), "tokens.json", "tokens.json.lock", "tokens.json.new")
}

// When the user interrupts while Qonto makes new tokens, they are in the file before the run
// ends. Otherwise the old ones would be worth nothing a minute later.
func TestInterruptedRenewalIsKept(t *testing.T) {
	t.Parallel()
	f := &fixture{harness.StartSlow(t)}
	path := f.tokenFile()
	before := f.held(path)
	f.qonto().ExpireTokens()
	f.Sandbox.Inject(fault.Fault{Op: "token", Kind: fault.Wait, Delay: time.Second})
	s := f.Sandbox.Server(object{"token_endpoint": nil}, f.fromFile(path))
	var clk clock.System
	go func() {
		for f.CallCount("token") == 0 && t.Context().Err() == nil {
			_ = clk.Sleep(t.Context(), 5*time.Millisecond)
		}
		s.Stop()
	}()
	state, _, diags := s.ApplyConfig(protocoltest.State{}, harness.Type(), basket())
	if !f.Record(diags).HasError() || state.Exists() {
		t.Errorf("went on after the interrupt: %s", diags)
	}
	f.catchUp()
	checkRewritten(t, f, path, before)
	if n := f.CallCount("create"); n != 1 {
		t.Errorf("%d creates", n)
	}
}
