package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
)

// finishTimeout is how long a provider whose engine has gone may take to finish what is under way.
const finishTimeout = time.Minute

// liveAndDieWithEngine leaves signals to the engine, which ends the provider when it is ready: a signal to the whole process group,
// as of a canceled CI job, would else kill the provider within a create. In return the process ends when its engine has gone.
func liveAndDieWithEngine(server tfprotov6.ProviderServer) {
	signal.Ignore(os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	parent := os.Getppid()
	go func() {
		waitForEnd(parent)
		ctx, cancel := context.WithTimeout(context.Background(), finishTimeout)
		defer cancel()
		protoserver.OrphanRun(ctx, server)
		os.Exit(1) //nolint:gocritic // the context ends with the process
	}()
}
