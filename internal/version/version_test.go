package version

import (
	"runtime/debug"
	"testing"
)

func TestOf(t *testing.T) {
	t.Parallel()
	recorded := func(version string) *debug.BuildInfo { return &debug.BuildInfo{Main: debug.Module{Version: version}} }
	for _, test := range []struct {
		stamped string
		info    *debug.BuildInfo
		want    string
	}{
		{"1.2.3", recorded("v9.9.9"), "1.2.3"},
		{Unstamped, recorded("v0.2.0"), "0.2.0"},
		{"", recorded("v0.2.0"), "0.2.0"},
		{Unstamped, recorded("(devel)"), Unstamped},
		{Unstamped, recorded(""), Unstamped},
		{Unstamped, nil, Unstamped},
	} {
		if got := of(test.stamped, test.info); got != test.want {
			t.Errorf("stamped %q, recorded %+v: %q, want %q", test.stamped, test.info, got, test.want)
		}
	}
}
