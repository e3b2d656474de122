package e2e_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
)

const createFails = "templates/guides/when-a-create-fails.md"

// TestAccCreateFailsGuide runs the commands of when-a-create-fails.md as they stand.
func TestAccCreateFailsGuide(t *testing.T) {
	requirePrograms(t, "curl", "jq")
	runAll(t, map[string]func(*fixture){"import": testImportCommands, "without Terraform": testNewestLinks, "journal": testCarriedJournal})
}

// The commands import the links of the examples, as those of the resources' own pages do, and the next plan creates none.
func testImportCommands(f *fixture) {
	commands := pasted(f.T, createFails, 6)[1].lines()
	f.copyExamples("provider/provider.tf")
	for _, d := range descriptor.All() {
		f.write(d.Name+".tf", readExample(f.T, "resources/"+d.ResourceType()+"/resource.tf"))
		if command := strings.TrimSpace(readExample(f.T, "resources/"+d.ResourceType()+"/import.sh")); !slices.Contains(commands, command) {
			commands = append(commands, command)
		}
	}
	if len(commands) != len(descriptor.All()) {
		f.Fatalf("the guide and the examples differ: %q", commands)
	}
	f.seedSamples()
	f.paste("terraform init\n" + strings.Join(commands, "\n"))
	for at, action := range f.plan().Actions {
		if action != "update" {
			f.Errorf("%s: %s", at, action)
		}
	}
	f.paste("terraform apply\nterraform plan -detailed-exitcode")
	f.requireReadsOnly()
}

// Each call shows the newest link, with fields that the vendor returns.
func testNewestLinks(f *fixture) {
	calls := pasted(f.T, createFails, 6)[2:]
	page := guide(f.T, filepath.Base(createFails))
	f.copyExamples("provider/provider.tf")
	for _, d := range descriptor.All() {
		f.write(d.Name+".tf", readExample(f.T, "resources/"+d.ResourceType()+"/resource.tf"))
	}
	f.paste("terraform init\nterraform apply")
	staging := firstMatch(f.T, page, "also requires the header `([^`]+)`")
	for _, call := range calls {
		d := f.vendorOf(call.text, `\$([A-Z]+)_`)
		variable := firstMatch(f.T, call.text, `Bearer \$(\w+)`)
		for _, r := range f.box.Requests() {
			if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok && r.Vendor == d.Name {
				f.w.Env = append(f.w.Env, variable+"="+token)
			}
		}
		text := regexp.MustCompile(`https://[^/"\s]+`).ReplaceAllString(call.text, f.box.Env()[d.EnvPrefix()+"ENDPOINT"])
		if sent := strings.ToUpper(strings.ReplaceAll(strings.TrimPrefix(staging, "X-"), "-", "_")); strings.HasPrefix(sent, d.EnvPrefix()) {
			text = f.replaced(text, "curl ", "curl -H \""+staging+": $"+sent+"\" ")
		}
		example := f.fileIn(d.Name + ".tf")
		text = regexp.MustCompile(`=[A-Z_]{4,}"`).ReplaceAllStringFunc(text, func(placeholder string) string {
			argument := strings.ToLower(strings.Trim(placeholder, `="`))
			return "=" + firstMatch(f.T, example, `\b`+argument+`\s*= "(.*?)"`) + `"`
		})
		answer, filter, _ := strings.Cut(text, "|\n")
		if !strings.Contains(filter, "jq ") {
			f.Fatalf("this call has no filter: %s", text)
		}
		raw := f.paste(answer)
		link, shown := f.newest()[d.Name], map[string]any{}
		if said := f.paste(text); json.Unmarshal([]byte(said), &shown) != nil || !strings.Contains(said, link.ID) || !strings.Contains(said, link.URL) {
			f.Errorf("%s shows\n%s\nwant %s", text, said, link.ID)
		}
		for name, value := range shown {
			if value == nil && !strings.Contains(raw, `"`+name+`"`) {
				f.Errorf("%s has no %s: %s", d.Title, name, raw)
			}
		}
	}
}

// The journal is in the folder that the workflow carries.
func testCarriedJournal(f *fixture) {
	workflow := pasted(f.T, createFails, 6)[0].text
	journal := firstMatch(f.T, workflow, `PAYMENTLINKS_JOURNAL: \$\{\{ github\.workspace \}\}/(\S+)`)
	carried := regexp.MustCompile(`path: ([^,]+),`).FindAllStringSubmatch(workflow, -1)
	if len(carried) != 2 {
		f.Fatalf("the workflow carries %q", carried)
	}
	d := descriptor.Revocable()
	f.declare(payableLink(d))
	f.paste("terraform init\nexport PAYMENTLINKS_JOURNAL=\"$PWD/" + journal + "\"\nterraform apply")
	for _, folder := range carried {
		if _, err := os.Stat(filepath.Join(f.w.Dir, folder[1], strings.TrimPrefix(journal, folder[1]+"/"))); err != nil {
			f.Error(err)
		}
	}
}
