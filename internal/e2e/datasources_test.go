package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestAccDataSources lets a real engine read.
func TestAccDataSources(t *testing.T) {
	runAll(t, map[string]func(*fixture){
		"examples": testDataSourceExamples, "beside the resource": testDataSourcesInOneApply, "payer data": testDataSourcesHidePayers,
		"refusals": testDataSourceRefusals,
	})
}

// outputs are a state's outputs.
func (f *fixture) outputs() map[string]any {
	f.Helper()
	var state struct {
		Values struct {
			Outputs map[string]struct {
				Value any `json:"value"`
			} `json:"outputs"`
		} `json:"values"`
	}
	if err := f.w.Show(f.Context(), &state); err != nil {
		f.Fatal(err)
	}
	out := map[string]any{}
	for name, output := range state.Values.Outputs {
		out[name] = output.Value
	}
	return out
}

// requireOutputs expects outputs among others.
func (f *fixture) requireOutputs(want object) {
	f.Helper()
	got := f.outputs()
	for name, value := range want {
		if !tfconfig.Equal(value, got[name]) {
			f.Errorf("%s is %v, want %v", name, got[name], value)
		}
	}
}

// Every example of a data source is applied as it stands, and shows what the vendors have.
func testDataSourceExamples(f *fixture) {
	f.seedSamples()
	f.copyExamples("provider/provider.tf")
	folders, err := os.ReadDir(filepath.Join(root, "examples", "data-sources"))
	if err != nil {
		f.Fatal(err)
	}
	offered := acctest.Schemas(f.T).DataSourceSchemas
	if len(folders) != len(offered) {
		f.Errorf("%d examples of %d data sources", len(folders), len(offered))
	}
	for _, folder := range folders {
		if offered[folder.Name()] == nil {
			f.Errorf("an example of %s, which is no data source", folder.Name())
		}
		f.copyExamples("data-sources/" + folder.Name() + "/data-source.tf")
	}
	f.ready()
	printed := f.run(0, "apply", "-auto-approve")
	if strings.Contains(printed, "Warning") {
		f.Errorf("it warns:\n%s", printed)
	}
	f.run(0, "plan", "-detailed-exitcode")
	sums := list{}
	for _, d := range descriptor.All() {
		f.requireOutputs(d.ExampleOutputs)
		if d.List != nil {
			sums = append(sums, d.Name+" "+f.held(d)[0].ID+": "+d.ExampleSum)
		}
		if n := len(f.box.Requests(sandbox.ByOp(d.Name, d.Operations.Create))); n != 0 {
			f.Errorf("%s: %d links created by reading", d.Name, n)
		}
	}
	f.requireOutputs(object{"payable": sums})
}

// A link is made and read in one apply, where its id is not known to the plan, and the next plan is empty.
func testDataSourcesInOneApply(f *fixture) {
	f.copyExamples("provider/provider.tf")
	var text strings.Builder
	for _, d := range descriptor.All() {
		kind := d.ResourceType()
		text.WriteString("resource \"" + kind + "\" \"x\" {\n" + tfconfig.HCL(d.Config) + "\n}\n" +
			"data \"" + kind + "\" \"x\" {\n  id = " + kind + ".x.id\n}\n")
		urls := kind + ".x.url, data." + kind + ".x.url"
		if d.List != nil {
			text.WriteString("data \"" + d.LinksType() + "\" \"x\" {\n  depends_on = [" + kind + ".x]\n}\n")
			urls += ", data." + d.LinksType() + ".x.links[0].url"
		}
		text.WriteString("output \"" + d.Name + "\" {\n  value = [" + urls + "]\n}\n")
	}
	f.write("main.tf", text.String())
	f.ready()
	f.run(0, "apply", "-auto-approve")
	f.run(0, "plan", "-detailed-exitcode")
	for vendor, output := range f.outputs() {
		urls, _ := output.(list)
		for _, url := range urls {
			if url == nil || url != urls[0] {
				f.Errorf("%s: %v", vendor, urls)
			}
		}
		if len(urls) < 2 {
			f.Errorf("%s: %v", vendor, urls)
		}
	}
}

// A payer's data comes out of a data source sensitive, and stays out of what is printed.
func testDataSourcesHidePayers(f *fixture) {
	f.seedSamples()
	f.copyExamples("provider/provider.tf")
	f.ready()
	n := 0
	for _, d := range descriptor.All() {
		name := d.ResourceType()
		for _, a := range acctest.Schemas(f.T).DataSourceSchemas[name].Block.Attributes {
			if !a.Sensitive {
				continue
			}
			n++
			data := "data \"" + name + "\" \"x\" {\n  id = \"" + f.held(d)[0].ID + "\"\n}\n"
			f.write("main.tf", data+"output \"payer\" {\n  value = data."+name+".x."+a.Name+"\n}\n")
			f.requireText(f.run(1, "apply", "-auto-approve"), "sensitive")
			f.write("main.tf", data+"output \"payer\" {\n  value     = data."+name+".x\n  sensitive = true\n}\n")
			printed := f.run(0, "apply", "-auto-approve") + f.run(0, "show")
			for _, fragment := range d.PayerData {
				if strings.Contains(printed, fragment) {
					f.Errorf("the payer's %s is printed:\n%s", fragment, printed)
				}
			}
		}
	}
	if n == 0 {
		f.Error("no data source has a sensitive attribute: nothing was tested")
	}
}

// What is wrong is said at the plan, with nothing asked; a link that is not there is an error that says where it was looked for.
func testDataSourceRefusals(f *fixture) {
	f.copyExamples("provider/provider.tf")
	var blocks strings.Builder
	var words []string
	for _, d := range descriptor.All() {
		if d.List == nil || len(d.List.BadFilters) == 0 {
			continue
		}
		bad := d.List.BadFilters[0]
		name := bad.DataSource
		if name == "" {
			name = d.LinksType()
		}
		blocks.WriteString("data \"" + name + "\" \"x\" {\n" + tfconfig.HCL(bad.Config) + "}\n")
		words = append(words, bad.Word)
	}
	f.write("main.tf", blocks.String())
	f.ready()
	f.requireText(f.run(1, "plan"), words...)
	if n := len(f.box.Requests()); n != 0 {
		f.Errorf("%d requests", n)
	}
	d := descriptor.All()[0]
	const nobody = "3c90c3cc-0d44-4b50-8888-8dd257360000"
	f.write("main.tf", "data \""+d.ResourceType()+"\" \"x\" {\n  id = \""+nobody+"\"\n}\n")
	f.requireText(f.run(1, "plan"), "Cannot read "+d.Title+" payment link", "found no link "+nobody)
}
