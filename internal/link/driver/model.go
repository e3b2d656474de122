package driver

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// Model holds the attributes that every link has; a vendor's model embeds it. A vendor's mapping sets ID and URL, package link sets
// the others.
type Model struct {
	ID          types.String   `tfsdk:"id"`
	URL         types.String   `tfsdk:"url"`
	State       types.String   `tfsdk:"state"`
	ReplaceWhen types.Set      `tfsdk:"replace_when"`
	ReplacePaid types.Bool     `tfsdk:"replace_paid"`
	OnDestroy   types.String   `tfsdk:"on_destroy"`
	Timeouts    timeouts.Value `tfsdk:"timeouts"`
}

// Common returns the common attributes of the model that embeds m.
func (m *Model) Common() *Model { return m }

// ReplacesOn reports whether `replace_when` names s. An unknown or null `replace_when` names nothing.
func (m *Model) ReplacesOn(s State) bool {
	return slices.ContainsFunc(m.ReplaceWhen.Elements(), types.StringValue(string(s)).Equal)
}

// ModelPointer is a pointer to a vendor's model.
type ModelPointer[M any] interface {
	*M
	Common() *Model
}

// State is the normalised state of a link: what a vendor's status means in words common to all vendors.
type State string

const (
	Open       State = "open"       // can be paid
	Processing State = "processing" // a payment is under way
	Paid       State = "paid"
	Expired    State = "expired"
	Revoked    State = "revoked"
	// Unknown is a status that the vendor's documents do not name. It never changes a plan.
	Unknown State = "unknown"
)

// MayBePaid reports whether money has been paid, or may have been: asking for it again has to be asked for.
func (s State) MayBePaid() bool { return s == Paid || s == Processing || s == Unknown }

// Ended reports whether nobody can pay the link any more.
func (s State) Ended() bool { return s == Revoked || s == Expired || s == Paid }

// StateOf returns the state that a status means, of those that a vendor documents for each; Unknown for another one.
func StateOf(status string, documented map[State][]string) State {
	for state, statuses := range documented {
		if slices.Contains(statuses, tfvalue.PlainText(status)) {
			return state
		}
	}
	return Unknown
}

// EndedStates returns the states that `replace_when` may name.
func EndedStates() []string { return []string{string(Revoked), string(Expired), string(Paid)} }

// States returns all states, as the filter `states` takes them.
func States() []string {
	return []string{string(Open), string(Processing), string(Paid), string(Expired), string(Revoked), string(Unknown)}
}
