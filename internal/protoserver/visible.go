package protoserver

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
)

// Limits of a message, in characters: a field of an answer may hold a megabyte.
const (
	maxSummary = 500
	maxDetail  = 50_000
)

// makeVisible takes out of messages what could drive a terminal: they repeat what vendors said. It is the one gate between the two.
func makeVisible(diags []*tfprotov6.Diagnostic) {
	for _, d := range diags {
		d.Summary, d.Detail = oneLine(d.Summary), redact.Truncate(redact.Visible(d.Detail), maxDetail)
	}
}

// withVisibleMessages has the framework answer a call, and passes on its answer, whose messages are made visible.
func withVisibleMessages[Req, Resp any](ctx context.Context, req *Req, call func(context.Context, *Req) (*Resp, error), messages func(*Resp) []*tfprotov6.Diagnostic) (*Resp, error) {
	resp, err := call(ctx, req)
	if resp != nil {
		makeVisible(messages(resp))
	}
	return resp, err
}

// oneLine returns a text that is one line, and no long one.
func oneLine(text string) string { return redact.Truncate(redact.StripControl(text), maxSummary) }

// visibleResults is makeVisible for a list.
func visibleResults(results iter.Seq[tfprotov6.ListResourceResult]) iter.Seq[tfprotov6.ListResourceResult] {
	return func(yield func(tfprotov6.ListResourceResult) bool) {
		for result := range results {
			result.DisplayName = oneLine(result.DisplayName)
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
				of.Message = redact.Truncate(redact.Visible(of.Message), maxDetail)
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
