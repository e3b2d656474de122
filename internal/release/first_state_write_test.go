package release_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// header makes every vendor the account "main".
func header() string {
	settings := tfconfig.Object{"refresh": "get"}
	for _, d := range descriptor.All() {
		settings[d.Name] = tfconfig.Object{"account": "main"}
	}
	return "terraform {\n  required_providers {\n    paymentlinks = { source = \"paymentlinks/paymentlinks\" }\n  }\n}\n\n" +
		"provider \"paymentlinks\" {\n" + tfconfig.HCL(settings) + "}\n"
}

// writeFirst applies the resource examples with the engine of this run, which should be Terraform 1.11, and keeps what came of it:
//
//	TF_ACC=1 TF_ACC_TERRAFORM_PATH=... go test ./internal/release -run FirstState -write-first-state
func writeFirst(t *testing.T) {
	t.Helper()
	s := newFixture(t)
	heard := &answers{of: map[string]map[string]json.RawMessage{}}
	listening := httptest.NewServer(heard.listen(s.box))
	t.Cleanup(listening.Close)
	for i := range s.Env {
		s.Env[i] = strings.ReplaceAll(s.Env[i], s.url, listening.URL)
	}

	must(t, os.MkdirAll(first, 0o755))
	must(t, os.WriteFile(filepath.Join(first, "main.tf"), []byte(header()), 0o644))
	for _, d := range descriptor.All() {
		files, err := filepath.Glob(filepath.Join("..", "..", "examples", "resources", d.ResourceType(), "resource*.tf"))
		must(t, err)
		var all []byte
		for _, file := range files {
			text, err := os.ReadFile(file)
			must(t, err)
			all = append(append(all, text...), '\n')
		}
		must(t, os.WriteFile(filepath.Join(first, d.Name+".tf"), bytes.TrimSuffix(all, []byte("\n")), 0o644))
	}
	must(t, s.CopyFiles(filepath.Join(first, "*.tf")))
	s.run(t, "init")
	s.run(t, "apply", "-auto-approve")
	s.run(t, "plan", "-detailed-exitcode") // reads every link

	state, err := os.ReadFile(filepath.Join(s.Dir, "terraform.tfstate"))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(first, "state.json"), []byte(moved(t, state, listening.URL, nowhere, clientID(s.box.Env()), nobody)), 0o644))
	links := map[string][]json.RawMessage{}
	for _, link := range s.box.Overview() {
		answer, ok := heard.of[link.Vendor][link.ID]
		if !ok {
			t.Fatalf("%s never showed %s", link.Vendor, link.ID)
		}
		links[link.Vendor] = append(links[link.Vendor], answer)
	}
	text, err := json.MarshalIndent(links, "", "  ")
	must(t, err)
	text = bytes.ReplaceAll(text, []byte(listening.URL), []byte(nowhere))
	must(t, os.WriteFile(filepath.Join(first, "links.json"), append(text, '\n'), 0o644))
}

// answers keeps, by vendor and id, how a link was last shown.
type answers struct {
	mu sync.Mutex
	of map[string]map[string]json.RawMessage
}

func (a *answers) listen(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
		if r.Method != http.MethodGet || answer.Code != http.StatusOK {
			return
		}
		vendor, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		body := answer.Body.Bytes()
		var envelope struct {
			Link json.RawMessage `json:"payment_link"`
		}
		if json.Unmarshal(body, &envelope) == nil && envelope.Link != nil {
			body = envelope.Link
		}
		var link struct {
			ID string `json:"id"`
		}
		if json.Unmarshal(body, &link) != nil || link.ID == "" {
			return
		}
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.of[vendor] == nil {
			a.of[vendor] = map[string]json.RawMessage{}
		}
		a.of[vendor][link.ID] = bytes.Clone(body)
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
