package main

import "runtime/debug"

const (
	// A refresh of many links makes much short-lived garbage over a small live heap: collected at the usual pace, that is a
	// quarter of the provider's time.
	collectAt = 300 // per cent of what is live
	// Beyond this many bytes it is collected as often as needed.
	memoryGoal = 110 << 20
)

// beFrugal sets what the environment does not: how often memory is collected, and that nothing is logged where nobody reads it.
func beFrugal(env func(string) string, setenv func(string, string) error) error {
	if env("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	if env("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryGoal)
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
