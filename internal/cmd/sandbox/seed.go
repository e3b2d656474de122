package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// loadSeed seeds each vendor that the file names, or with what the vendors have for "demo"; nothing for no file.
func loadSeed(s *sandbox.Sandbox, path string) error {
	seeds := map[string]json.RawMessage{}
	switch path {
	case "":
	case "demo":
		for _, vendor := range s.Vendors() {
			seeds[vendor] = s.Demo(vendor)
		}
	default:
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(data, &seeds); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	for _, vendor := range slices.Sorted(maps.Keys(seeds)) {
		if err := s.Seed(vendor, bytes.ReplaceAll(seeds[vendor], []byte("${SANDBOX}"), []byte(s.URL()))); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}
