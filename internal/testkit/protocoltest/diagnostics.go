package protocoltest

import (
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Diagnostic is an error or a warning, as Terraform shows it.
type Diagnostic struct {
	Error           bool
	Summary, Detail string
	Attribute       string // "items.0.vat_rate"; empty for none
}

// Diagnostics are all that one answer holds.
type Diagnostics []Diagnostic

// HasError reports whether there is an error among them.
func (d Diagnostics) HasError() bool { return len(d.Errors()) > 0 }

// Errors are the errors alone.
func (d Diagnostics) Errors() Diagnostics { return d.bySeverity(true) }

// Warnings are the warnings alone.
func (d Diagnostics) Warnings() Diagnostics { return d.bySeverity(false) }

func (d Diagnostics) bySeverity(errors bool) Diagnostics {
	var out Diagnostics
	for _, one := range d {
		if one.Error == errors {
			out = append(out, one)
		}
	}
	return out
}

// ForAttribute are those at an attribute.
func (d Diagnostics) ForAttribute(attribute string) Diagnostics {
	var out Diagnostics
	for _, one := range d {
		if one.Attribute == attribute {
			out = append(out, one)
		}
	}
	return out
}

// String is the whole text, for searching and for failures.
func (d Diagnostics) String() string {
	var out strings.Builder
	for _, one := range d {
		kind := "warning"
		if one.Error {
			kind = "error"
		}
		out.WriteString(kind + " at " + one.Attribute + ": " + one.Summary + "\n" + one.Detail + "\n")
	}
	return out.String()
}

func convert(in []*tfprotov6.Diagnostic) Diagnostics {
	var out Diagnostics
	for _, d := range in {
		one := Diagnostic{
			Error: d.Severity == tfprotov6.DiagnosticSeverityError, Summary: d.Summary, Detail: d.Detail, Attribute: dotted(d.Attribute),
		}
		Record(one.Message())
		out = append(out, one)
	}
	return out
}

// withoutNotPayable takes out what says that nobody can pay a link yet.
func withoutNotPayable(in Diagnostics) (others, notPayable Diagnostics) {
	for _, one := range in {
		if strings.Contains(one.Summary, NotPayableSummary) {
			notPayable = append(notPayable, one)
		} else {
			others = append(others, one)
		}
	}
	return others, notPayable
}

// NotPayableSummary is in the summary of the warning that nobody can pay a link yet.
const NotPayableSummary = " is not payable yet"

func dotted(at *tftypes.AttributePath) string {
	if at == nil {
		return ""
	}
	var parts []string
	for _, step := range at.Steps() {
		switch step := step.(type) {
		case tftypes.AttributeName:
			parts = append(parts, string(step))
		case tftypes.ElementKeyInt:
			parts = append(parts, strconv.FormatInt(int64(step), 10))
		default:
			parts = append(parts, "*")
		}
	}
	return strings.Join(parts, ".")
}

func check(t testing.TB, err error, diags []*tfprotov6.Diagnostic) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if converted := convert(diags); converted.HasError() {
		t.Fatal(converted)
	}
}

// requireConsistentApply is the core's rule: what the plan knew, the result must be.
func requireConsistentApply(t testing.TB, at *tftypes.AttributePath, planned, got tftypes.Value) {
	t.Helper()
	switch {
	case !planned.IsKnown() || planned.Equal(got):
	case !planned.IsNull() && !got.IsNull() && planned.Type().Is(tftypes.Object{}):
		gots := objectOf(got)
		for name, nested := range objectOf(planned) {
			requireConsistentApply(t, at.WithAttributeName(name), nested, gots[name])
		}
	case !planned.IsNull() && !got.IsNull() && planned.Type().Is(tftypes.List{}) && len(listOf(planned)) == len(listOf(got)):
		gots := listOf(got)
		for i, nested := range listOf(planned) {
			requireConsistentApply(t, at.WithElementKeyInt(i), nested, gots[i])
		}
	default:
		t.Errorf("Provider produced inconsistent result after apply at %s: planned %s, got %s", dotted(at), planned, got)
	}
}
