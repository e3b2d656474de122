package protoserver

import (
	"iter"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
)

// makeVisible takes out of messages what could drive a terminal: they repeat what vendors said. It is the one gate between the two.
func makeVisible(diags []*tfprotov6.Diagnostic) {
	for _, d := range diags {
		d.Summary, d.Detail = redact.Visible(d.Summary), redact.Visible(d.Detail)
	}
}

// visibleResults is makeVisible for a list.
func visibleResults(results iter.Seq[tfprotov6.ListResourceResult]) iter.Seq[tfprotov6.ListResourceResult] {
	return func(yield func(tfprotov6.ListResourceResult) bool) {
		for result := range results {
			result.DisplayName = redact.StripControl(result.DisplayName)
			makeVisible(result.Diagnostics)
			if !yield(result) {
				return
			}
		}
	}
}

// visibleEvents is makeVisible for an action.
func visibleEvents(events iter.Seq[tfprotov6.InvokeActionEvent]) iter.Seq[tfprotov6.InvokeActionEvent] {
	return func(yield func(tfprotov6.InvokeActionEvent) bool) {
		for event := range events {
			switch of := event.Type.(type) {
			case tfprotov6.ProgressInvokeActionEventType:
				of.Message = redact.Visible(of.Message)
				event.Type = of
			case tfprotov6.CompletedInvokeActionEventType:
				makeVisible(of.Diagnostics)
			}
			if !yield(event) {
				return
			}
		}
	}
}
