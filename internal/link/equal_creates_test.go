package link_test

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// Creates of equal content could not be told apart, so they wait for each other; others do not wait.
func TestEqualCreatesRunOneAtATime(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		config func(i int) Object
		most   int
	}{
		"equal": {func(int) Object { return answeredConfig() }, 1},
		"different policies": {func(i int) Object {
			return withOverrides(answeredConfig(), Object{"on_destroy": []string{"abandon", "fail"}[i%2]})
		}, 1},
		"another hidden text": {func(i int) Object { return withOverrides(answeredConfig(), Object{"pin": fmt.Sprint(i)}) }, 1},
		"left to the vendor": {func(i int) Object {
			return withOverrides(answeredConfig(), Object{"grade": []any{"standard", nil}[i%2]})
		}, 1},
		"different":       {func(i int) Object { return withOverrides(answeredConfig(), Object{"title": fmt.Sprint(i)}) }, 5},
		"another project": {func(i int) Object { return withOverrides(answeredConfig(), Object{"project": fmt.Sprint(i)}) }, 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.store.CreationTimes = true
			gate := newGate(tc.most)
			f.store.BeforeCreate = gate.enter
			for range 2 { // two of five answers are lost
				f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["connection lost"], After: true})
			}
			ids := make([]string, 5)
			var group sync.WaitGroup
			for i := range ids {
				group.Go(func() {
					state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, tc.config(i))
					if diags.HasError() {
						t.Error(diags)
						return
					}
					ids[i] = state.Text("id")
				})
			}
			group.Wait()
			distinct := map[string]bool{}
			for _, id := range ids {
				distinct[id] = true
			}
			if len(distinct) != 5 || f.store.Payable() != 5 {
				t.Errorf("ids %q, %d live links", ids, f.store.Payable())
			}
			if got := gate.maxSeen(); got != tc.most {
				t.Errorf("%d creates at once, want %d", got, tc.most)
			}
		})
	}
}

// createGate delays each create until as many as may run at once have begun, or a moment has passed, and counts them.
type createGate struct {
	mu                     sync.Mutex
	want, current, maximum int
	full                   chan struct{}
}

func newGate(want int) *createGate { return &createGate{want: want, full: make(chan struct{})} }

func (g *createGate) enter(ctx context.Context) {
	g.mu.Lock()
	g.current++
	g.maximum = max(g.maximum, g.current)
	if g.current == g.want && g.want > 1 {
		close(g.full)
	}
	g.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
	if g.want > 1 {
		cancel()
		ctx, cancel = context.WithTimeout(context.Background(), 10*time.Second)
	}
	defer cancel()
	select {
	case <-g.full:
	case <-ctx.Done():
	}
	g.mu.Lock()
	g.current--
	g.mu.Unlock()
}

func (g *createGate) maxSeen() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.maximum
}

// What may be confused takes turns across runs, and across aliases of one account, each of which is a process of its own.
func TestEqualCreatesOfTwoRunsTakeTurns(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.store.CreationTimes = true
	gate := newGate(1)
	f.store.BeforeCreate = gate.enter
	for range 2 { // two of four answers are lost
		f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["connection lost"], After: true})
	}
	journal := filepath.Join(t.TempDir(), "journal")
	ids := make([]string, 4)
	var group sync.WaitGroup
	for alias := range 2 {
		server, _ := f.serveRun(Object{"memory": Object{"account": fmt.Sprint("alias ", alias)}, "journal": journal})
		defer runtime.KeepAlive(server) // collected, it would end the lock of its run, as a killed process does
		for i := range 2 {
			group.Go(func() {
				state, _, diags := server.ApplyConfig(protocoltest.State{}, resourceType, withOverrides(answeredConfig(), Object{"pin": fmt.Sprint(i)}))
				if diags.HasError() {
					t.Error(diags)
					return
				}
				ids[2*alias+i] = state.Text("id")
			})
		}
	}
	group.Wait()
	slices.Sort(ids)
	if len(slices.Compact(ids)) != 4 || f.store.Payable() != 4 || gate.maxSeen() != 1 {
		t.Errorf("ids %q, %d live links, %d creates at once", ids, f.store.Payable(), gate.maxSeen())
	}
}
