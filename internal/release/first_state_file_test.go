package release_test

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

type instance struct {
	Type, Name    string
	SchemaVersion int64           `json:"schema_version"`
	Attributes    json.RawMessage `json:"attributes"`
}

// instances are the resources of a state file.
func instances(t *testing.T, state []byte) []instance {
	t.Helper()
	var file struct {
		Resources []struct {
			Type      string     `json:"type"`
			Name      string     `json:"name"`
			Instances []instance `json:"instances"`
		} `json:"resources"`
	}
	if err := json.Unmarshal(state, &file); err != nil {
		t.Fatal(err)
	}
	var all []instance
	for _, resource := range file.Resources {
		for _, each := range resource.Instances {
			each.Type, each.Name = resource.Type, resource.Name
			all = append(all, each)
		}
	}
	return all
}

// policy is what the link's resource does at a destroy.
func (i instance) policy(t *testing.T) string {
	t.Helper()
	var attributes struct {
		OnDestroy string `json:"on_destroy"`
	}
	if err := json.Unmarshal(i.Attributes, &attributes); err != nil {
		t.Fatal(err)
	}
	return attributes.OnDestroy
}

// clientID is the client among the sandbox's variables that is another one in every run.
func clientID(env map[string]string) string {
	for name, value := range env {
		if strings.HasSuffix(name, "_CLIENT_ID") && strings.HasPrefix(value, "client_") {
			return value
		}
	}
	return ""
}

// moved is the state with each first text replaced by the one after it, also in what the provider keeps for itself, which is base64 in
// base64.
func moved(t *testing.T, state []byte, fromTo ...string) string {
	t.Helper()
	replace := strings.NewReplacer(fromTo...)
	var file map[string]any
	if err := json.Unmarshal(state, &file); err != nil {
		t.Fatal(err)
	}
	for _, resource := range file["resources"].([]any) {
		for _, each := range resource.(map[string]any)["instances"].([]any) {
			instance := each.(map[string]any)
			var private map[string][]byte
			coded, _ := instance["private"].(string)
			text, err := base64.StdEncoding.DecodeString(coded)
			if err == nil {
				err = json.Unmarshal(text, &private)
			}
			if err != nil || len(private) == 0 {
				t.Fatalf("private state %q: %v", text, err)
			}
			for key, value := range private {
				private[key] = []byte(replace.Replace(string(value)))
			}
			if text, err = json.Marshal(private); err != nil {
				t.Fatal(err)
			}
			instance["private"] = base64.StdEncoding.EncodeToString(text)
		}
	}
	text, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return replace.Replace(string(text)) + "\n"
}

// keptLinks are the links in each vendor's own JSON, for its sandbox.
func keptLinks(t *testing.T) map[string]json.RawMessage {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(first, "links.json"))
	if err != nil {
		t.Fatal(err)
	}
	var links map[string]json.RawMessage
	if err := json.Unmarshal(text, &links); err != nil {
		t.Fatal(err)
	}
	return links
}

// writtenAt is when the newest link of a state was made, where the vendors say so.
func writtenAt(t *testing.T, links []instance) (newest time.Time) {
	t.Helper()
	for _, link := range links {
		var made struct {
			At string `json:"created_at"`
		}
		if err := json.Unmarshal(link.Attributes, &made); err != nil {
			t.Fatal(err)
		}
		if at, err := time.Parse(time.RFC3339, made.At); err == nil && at.After(newest) {
			newest = at
		}
	}
	if newest.IsZero() {
		t.Fatal("the state does not say when a link was made")
	}
	return newest
}
