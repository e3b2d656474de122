package conomy

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
)

// The statuses of a link (3).
const (
	statusAttempt    = "ATTEMPT"
	statusActive     = "ACTIVE"
	statusProcessing = "PROCESSING_PAYMENT"
	statusFinished   = "FINISHED"
	statusExpired    = "EXPIRED"
)

// vendor is what is special about the life of Conomy's links.
type vendor struct{}

var (
	_ link.Vendor[model, Link] = vendor{}
	_ link.Activatable[model]  = vendor{}
	_ link.Foreseer[model]     = vendor{}
)

// Entry is Conomy's line in the provider.
var Entry = link.Entry{
	Settings:  object,
	Connect:   connect,
	Resources: []func() resource.Resource{link.NewResource[model, Link](vendor{})},
}

func (vendor) About() link.About {
	return link.About{
		Name:  "conomy",
		Title: "Conomy",
		Description: "A payment link at [Conomy](" + page + "). It is born as `ATTEMPT` and takes payers once it is activated (`activate`). " +
			"A link cannot be changed: every change of an argument makes a new link and deletes the old one, which Conomy allows for `ATTEMPT` and `EXPIRED` links only. " +
			"`checkout_token` is unique among the links that are not deleted, so that `create_before_destroy` needs a new one.",
		Setup:       "Add `conomy = {}` with its settings to the provider block, or set CONOMY_CLIENT_ID and CONOMY_CLIENT_SECRET, or CONOMY_ACCESS_TOKEN.",
		Revocable:   true,
		ReplaceWhen: []link.State{link.Revoked},
		Hidden:      []string{"customer"}, // nullable in answers (2.3)
	}
}

// State follows 3; a link that is deleted answers 404.
func (vendor) State(l Link, _ time.Time) link.State {
	switch l.Status {
	case statusAttempt, statusActive:
		return link.Open
	case statusProcessing:
		return link.Processing
	case statusFinished:
		return link.Paid
	case statusExpired:
		return link.Expired
	}
	return link.Unknown
}

// activated: the link takes payers, or took them.
func activated(status string) bool {
	return status == statusActive || status == statusProcessing || status == statusFinished
}

func (vendor) Dormant(state *model) bool { return state.Status.ValueString() == statusAttempt }

// Foresee: Conomy deletes links in ATTEMPT and EXPIRED only (3), and a token stays with its link until that is deleted
// (row 7), so that some replacements cannot work.
func (vendor) Foresee(_ context.Context, state, plan *model) (diags diag.Diagnostics) {
	at, token := path.Root("checkout_token"), state.CheckoutToken.ValueString()
	sameToken := plan.CheckoutToken.Equal(state.CheckoutToken)
	name := fmt.Sprintf("The link %s (%s) is `%s`", state.ID.ValueString(), state.URL.ValueString(), state.Status.ValueString())
	status := state.Status.ValueString()
	switch {
	case state.OnDestroy.ValueString() == "abandon" && sameToken || status == statusFinished && sameToken:
		diags.AddAttributeWarning(at, "The checkout_token stays taken",
			fmt.Sprintf("%s and will be let go, not deleted: it keeps the checkout_token %q, and the create of the new link will be refused. Write a new `checkout_token`.", name, token))
	case state.OnDestroy.ValueString() == "abandon":
	case status == statusActive || status == statusProcessing:
		text := name + ". Conomy deletes only links in `ATTEMPT` and `EXPIRED`: the replacement will be refused, and the link stays in state."
		if status == statusActive {
			text += fmt.Sprintf(" It can be deleted once it has expired, at %s.", state.ExpiresAt.ValueString())
		}
		text += " To have another link now: set `on_destroy = \"abandon\"`, apply, and then replace it"
		if sameToken {
			text += fmt.Sprintf(" under a new `checkout_token`; %q stays with this link", token)
		}
		diags.AddAttributeWarning(at, "The Conomy payment link cannot be replaced yet", text+". It stays payable until it expires.")
	}
	return diags
}

func (vendor) Created(l Link) time.Time {
	t, err := time.Parse(time.RFC3339, l.CreatedAt)
	if err != nil {
		return time.Time{}
	}
	return t
}
