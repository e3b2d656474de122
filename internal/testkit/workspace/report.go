package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// Report is what a plan, apply or destroy says for machines.
type Report struct {
	ExitCode int
	// Actions are what is planned, by address: "create", "update", "replace", "delete", "read", "move", "remove" (let go of).
	// Resources without a change are left out.
	Actions     map[string]string
	Diagnostics []Diagnostic
	// NotPayable are the warnings that nobody can pay a link yet, which most tests leave so.
	NotPayable []Diagnostic
	// Printed is the run's whole output.
	Printed string
}

// Diagnostic is one warning or error.
type Diagnostic struct {
	Severity string `json:"severity"`
	Summary  string `json:"summary"`
	Detail   string `json:"detail"`
	// Address of the resource; empty for what concerns none.
	Address string `json:"address"`
}

func (d Diagnostic) String() string {
	return fmt.Sprintf("%s: %s: %s\n%s", d.Address, d.Severity, d.Summary, d.Detail)
}

// Report runs a command with -json and reads what it says. How it ended is for the caller to judge.
func (w *Workspace) Report(ctx context.Context, command string, flags ...string) (Report, error) {
	result, err := w.Run(ctx, append([]string{command, "-json"}, flags...)...)
	if err != nil {
		return Report{}, err
	}
	return parseReport(result)
}

// Report reads what a run with -json printed, for who started it to watch it.
func (r Result) Report() (Report, error) { return parseReport(r) }

func parseReport(result Result) (Report, error) {
	report := Report{ExitCode: result.ExitCode, Actions: map[string]string{}, Printed: result.Printed}
	for line := range strings.Lines(result.Stdout) {
		var event struct {
			Type   string `json:"type"`
			Change struct {
				Resource struct {
					Address string `json:"addr"`
				} `json:"resource"`
				Action string `json:"action"`
			} `json:"change"`
			Diagnostic *Diagnostic `json:"diagnostic"`
		}
		if err := json.Unmarshal([]byte(line), &event); err != nil {
			if result.ExitCode == -1 { // the engine was killed while it wrote
				break
			}
			return report, fmt.Errorf("the engine printed a line that is not JSON: %w\n%s", err, result.Printed)
		}
		switch {
		case event.Type == "planned_change":
			report.Actions[event.Change.Resource.Address] = event.Change.Action
		case event.Diagnostic != nil && strings.Contains(event.Diagnostic.Summary, protocoltest.NotPayableSummary):
			report.NotPayable = append(report.NotPayable, *event.Diagnostic)
		case event.Diagnostic != nil:
			report.Diagnostics = append(report.Diagnostics, *event.Diagnostic)
		}
	}
	return report, nil
}

// Plan reports a plan.
func (w *Workspace) Plan(ctx context.Context, flags ...string) (Report, error) {
	return w.Report(ctx, "plan", flags...)
}

// Warnings are the report's warnings.
func (r Report) Warnings() []Diagnostic { return r.of("warning") }

// Errors are the report's errors.
func (r Report) Errors() []Diagnostic { return r.of("error") }

func (r Report) of(severity string) []Diagnostic {
	var out []Diagnostic
	for _, each := range r.Diagnostics {
		if each.Severity == severity {
			out = append(out, each)
		}
	}
	return out
}
