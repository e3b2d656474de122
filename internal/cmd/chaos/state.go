package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
)

// remoteState is a state that the engine keeps over HTTP: it writes it every twenty seconds at best, and at its end.
type remoteState struct {
	*httptest.Server
	mu   sync.Mutex
	text []byte
}

func startRemoteState() *remoteState {
	s := &remoteState{}
	s.Server = httptest.NewServer(s)
	return s
}

// backend is the configuration of it.
func (s *remoteState) backend() string {
	return fmt.Sprintf("terraform {\n  backend \"http\" {\n    address = %q\n  }\n}\n", s.URL)
}

// ServeHTTP is the engines' protocol: GET, POST and DELETE of the whole.
func (s *remoteState) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case err != nil: // the engine was killed meanwhile
		w.WriteHeader(http.StatusBadRequest)
	case r.Method == http.MethodPost:
		s.text = body
	case r.Method == http.MethodDelete:
		s.text = nil
	case s.text == nil:
		w.WriteHeader(http.StatusNoContent)
	default:
		_, _ = w.Write(s.text)
	}
}

// readState reads the state itself, wherever it is: what counts is what a next run will find, and no provider is started for it.
func (c *chaos) readState() (stateSnapshot, error) {
	if c.remote == nil {
		return readState(c.engine.Dir)
	}
	c.remote.mu.Lock()
	defer c.remote.mu.Unlock()
	return parseState(c.remote.text)
}

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

// readState reads a local state.
func readState(dir string) (stateSnapshot, error) {
	text, err := os.ReadFile(filepath.Join(dir, "terraform.tfstate"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return stateSnapshot{}, err
	}
	return parseState(text)
}

func parseState(text []byte) (stateSnapshot, error) {
	now := stateSnapshot{addresses: map[string]string{}}
	if len(text) == 0 { // nothing was written yet
		return now, nil
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
