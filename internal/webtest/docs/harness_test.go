package docs

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// witness takes what a test would fail with.
type witness struct {
	testing.TB
	said    []string
	skipped bool
}

func (w *witness) Errorf(format string, args ...any) {
	w.said = append(w.said, fmt.Sprintf(format, args...))
}

func (w *witness) Fatal(args ...any) {
	w.said = append(w.said, fmt.Sprint(args...))
	runtime.Goexit()
}

func (w *witness) Fatalf(format string, args ...any) { w.Fatal(fmt.Sprintf(format, args...)) }

func (w *witness) Skip(...any) {
	w.skipped = true
	runtime.Goexit()
}

// watch runs a folder and returns what its test would say.
func (r runner) watch(t *testing.T, f *folder) *witness {
	w := &witness{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.run(w, f)
	}()
	<-done
	return w
}

func fenced(comment, text string) string { return comment + "\n\n```terraform\n" + text + "```\n\n" }

// testHarness shows that a block that does not keep its promise fails. That one fails for no other reason is shown by the pages' own.
func (r runner) testHarness(t *testing.T) {
	d := descriptor.Revocable()
	// plain has nothing of this provider, and so is quicker.
	const plain = "terraform {\n  required_providers {}\n}\n\n"
	wrong := fmt.Sprintf("resource %q \"a\" {\n  price = 1\n}\n", d.ResourceType())
	link := func(more string) string {
		return fmt.Sprintf("resource %q \"a\" {\n%s%s}\n", d.ResourceType(), tfconfig.HCL(d.With(d.Payable)), more)
	}
	for name, test := range map[string]struct{ page, want string }{ // want is part of what fails
		"an argument that does not exist": {fenced("", wrong), "An argument named \"price\" is not expected"},
		"the same, only validated":        {fenced("<!-- block: validate -->", wrong), "An argument named \"price\" is not expected"},
		"a plan that is never empty":      {fenced("", plain+"resource \"terraform_data\" \"a\" {\n  input = timestamp()\n}\n"), "plan -detailed-exitcode -no-color ended with exit code 2"},
		"a link that can still be paid":   {fenced("", link("  on_destroy = \"abandon\"\n")), "1 links can be paid after the destroy, want 0"},
		"a link that was to stay":         {fenced("<!-- block: leaves=1 -->", link("")), "0 links can be paid after the destroy, want 1"},
		"a module that is not there":      {fenced("<!-- block: name=x -->", plain+"module \"m\" {\n  source = \"./m\"\n}\n") + fenced("<!-- block: name=x file=n/main.tf -->", "locals {\n  a = 1\n}\n"), "Unreadable module directory"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folders, err := parsePage("p.md", []byte(test.page)).folders()
			if err != nil || len(folders) != 1 {
				t.Fatalf("%d folders, error %v", len(folders), err)
			}
			w := r.watch(t, folders[0])
			if said := strings.Join(w.said, "\n"); !strings.Contains(spaces.ReplaceAllString(said, " "), test.want) || w.skipped {
				t.Errorf("skipped %t, failed with %q, want %q", w.skipped, said, test.want)
			}
		})
	}
	for engine, want := range map[string]bool{r.found.Name: false, "other": true} {
		if w := r.watch(t, &folder{keys: map[string]string{"engine": engine}}); w.skipped != want {
			t.Errorf("%s: skipped %t, want %t", engine, w.skipped, want)
		}
	}
}
