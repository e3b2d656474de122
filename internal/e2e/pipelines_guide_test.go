package e2e_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// guide reads a guide as its author writes it.
func guide(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "templates", "guides", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// firstMatch is the first group of a pattern in a text that has it.
func firstMatch(t *testing.T, text, pattern string) string {
	t.Helper()
	match := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if match == nil {
		t.Fatalf("nothing matches %s", pattern)
	}
	return match[1]
}

// TestAccPipelinesGuide runs the commands of the guide's workflows as they stand there, job after job, each in a folder of its own: only
// what the workflow hands on is there, and what the secret store holds.
func TestAccPipelinesGuide(t *testing.T) {
	page := guide(t, "pipelines.md")
	_, github, _ := strings.Cut(page, "## GitHub Actions")
	github, gitlab, _ := strings.Cut(github, "## GitLab CI")
	for name, jobs := range map[string]map[string][]string{
		"GitHub": jobsOf(github, `(?m)^  (\w+):$`, `(?m)^      - run: (.*)$`),
		"GitLab": jobsOf(gitlab, `(?m)^(\w+):$`, `(?m)^    - ((?:ci/|terraform |openssl ).*)$`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if len(jobs["plan"]) < 3 || len(jobs["apply"]) < 2 || len(jobs["drift"]) < 1 {
				t.Fatalf("does this test still find the jobs? %q", jobs)
			}
			for _, d := range descriptor.All() {
				if d.Token != nil && d.Token.File != "" {
					testPipeline(newFixture(t), d, page, jobs)
				}
			}
		})
	}
}

// jobsOf are the commands of each job.
func jobsOf(text, job, command string) map[string][]string {
	out := map[string][]string{}
	heads := regexp.MustCompile(job).FindAllStringSubmatchIndex(text, -1)
	for i, head := range heads {
		end := len(text)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		for _, line := range regexp.MustCompile(command).FindAllStringSubmatch(text[head[1]:end], -1) {
			name := text[head[2]:head[3]]
			out[name] = append(out[name], line[1])
		}
	}
	return out
}

func testPipeline(f *fixture, d descriptor.Descriptor, page string, jobs map[string][]string) {
	store, state := f.TempDir(), filepath.Join(f.TempDir(), "terraform.tfstate")
	vendor, _ := f.box.Vendor(d.Name)
	settings, err := d.Token.Settings(vendor, store)
	if err != nil {
		f.Fatal(err)
	}
	secret := firstMatch(f.T, page, `ci/secret-get (\S+-tokens)`)
	if err := os.Rename(settings[d.Token.File].(string), filepath.Join(store, secret)); err != nil {
		f.Fatal(err)
	}
	f.w.Env = slices.DeleteFunc(f.w.Env, func(pair string) bool { // the token file takes its place
		return strings.HasPrefix(pair, d.EnvPrefix()+"ACCESS_TOKEN=")
	})
	f.w.Env = append(f.w.Env, "PLAN_KEY=of the store", "GITHUB_STEP_SUMMARY="+filepath.Join(store, "summary.md"))
	config := func(arguments object) string {
		return header("") + "terraform {\n  backend \"local\" {\n    path = \"" + filepath.ToSlash(state) + "\"\n  }\n}\nresource \"" + d.ResourceType() + "\" \"it\" {\n" + tfconfig.HCL(arguments) + "}\n"
	}
	plan := ""
	run := func(job string, arguments object) string {
		f.Helper()
		dir := f.TempDir()
		settingsFile := filepath.Join(f.w.Dir, "engine.tfrc")
		w := *f.w
		w.Dir = dir
		w.Env = append(slices.Clone(w.Env), "TF_CLI_CONFIG_FILE="+settingsFile)
		j := &fixture{f.T, &w, f.box}
		j.write("main.tf", config(arguments))
		j.write("ci/with-files", firstMatch(f.T, page, "(?s)`ci/with-files`:\n\n```shell\n(.*?)```"))
		j.write("ci/secret-get", "#!/bin/sh\ncat \""+store+"/$1\"\n")
		j.write("ci/secret-put", "#!/bin/sh\ncat > \""+store+"/$1\"\n")
		j.write("ci/journal-get", "#!/bin/sh\ncat \""+store+"/journal\"\n")
		j.write("ci/journal-put", "#!/bin/sh\ncat > \""+store+"/journal\"\n")
		j.write("drift.sh", firstMatch(f.T, guide(f.T, "drift-detection.md"), "(?s)`drift.sh`.*?```shell\n(.*?)```"))
		for _, name := range []string{"with-files", "secret-get", "secret-put", "journal-get", "journal-put"} {
			if err := os.Chmod(filepath.Join(dir, "ci", name), 0o700); err != nil {
				f.Fatal(err)
			}
		}
		if plan != "" {
			j.write("links.tfplan.enc", plan)
		}
		said := ""
		if !slices.ContainsFunc(jobs[job], func(line string) bool { return strings.HasPrefix(line, "terraform init") }) {
			said += j.paste("terraform init")
		}
		if _, err := os.Stat(filepath.Join(store, "journal")); err != nil { // nothing runs without the journal
			j.paste("! ci/with-files touch ran && ! test -e ran && ! test -e .paymentlinks && ci/journal-put < /dev/null")
		}
		for _, line := range jobs[job] {
			said += j.paste(line)
		}
		if _, err := os.Stat(filepath.Join(dir, ".paymentlinks")); err == nil {
			f.Errorf("%s leaves the files behind", job)
		}
		sealed, _ := os.ReadFile(filepath.Join(dir, "links.tfplan.enc"))
		plan = string(sealed)
		return said
	}
	open := func() (n int) {
		for _, link := range f.held(d) {
			if link.State == vendorapi.StateOpen {
				n++
			}
		}
		return n
	}

	before, _ := os.ReadFile(filepath.Join(store, secret))
	run("plan", d.Config)
	d.Token.Expire(vendor) // the apply renews
	f.requireText(run("apply", d.Config), "1 added")
	if after, err := os.ReadFile(filepath.Join(store, secret)); err != nil || string(after) == string(before) {
		f.Errorf("the renewed tokens were not stored: %v", err)
	}
	if _, err := os.Stat(filepath.Join(store, "journal")); err != nil || open() != 1 {
		f.Errorf("%d open links, and the journal: %v", open(), err)
	}
	plan = ""
	if said := run("drift", d.Config); strings.Contains(said, "will be") {
		f.Errorf("drift after the apply: %s", said)
	}
	run("plan", d.With(d.Change))
	f.requireText(run("apply", d.With(d.Change)), "1 added", "1 destroyed")
	if open() != 1 {
		f.Errorf("%d open links", open())
	}
}
