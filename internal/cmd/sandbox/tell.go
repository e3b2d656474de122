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

// told is what who uses the sandbox has to know.
type told struct {
	URL string            `json:"url"`
	Env map[string]string `json:"env"`
}

// json is one line. Text always marshals.
func (t told) json() []byte {
	data, _ := json.Marshal(t)
	return append(data, '\n')
}

// exports are lines for a shell. Every value is free of quotes, so that a shell takes them as they are.
func (t told) exports() string {
	text := ""
	for _, name := range slices.Sorted(maps.Keys(t.Env)) {
		text += fmt.Sprintf("export %s='%s'\n", name, t.Env[name])
	}
	return text
}

// text says what to set and what to try.
func (t told) text() string {
	return "The sandbox listens on " + t.URL + ". In the shell of Terraform:\n\n" + t.exports() + fmt.Sprintf(`
In a browser, all links, and a payment page for each:

%[1]s/

Or by hand (ID is a link's id):

curl -s %[1]s/_sandbox/links
curl -s -X POST %[1]s/_sandbox/links/qonto/ID/pay       # or process, fail, expire, cancel, delete
curl -s -X POST %[1]s/_sandbox/clock -d '{"advance":"8760h"}'
curl -s %[1]s/_sandbox/requests

Ctrl-C ends it; nothing is kept.
`, t.URL)
}

// announce writes a file in one step, so that a reader never sees half of it, and for its owner only: it holds tokens.
func announce(path string, data []byte) (err error) {
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
