package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// readyInfo is what somebody who uses the sandbox has to know.
type readyInfo struct {
	URL string            `json:"url"`
	Env map[string]string `json:"env"`
}

// json is one line. Text always marshals.
func (i readyInfo) json() []byte {
	data, _ := json.Marshal(i)
	return append(data, '\n')
}

// exports are lines for a shell. Every value is free of quotes, so that a shell takes them as they are.
func (i readyInfo) exports() string {
	text := ""
	for _, name := range slices.Sorted(maps.Keys(i.Env)) {
		text += fmt.Sprintf("export %s='%s'\n", name, i.Env[name])
	}
	return text
}

// text says what to set and what to try.
func (i readyInfo) text() string {
	return "The sandbox listens on " + i.URL + ". In the shell where you run Terraform:\n\n" + i.exports() + fmt.Sprintf(`
In a browser, all links and their payment pages:

%[1]s/

Or by hand (VENDOR and ID are those of a link):

curl -s %[1]s/_sandbox/links
curl -s -X POST %[1]s/_sandbox/links/VENDOR/ID/pay      # or process, fail, expire, cancel, delete
curl -s -X POST %[1]s/_sandbox/clock -d '{"advance":"8760h"}'
curl -s %[1]s/_sandbox/requests

Ctrl-C stops the sandbox. It stores nothing.
`, i.URL)
}

// writeReadyFile writes a file in one step, so that a reader never sees half of it, and for its owner only: it holds tokens.
func writeReadyFile(path string, data []byte) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	if _, err := file.Write(data); err != nil {
		return errors.Join(err, file.Close())
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
