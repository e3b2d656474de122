package main

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// TestAdvice: an error's import blocks are read for the address that the error is about; a warning's are not.
func TestAdvice(t *testing.T) {
	t.Parallel()
	block := func(kind, id string) string {
		return "Applying again creates another link.\n\n  import {\n    to = " + kind + ".NAME\n    id = \"" + id + "\"\n  }\n\nor: terraform import " + kind + ".NAME " + id
	}
	const one, two = "paymentlinks_a_link.l01", "paymentlinks_b_link.l02"
	report := workspace.Report{Diagnostics: []workspace.Diagnostic{
		{Severity: "error", Address: one, Detail: block("paymentlinks_a_link", "p/a") + block("paymentlinks_a_link", "p/b")},
		{Severity: "error", Address: two, Detail: block("paymentlinks_b_link", "ID")},
		{Severity: "error", Address: "paymentlinks_c_link.l03", Detail: block("paymentlinks_b_link", "c")},
		{Severity: "warning", Address: "paymentlinks_d_link.l04", Detail: block("paymentlinks_d_link", "d")},
	}}
	got := importAdvice(report.Errors())
	if want := (map[string][]string{one: {"p/a", "p/b"}, two: {importPlaceholder}}); !maps.EqualFunc(got, want, slices.Equal[[]string]) {
		t.Errorf("%v, want %v", got, want)
	}
	if linkID("p/a") != "a" || linkID("c") != "c" {
		t.Error("the link's own part of an import id")
	}
	if text := importFile(map[string]string{one: "p/a"}); !strings.Contains(text, "to = "+one+"\n") || !strings.Contains(text, `id = "p/a"`) {
		t.Errorf("import block:\n%s", text)
	}
}
