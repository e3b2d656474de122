//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

func usageOf(state *os.ProcessState) usage {
	out := usage{CPU: state.UserTime() + state.SystemTime()}
	if took, ok := state.SysUsage().(*syscall.Rusage); ok {
		out.Memory = took.Maxrss
		if runtime.GOOS != "darwin" { // which counts in bytes
			out.Memory *= 1024
		}
	}
	return out
}
