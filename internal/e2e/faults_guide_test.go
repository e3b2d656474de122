package e2e_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// TestAccFaultsGuide runs the commands of faults-and-retries.md as they stand.
func TestAccFaultsGuide(t *testing.T) {
	requirePrograms(t, "curl")
	runAll(t, map[string]func(*fixture){"sandbox": testFaultsGuide, "errored.tfstate": testErroredState})
}

// Reads that fail are repeated, and a link whose create got no response is adopted.
func testFaultsGuide(f *fixture) {
	const page = "faults-and-retries.md"
	b := pasted(f.T, "templates/guides/"+page, 3)
	config := firstMatch(f.T, guide(f.T, page), "(?s)<!-- block: name=settings -->\n\n```terraform\n(.*?)```")
	f.write("main.tf", "terraform {\n  required_providers {\n    paymentlinks = { source = \"paymentlinks/paymentlinks\" }\n  }\n}\n\n"+config)
	f.paste("terraform init\nterraform apply")
	d := f.vendorOf(config, ofResource)
	here := func(b block) string { return f.replaced(b.text, "http://127.0.0.1:8787", f.box.URL()) }

	f.box.ResetRequests()
	f.requireText(f.paste(here(b[0])), "No changes.")
	var statuses []int
	for _, r := range f.box.Requests(sandbox.ByOp(d.Name, d.Operations.Get)) {
		statuses = append(statuses, r.Status)
	}
	if !slices.Equal(statuses, []int{503, 503, 200}) {
		f.Errorf("the reads were answered %v", statuses)
	}

	said := joined.ReplaceAllString(f.paste(here(b[1])), " ")
	f.requireText(said, "Adopted the "+d.Title+" payment link that an unanswered request created", "1 added", "1 destroyed", `"links":`)
	f.requireOpen(d, 1)
	f.paste("terraform plan -detailed-exitcode")
}

// A backend that does not take the state leaves it beside the configuration, from where the page's lines push it.
func testErroredState(f *fixture) {
	b := pasted(f.T, "templates/guides/faults-and-retries.md", 3)[2]
	d := descriptor.Revocable()
	backend := &stateServer{refused: 1}
	server := httptest.NewServer(backend)
	f.Cleanup(server.Close)
	f.declare("terraform {\n  backend \"http\" {\n    address = \"" + server.URL + "\"\n  }\n}\n" + payableLink(d))
	f.paste("terraform init\nterraform plan -out=links.tfplan")
	f.requireText(f.pasteFailing(1, b.text), "errored.tfstate")
	if _, err := os.Stat(filepath.Join(f.w.Dir, "errored.tfstate")); err != nil {
		f.Error(err)
	}
	f.paste("terraform plan -detailed-exitcode")
	f.requireOpen(d, 1)
}

// stateServer is an HTTP backend that refuses to store a state a few times.
type stateServer struct {
	sync.Mutex
	refused int
	state   []byte
}

func (s *stateServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.Lock()
	defer s.Unlock()
	switch {
	case r.Method == http.MethodPost && s.refused > 0:
		s.refused--
		w.WriteHeader(http.StatusForbidden)
	case r.Method == http.MethodPost:
		s.state, _ = io.ReadAll(r.Body)
	case s.state == nil:
		w.WriteHeader(http.StatusNotFound)
	default:
		_, _ = w.Write(s.state)
	}
}
