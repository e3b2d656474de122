//go:build !windows

package main

import (
	"context"
	"os"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
)

// parentPoll is how often a provider looks whether its engine is still there. It is less than half of what the journal waits for one
// that may have lost its engine.
const parentPoll = 250 * time.Millisecond

// waitForEnd waits until the process has another parent.
func waitForEnd(parent int) {
	for os.Getppid() == parent {
		_ = clock.System{}.Sleep(context.Background(), parentPoll) // never interrupted
	}
}
