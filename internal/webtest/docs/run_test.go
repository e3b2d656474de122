package docs

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
)

// runner runs configurations with one engine.
type runner struct{ found engine.Engine }

// cannot tells why this engine cannot run the folder; empty when it can.
func (r runner) cannot(keys map[string]string) string {
	if name := keys["engine"]; name != "" && name != r.found.Name {
		return "needs " + name
	}
	if since := keys["since"]; since != "" && version.Must(version.NewVersion(r.found.Version)).Core().LessThan(version.Must(version.NewVersion(since))) {
		return "needs " + since
	}
	return ""
}

// run does with a folder of a page what its comments say.
func (r runner) run(t testing.TB, f *folder) {
	t.Helper()
	if why := r.cannot(f.keys); why != "" {
		t.Skip(why)
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
		before := map[string]string{}
		for file, text := range s.files {
			if old, err := os.ReadFile(filepath.Join(k.Dir, filepath.FromSlash(file))); err == nil {
				before[file] = string(old)
			}
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
		if !k.step(s) {
			for file := range s.files {
				k.put(file, before[file])
			}
		}
	}
	if validate {
		return
	}
	if want := f.keys["destroy-fails"]; want != "" {
		k.fails(want, "destroy", "-auto-approve")
	} else {
		k.end()
	}
	leaves, _ := strconv.Atoi(f.keys["leaves"]) // no number is none
	if got := k.payable(); got != leaves {
		t.Errorf("%d links can be paid after the destroy, want %d: %+v", got, leaves, k.box.Overview())
	}
}

// step applies what stands in the folder, unless it fails as it should; it tells whether it was applied.
func (k *trial) step(s *step) bool {
	if want := s.keys["plan-fails"]; want != "" {
		k.fails(want, "plan")
		return false
	}
	if want := s.keys["apply-fails"]; want != "" {
		k.fails(want, "apply", "-auto-approve")
		return false
	}
	k.do(0, "apply", "-auto-approve")
	again := 0
	if _, changes := s.keys["plan-changes"]; changes {
		again = 2
	}
	k.do(again, "plan", "-detailed-exitcode")
	return true
}
