package main

import (
	"maps"
	"math"
	"runtime/debug"
	"testing"
)

func TestBeFrugal(t *testing.T) {
	percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(math.MaxInt64)
	t.Cleanup(func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	})
	silent := map[string]string{"TF_LOG_SDK": "off", "TF_LOG_PROVIDER_PAYMENTLINKS": "off"}
	for name, c := range map[string]struct {
		env, set map[string]string
		percent  int
		limit    int64
	}{
		"nothing is asked for":    {nil, silent, collectAt, memoryGoal},
		"the engine's own log":    {map[string]string{"TF_LOG_CORE": "debug"}, silent, collectAt, memoryGoal},
		"a log":                   {map[string]string{"TF_LOG": "debug"}, nil, collectAt, memoryGoal},
		"the providers' log":      {map[string]string{"TF_LOG_PROVIDER": "trace"}, nil, collectAt, memoryGoal},
		"a part of the log":       {map[string]string{"TF_LOG_SDK": "trace"}, map[string]string{"TF_LOG_PROVIDER_PAYMENTLINKS": "off"}, collectAt, memoryGoal},
		"memory as somebody says": {map[string]string{"GOGC": "100", "GOMEMLIMIT": "1GiB"}, silent, 100, math.MaxInt64},
	} {
		debug.SetGCPercent(100)
		debug.SetMemoryLimit(math.MaxInt64)
		set := map[string]string{}
		err := beFrugal(func(name string) string { return c.env[name] }, func(name, value string) error { set[name] = value; return nil })
		if err != nil || !maps.Equal(set, c.set) {
			t.Errorf("%s: set %v, %v", name, set, err)
		}
		if got := debug.SetGCPercent(100); got != c.percent {
			t.Errorf("%s: collects at %d", name, got)
		}
		if got := debug.SetMemoryLimit(-1); got != c.limit {
			t.Errorf("%s: memory goal %d", name, got)
		}
	}
}
