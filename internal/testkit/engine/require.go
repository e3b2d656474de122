package engine

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"
)

// acceptanceEngine is the engine of the acceptance tests. A process asks it once.
var acceptanceEngine = sync.OnceValues(func() (Engine, error) { return Probe(context.Background(), os.Getenv("TF_ACC_TERRAFORM_PATH")) })

// Require returns the engine of the acceptance tests: the program that TF_ACC_TERRAFORM_PATH names, as "make test" sets it.
// Without TF_ACC the test is skipped. Its name must begin with TestAcc, by which "make testacc" finds it.
func Require(t testing.TB) Engine {
	t.Helper()
	if !strings.HasPrefix(t.Name(), "TestAcc") {
		t.Fatalf("%s needs an engine: its name must begin with TestAcc", t.Name())
	}
	if os.Getenv("TF_ACC") == "" {
		t.Skip("acceptance test: set TF_ACC=1, or run make test")
	}
	found, err := acceptanceEngine()
	if err != nil {
		t.Fatal(err)
	}
	return found
}
