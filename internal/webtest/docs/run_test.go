package docs

import (
	"strconv"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
)

// runner runs configurations with one engine.
type runner struct{ found engine.Engine }

// run does with a folder of a page what its comments say.
func (r runner) run(t testing.TB, f *folder) {
	t.Helper()
	if name := f.keys["engine"]; name != "" && name != r.found.Name {
		t.Skip("needs " + name)
	}
	variables := map[string]string{}
	for key, value := range f.keys {
		if name, ok := strings.CutPrefix(key, "var."); ok {
			variables["TF_VAR_"+name] = value
		}
		if name, ok := strings.CutPrefix(key, "env."); ok {
			variables[name] = value
		}
	}
	k := r.open(t, variables)
	if vendors := f.keys["seed"]; vendors != "" {
		k.seed(vendors)
	}
	if folder := f.keys["with"]; folder != "" {
		k.with(folder)
	}
	_, validate := f.keys["validate"]
	for _, s := range f.steps {
		for file, text := range s.files {
			k.put(file, text)
		}
		if s.number == 1 && !k.requires() {
			k.put("required_providers.tf", required)
		}
		if validate {
			k.do(0, "init", "-backend=false")
			k.do(0, "validate")
			continue
		}
		k.do(0, "init")
		k.do(0, "apply", "-auto-approve")
		k.do(0, "plan", "-detailed-exitcode")
	}
	if validate {
		return
	}
	k.end()
	leaves, _ := strconv.Atoi(f.keys["leaves"]) // no number is none
	if got := k.payable(); got != leaves {
		t.Errorf("%d links can be paid after the destroy, want %d: %+v", got, leaves, k.box.Overview())
	}
}
