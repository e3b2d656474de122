package createonce

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce/journal"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// adoptedWarning tells of a link that was found rather than answered.
func (c *Creator[M, L]) adoptedWarning(a attempt[M], one candidate[L], err error) diag.Diagnostics {
	attributes := diff.Attributes(one.value)
	detail := fmt.Sprintf("The create request got no usable response:\n%s\n\nThe list of links shows exactly one link with this content created since then: %s (%s). It is now in state. No second link was created.",
		rest.Describe(err), diff.String(attributes["id"]), diff.String(attributes["url"]))
	if c.Info.NoCreationTime && !a.existing.fresh {
		detail += fmt.Sprintf("\n\n%s does not say when a link was created, and its list was last read at %s. If somebody else has created a link with exactly this content since then, check the link in %s's console.",
			c.Info.Title, a.existing.at.UTC().Format(time.RFC3339), c.Info.Title)
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic("Adopted the "+c.Info.Title+" payment link that an unanswered request created", detail)}
}

// leftoverWarning tells of the link that a killed run made, which is now in state.
func (c *Creator[M, L]) leftoverWarning(one candidate[L], left journal.Leftover) diag.Diagnostics {
	attributes := diff.Attributes(one.value)
	how := "after it received the response and before the link was stored in state"
	if left.ID == "" {
		how = "before it received the response, and the list of links shows exactly one link with this content"
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic("Adopted the "+c.Info.Title+" payment link of a run that was killed: "+c.ID(one.answer),
		fmt.Sprintf("A run that began to create this link at %s was killed %s. The link %s (%s) is now in state. No second link was created.",
			left.Began.Format(time.RFC3339), how, diff.String(attributes["id"]), diff.String(attributes["url"])))}
}

// leftoverError tells why it cannot be settled what a killed run left.
func (c *Creator[M, L]) leftoverError(left journal.Leftover, reason string, found []candidate[L]) diag.Diagnostics {
	detail := "A run that began to create this link at " + left.Began.Format(time.RFC3339) + " was killed before its outcome was known"
	if left.ID != "" {
		detail = "A run that created this link at " + left.Began.Format(time.RFC3339) + " was killed before the link was stored in state: " + left.ID
	}
	detail += ". Nothing was created this time."
	if len(found) > 0 {
		detail += fmt.Sprintf("\n\nThe list of links shows %s that may be the one:\n%s\n\nIf one of them is it, import it:%s\n\nIf none of them is it, apply once with PAYMENTLINKS_JOURNAL=off (or `journal = \"off\"`).",
			pluralLinks(len(found)), formatCandidates(found), c.importBlocks(found))
	} else {
		detail += "\n\n" + reason + "\n\nApply again. If that does not help, look for the link. " + c.whereToLook() + "\n\nIf it exists, import it. Otherwise apply once with PAYMENTLINKS_JOURNAL=off (or `journal = \"off\"`)."
	}
	return diag.Diagnostics{diag.NewErrorDiagnostic("Unknown whether a killed run created the "+c.Info.Title+" payment link", detail)}
}

// JournalWarning tells why the journal is not kept, or that it was damaged; nothing without an error.
func (c *Creator[M, L]) JournalWarning(err error) diag.Diagnostics {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, journal.ErrDamaged):
		return diag.Diagnostics{diag.NewWarningDiagnostic("The journal of creates was damaged", "Its file could not be read and was replaced. "+
			"If an earlier run was killed, it may have left a link that is not in state, and creating it again makes a second one. Look for it before you apply. "+c.whereToLook())}
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic("The journal of creates is incomplete",
		"If Terraform or the provider is killed during an apply, the next apply cannot tell which links already exist: "+err.Error()+
			". Set `journal` in the provider block, or PAYMENTLINKS_JOURNAL, to a file that can be written, or to \"off\".")}
}

// unknownOutcomeError names the links that the create may have made, and how to import one.
func (c *Creator[M, L]) unknownOutcomeError(err error, found finding[L], searchErr error) diag.Diagnostics {
	listed := found.links
	detail := "The create request was sent, but no usable response came back. A payment link may exist at " + c.Info.Title + " that is not in state.\n\n" + rest.Describe(err)
	switch {
	case !c.canSearch():
		detail += "\n\n" + c.Info.Title + " has no call that lists links, so the provider could not search for it."
	case searchErr != nil:
		detail += "\n\nThe search for it failed too: " + c.Explain(searchErr)
	case len(listed) > 0:
		detail += fmt.Sprintf("\n\nThe list of links shows %s with this content that may be the one:\n%s", pluralLinks(len(listed)), formatCandidates(listed))
	case len(found.near) > 0:
		listed = found.near
		detail += fmt.Sprintf("\n\nThe list of links shows no link with exactly this content, but %s that may be the one, spelled differently or with a value missing:\n%s", pluralLinks(len(listed)), formatCandidates(listed))
	default:
		detail += "\n\nNo matching link was listed immediately afterwards. It may still appear."
	}
	if len(listed) > 0 {
		detail += "\n\nApplying again creates another link. If it is yours, import it first:"
	} else {
		detail += "\n\nLook for it before you apply again: another apply creates another link. " + c.whereToLook() + "\n\nIf it exists, import it:"
	}
	detail += c.importBlocks(listed)
	return diag.Diagnostics{diag.NewErrorDiagnostic("Unknown whether the "+c.Info.Title+" payment link was created", detail)}
}

func formatCandidates[L any](candidates []candidate[L]) string {
	var lines []string
	for _, one := range candidates {
		attributes := diff.Attributes(one.value)
		line := "  - " + cmp.Or(diff.String(attributes["id"]), "(its ID cannot be read)") + "  " + diff.String(attributes["url"])
		if created := diff.String(attributes["created_at"]); created != "" {
			line += "  created " + created
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// whereToLook tells what shows the links that may be one that was lost.
func (c *Creator[M, L]) whereToLook() string {
	switch {
	case !c.canSearch():
		return c.Info.Title + "'s console shows the links."
	case c.EngineQueries:
		return fmt.Sprintf("`terraform query` lists the open ones, and so does the data source `paymentlinks_%[1]s_links`:\n\n  list \"paymentlinks_%[1]s_link\" \"open\" {\n    provider = paymentlinks\n    config { states = [\"open\"] }\n  }", c.Info.Name)
	}
	return fmt.Sprintf("The data source lists the open ones:\n\n  data \"paymentlinks_%s_links\" \"open\" {\n    states = [\"open\"]\n  }", c.Info.Name)
}

// importBlocks returns the import block and command of each candidate; with none, those for an id still to be found.
func (c *Creator[M, L]) importBlocks(candidates []candidate[L]) (text string) {
	var ids []string
	for _, one := range candidates {
		if key := c.Key(one.value); key.ID != "" {
			ids = append(ids, key.ImportID())
		}
	}
	if len(ids) == 0 { // none was found, or none whose id can be read
		ids = []string{"ID"}
	}
	for _, id := range ids {
		if block := driver.ImportBlock(c.Info.Name, id); block != "" {
			text += fmt.Sprintf("\n\n%s\n\nor: terraform import paymentlinks_%s_link.NAME %s", block, c.Info.Name, id)
		}
	}
	return text
}

func pluralLinks(n int) string {
	if n == 1 {
		return "1 link"
	}
	return fmt.Sprintf("%d links", n)
}
