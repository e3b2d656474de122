// Package version decides which version a program of ours says it is.
package version

import (
	"runtime/debug"
	"strings"
)

// Unstamped is what a program's version variable holds unless the build sets it.
const Unstamped = "dev"

// Of returns the version that the build stamped into the program (-ldflags "-X main.version=..."), else the one that Go recorded: "go install
// ...@v0.2.0" stamps nothing.
func Of(stamped string) string {
	info, _ := debug.ReadBuildInfo()
	return of(stamped, info)
}

func of(stamped string, info *debug.BuildInfo) string {
	if stamped != Unstamped && stamped != "" {
		return stamped
	}
	// Go calls a build from a folder "(devel)", or, where it knows the commit, by an invented version.
	if info != nil && strings.HasPrefix(info.Main.Version, "v") {
		return strings.TrimPrefix(info.Main.Version, "v")
	}
	return Unstamped
}
