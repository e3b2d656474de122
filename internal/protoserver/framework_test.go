package protoserver_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// frameworkVersion is the version that this package was checked against.
const frameworkVersion = "v1.19.0"

// This package relies on what the framework does and does not document. With another version, check that
//   - it still retains contexts until StopProvider (internal/proto6server/serve.go, registerContext), else requestContext can go;
//   - it still reports the required attributes of an unknown list element as missing, else dropErrorsBelowUnknown can go;
//   - its answer to a read is still what read.go builds: TestReadEqualsTheFramework here and in package conformance;
//   - it still takes a stored state of the current version as it is: TestStoredStatesAreReadAsTheFrameworkReadsThem;
//   - its server implements no further interface that frameworkServer lacks (server.go), else the engine does not see it;
//
// then change frameworkVersion and the versions that comments name.
func TestFrameworkVersion(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`github.com/hashicorp/terraform-plugin-framework (\S+)`).FindSubmatch(text)
	if found == nil || string(found[1]) != frameworkVersion {
		t.Errorf("go.mod has the framework in %q, and this package was checked against %s: the comment at this test says what to check", found, frameworkVersion)
	}
}
