package main

import (
	"maps"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

func TestRuntimeIsTunedUnlessTheEnvironmentSaysOtherwise(t *testing.T) {
	before := debug.SetGCPercent(gcPercentDefault)
	t.Cleanup(func() { debug.SetGCPercent(before) })
	silent := map[string]string{"TF_LOG_SDK": "off", "TF_LOG_PROVIDER_PAYMENTLINKS": "off"}
	// Once the pace is ours it stays so in this process: those that leave it alone come first.
	for _, c := range []struct {
		name     string
		env, set map[string]string
		tuned    bool
	}{
		{"memory as somebody says", map[string]string{"GOGC": "100"}, silent, false},
		{"a limit that somebody sets", map[string]string{"GOMEMLIMIT": "1GiB"}, silent, false},
		{"nothing is asked for", nil, silent, true},
		{"the engine's own log", map[string]string{"TF_LOG_CORE": "debug"}, silent, true},
		{"a log", map[string]string{"TF_LOG": "debug"}, nil, true},
		{"the providers' log", map[string]string{"TF_LOG_PROVIDER": "trace"}, nil, true},
		{"a part of the log", map[string]string{"TF_LOG_SDK": "trace"}, map[string]string{"TF_LOG_PROVIDER_PAYMENTLINKS": "off"}, true},
	} {
		set := map[string]string{}
		err := tuneRuntime(func(name string) string { return c.env[name] }, func(name, value string) error { set[name] = value; return nil })
		if err != nil || !maps.Equal(set, c.set) {
			t.Errorf("%s: set %v, %v", c.name, set, err)
		}
		if got := pace(); (got > gcPercentDefault) != c.tuned {
			t.Errorf("%s: collects at %d", c.name, got)
		}
	}

	// With much in use the pace is Go's own, and ours again afterwards: what is live is at most doubled.
	much := make([]byte, 2*smallHeap)
	waitFor(t, false)
	runtime.KeepAlive(much)
	waitFor(t, true)
}

// pace reads the percentage, which there is no other way to ask for.
func pace() int {
	now := debug.SetGCPercent(gcPercentDefault)
	debug.SetGCPercent(now)
	return now
}

// waitFor collects until the pace is Go's own, or not: finalizers run a moment later.
func waitFor(t *testing.T, tuned bool) {
	t.Helper()
	for deadline := time.After(10 * time.Second); (pace() > gcPercentDefault) != tuned; {
		runtime.GC()
		select {
		case <-deadline:
			t.Fatalf("collects at %d", pace())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func TestHeapGrowsToTheSmallOneOrDoubles(t *testing.T) {
	for live, want := range map[uint64]int{0: 700, 1 << 20: 700, 8 << 20: 300, 16 << 20: 100, 32 << 20: 100, 1 << 30: 100} {
		if got := gcPercentFor(live); got != want {
			t.Errorf("%d MB: %d, want %d", live>>20, got, want)
		}
	}
}
