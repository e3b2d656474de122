package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// demo has links of every vendor in several states.
//
//go:embed demo.json
var demo []byte

// plant seeds each vendor that the file names, or those of the demo; nothing for no file.
func plant(s *sandbox.Sandbox, path string) error {
	if path == "" {
		return nil
	}
	data := demo
	if path != "demo" {
		var err error
		if data, err = os.ReadFile(path); err != nil {
			return err
		}
	}
	data = bytes.ReplaceAll(data, []byte("${SANDBOX}"), []byte(s.URL()))
	var vendors map[string]json.RawMessage
	if err := json.Unmarshal(data, &vendors); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, vendor := range slices.Sorted(maps.Keys(vendors)) {
		if err := s.Seed(vendor, vendors[vendor]); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}
