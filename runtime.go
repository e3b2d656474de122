package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// A refresh of many links makes much short-lived garbage over a small live heap: collected at the usual pace, that is a
// quarter of the provider's time. Below smallHeap nothing is collected; beyond it the heap may double, as usual.
const (
	smallHeap        = 32 << 20 // bytes
	gcPercentDefault = 100      // Go's own
	goHeapMinimum    = 4 << 20  // bytes, at Go's own percentage
)

// tuneRuntime sets what the environment does not: how often memory is collected, and that nothing is logged where nobody reads it.
func tuneRuntime(env func(string) string, setenv func(string, string) error) error {
	if env("GOGC") == "" && env("GOMEMLIMIT") == "" {
		tuneGC()
	}
	if env("TF_LOG") != "" || env("TF_LOG_PROVIDER") != "" {
		return nil
	}
	// The logging library writes every trace line to the engine, which reads and drops it, unless told otherwise.
	for _, name := range []string{"TF_LOG_SDK", "TF_LOG_PROVIDER_PAYMENTLINKS"} {
		if env(name) != "" {
			continue
		}
		if err := setenv(name, "off"); err != nil {
			return err
		}
	}
	return nil
}

// gcHook is not reachable from anywhere, so that its finalizer runs at the end of each collection.
type gcHook struct{ percent *int }

// tuneGC chooses the pace, now and after each collection.
func tuneGC() {
	percent := new(int)
	var choose func(*gcHook)
	choose = func(*gcHook) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		if want := gcPercentFor(live[0].Value.Uint64()); want != *percent {
			*percent = want
			debug.SetGCPercent(want)
		}
		runtime.SetFinalizer(&gcHook{percent}, choose)
	}
	choose(nil)
}

// gcPercentFor returns the percentage of live at which the heap has grown to smallHeap, and no less than Go's own.
func gcPercentFor(live uint64) int {
	live = max(live, goHeapMinimum)
	if live >= smallHeap {
		return gcPercentDefault
	}
	return max(gcPercentDefault, int((smallHeap-live)*100/live))
}
