package docs

import (
	"encoding/json"
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

// linkOf is the beginning of a resource block with a link in it.
func linkOf(d descriptor.Descriptor) string {
	return fmt.Sprintf("resource %q \"a\" {\n%s", d.ResourceType(), tfconfig.HCL(tfconfig.Changed(d.Labeled("One", "one"), d.Payable)))
}

const (
	// plain has nothing of this provider, and so is quicker.
	plain    = "terraform {\n  required_providers {}\n}\n\n"
	restless = plain + "resource \"terraform_data\" \"a\" {\n  input = timestamp()\n}\n"
	luckless = plain + "resource \"terraform_data\" \"a\" {\n  lifecycle {\n    postcondition {\n      condition = self.id == \"\"\n      error_message = \"no luck\"\n    }\n  }\n}\n"
	second   = "<!-- block: name=x step=2 "
)

func fenced(comment, text string) string { return comment + "\n\n```terraform\n" + text + "```\n\n" }

// testHarness shows that a block that does not keep its promise fails, and one that does what its comment says does not.
func (r runner) testHarness(t *testing.T) {
	d := descriptor.Revocable()
	waiting := d // a vendor whose links cannot be deleted once they are active
	for _, other := range descriptor.All() {
		if other.Activation != nil {
			waiting = other
		}
	}
	link := linkOf(d)
	closed, abandoned, kept := link+"}\n", link+"  on_destroy = \"abandon\"\n}\n", link+"  lifecycle {\n    prevent_destroy = true\n  }\n}\n"
	change := func(text string) string { return strings.Replace(text, `"One"`, `"Two"`, 1) }
	wrong := fmt.Sprintf("resource %q \"a\" {\n  price = 1\n}\n", d.ResourceType())
	secret := d.EnvPrefix() + strings.ToUpper(d.Credentials.Secret[0])
	var sample struct{ ID string }
	if err := json.Unmarshal([]byte(d.Sample), &sample); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ page, want string }{ // want is part of what fails; empty for nothing
		"an argument that does not exist":        {fenced("", wrong), "An argument named \"price\" is not expected"},
		"the same, only validated":               {fenced("<!-- block: validate -->", wrong), "An argument named \"price\" is not expected"},
		"what cannot be planned, validated":      {fenced("<!-- block: validate -->", plain+"variable \"a\" {}\n\noutput \"a\" {\n  value = var.a\n}\n"), ""},
		"a plan that is never empty":             {fenced("", restless), "plan -detailed-exitcode -no-color ended with exit code 2"},
		"never empty, as announced":              {fenced("<!-- block: plan-changes -->", restless), ""},
		"an empty plan that was to have some":    {fenced("<!-- block: plan-changes -->", plain), "plan -detailed-exitcode -no-color ended with exit code 0"},
		"a link that can still be paid":          {fenced("", abandoned), "1 links can be paid after the destroy, want 0"},
		"payable, as announced":                  {fenced("<!-- block: leaves=1 -->", abandoned), ""},
		"a link that was to stay":                {fenced("<!-- block: leaves=1 -->", closed), "0 links can be paid after the destroy, want 1"},
		"a protected link, changed":              {fenced("<!-- block: name=x -->", kept) + fenced(second+"plan-fails=\"prevent_destroy\" -->", change(kept)), ""},
		"a plan that fails for another reason":   {fenced("<!-- block: name=x -->", kept) + fenced(second+"plan-fails=\"the moon\" -->", change(kept)), "does not say \"the moon\""},
		"an apply that was to fail":              {fenced("<!-- block: apply-fails=\"no\" -->", plain), "apply -auto-approve -no-color ended with exit code 0"},
		"a plan that was to fail":                {fenced("<!-- block: plan-fails=\"no\" -->", plain), "plan -no-color ended with exit code 0"},
		"a destroy that was to fail":             {fenced("<!-- block: destroy-fails=\"no\" -->", plain), "destroy -auto-approve -no-color ended with exit code 0"},
		"an apply that fails, as announced":      {fenced("<!-- block: apply-fails=\"no luck\" -->", luckless), ""},
		"a destroy that fails, as announced":     {fenced(fmt.Sprintf("<!-- block: with=examples/resources/%s/resource.tf destroy-fails=%q leaves=1 -->", waiting.ResourceType(), waiting.Activation.Waiting), "provider \"paymentlinks\" {}\n"), ""},
		"a change that leaves another link":      {fenced("<!-- block: name=x -->", abandoned) + fenced(second+"-->", change(abandoned)), "2 links can be paid after the destroy, want 0"},
		"a variable, from the sandbox and plain": {fenced(fmt.Sprintf("<!-- block: var.token=$%[1]s env.%[1]s= var.title=T -->", secret), fmt.Sprintf("variable \"token\" {}\n\nvariable \"title\" {}\n\nprovider \"paymentlinks\" {\n  %s = { %s = var.token }\n}\n\n", d.Name, d.Credentials.Secret[0])+strings.Replace(closed, `"One"`, "var.title", 1)), ""},
		"a link that was there before":           {fenced("<!-- block: seed="+d.Name+" -->", fmt.Sprintf("data %q \"a\" {\n  id = %q\n}\n", d.ResourceType(), sample.ID)), ""},
		"a module that is not there":             {fenced("<!-- block: name=x -->", plain+"module \"m\" {\n  source = \"./m\"\n}\n") + fenced("<!-- block: name=x file=n/main.tf -->", "locals {\n  a = 1\n}\n"), "Unreadable module directory"},
		"a module that is there":                 {fenced("<!-- block: name=x -->", plain+"module \"m\" {\n  source = \"./m\"\n}\n") + fenced("<!-- block: name=x file=m/main.tf -->", "locals {\n  a = 1\n}\n"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folders, err := parsePage("p.md", []byte(test.page)).folders()
			if err != nil || len(folders) != 1 {
				t.Fatalf("%d folders, error %v", len(folders), err)
			}
			w := r.watch(t, folders[0])
			said := strings.Join(w.said, "\n")
			if test.want == "" && said != "" || !strings.Contains(spaces.ReplaceAllString(said, " "), test.want) || w.skipped {
				t.Errorf("skipped %t, failed with %q, want %q", w.skipped, said, test.want)
			}
		})
	}
	for keys, want := range map[string]bool{
		"engine=" + r.found.Name: false, "engine=other": true, "since=1.11": false, "since=9.1": true, "engine=" + r.found.Name + " since=9.1": true,
	} {
		said, err := parseWords(keys)
		if err != nil {
			t.Fatal(err)
		}
		if w := r.watch(t, &folder{keys: said}); w.skipped != want {
			t.Errorf("%s: skipped %t, want %t", keys, w.skipped, want)
		}
	}
}
