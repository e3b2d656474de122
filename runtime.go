package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// A refresh of many links makes much short-lived garbage over a small live heap: collected at the usual pace, that is a
// quarter of the provider's time. While little is live it is collected seldom, beyond that as usual.
const (
	seldom   = 300      // per cent of what is live
	asUsual  = 100      // Go's own
	littleIs = 32 << 20 // bytes
)

// beFrugal sets what the environment does not: how often memory is collected, and that nothing is logged where nobody reads it.
func beFrugal(env func(string) string, setenv func(string, string) error) error {
	if env("GOGC") == "" && env("GOMEMLIMIT") == "" {
		collectSeldom()
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

// collected is not reachable from anywhere, so that its finalizer runs at the end of each collection.
type collected struct{ percent *int }

// collectSeldom chooses the pace, now and after each collection.
func collectSeldom() {
	percent := new(int)
	var choose func(*collected)
	choose = func(*collected) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		if want := paceFor(live[0].Value.Uint64()); want != *percent {
			*percent = want
			debug.SetGCPercent(want)
		}
		runtime.SetFinalizer(&collected{percent}, choose)
	}
	choose(nil)
}

func paceFor(live uint64) int {
	if live < littleIs {
		return seldom
	}
	return asUsual
}
