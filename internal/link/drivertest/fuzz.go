package drivertest

import (
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Seeds adds a folder's JSON files to a fuzz target's seeds: each as it is, with its first half, and, where it is a list
// or holds one, its elements.
func Seeds(f *testing.F, folder string) {
	f.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds in %s: %v", folder, err)
	}
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
		f.Add(body[:len(body)/2])
		for _, element := range elements(body) {
			f.Add([]byte(element))
		}
	}
}

// elements are the elements of the lists at the top of a body.
func elements(body []byte) (out []json.RawMessage) {
	var object map[string]json.RawMessage
	if json.Unmarshal(body, &out) == nil || json.Unmarshal(body, &object) != nil {
		return out
	}
	for _, value := range object {
		var list []json.RawMessage
		if json.Unmarshal(value, &list) == nil {
			out = append(out, list...)
		}
	}
	return out
}

// exactDigits is how many digits Terraform's own numbers surely hold.
const exactDigits = 150

// SameNumber checks that a number of an answer stayed the same, as exactly as Terraform keeps numbers. What is no
// number, or one that Terraform cannot hold, is null.
func SameNumber(t *testing.T, got types.Number, answered json.Number) {
	t.Helper()
	if got.IsNull() || len(answered) > exactDigits {
		return
	}
	value := got.ValueBigFloat()
	if value.IsInf() {
		t.Fatalf("%s became infinite", answered)
	}
	want, _, err := big.ParseFloat(answered.String(), 10, 512, big.ToNearestEven)
	if err != nil || want.Cmp(value) != 0 {
		t.Fatalf("%s became %s", answered, value.Text('g', -1))
	}
}
