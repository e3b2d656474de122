package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// restoreState does what people do when they find that an engine was killed while it wrote a local state, which it empties first: they
// take its backup, from before the run.
func restoreState(dir string) error {
	path := filepath.Join(dir, "terraform.tfstate")
	text, err := os.ReadFile(path)
	if err != nil || json.Valid(text) {
		return nil //nolint:nilerr // there is no state yet
	}
	backup, err := os.ReadFile(path + ".backup")
	if errors.Is(err, fs.ErrNotExist) { // it was the first run
		return os.Remove(path)
	}
	if err != nil {
		return err
	}
	return os.WriteFile(path, backup, 0o600)
}

// readState reads the state file itself: what counts is what is on the disk, and no provider is started for it.
func readState(dir string) (stateSnapshot, error) {
	now := stateSnapshot{addresses: map[string]string{}}
	text, err := os.ReadFile(filepath.Join(dir, "terraform.tfstate"))
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(text) == 0 { // locked, but nothing was written yet
		return now, nil
	}
	if err != nil {
		return now, err
	}
	var state struct {
		Resources []struct {
			Type      string `json:"type"`
			Name      string `json:"name"`
			Instances []struct {
				Status     string `json:"status"`
				Attributes struct {
					ID string `json:"id"`
				} `json:"attributes"`
			} `json:"instances"`
		} `json:"resources"`
	}
	if err := json.Unmarshal(text, &state); err != nil {
		return now, err
	}
	for _, resource := range state.Resources {
		for _, instance := range resource.Instances {
			address, id := resource.Type+"."+resource.Name, instance.Attributes.ID
			if instance.Status == "tainted" {
				now.tainted = append(now.tainted, address)
			}
			if now.addresses[id] != "" {
				now.duplicated = append(now.duplicated, id)
			}
			now.addresses[id] = address
		}
	}
	return now, nil
}
