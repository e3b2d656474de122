package lifecycle

import (
	"fmt"
	"slices"
	"strings"
)

const head = `---
page_title: "What happens to a link when…"
subcategory: ""
description: |-
  Every status of every vendor, and what the next plan, a destroy, a replacement and an import do about it.
---

# What happens to a link when…

A link lives at its vendor, and people pay it, cancel it and let it expire there. These tables say what the provider does about each
status that a vendor documents, and about one that it does not. They are generated from the table that the provider's tests run.
What the words mean is in [the life of a payment link](life-of-a-link.md).

## Who decides

- ` + "`replace_when`" + ` decides what the **next plan** does about a link that is over: one in a state that it names is replaced by a new link with a
  new URL, any other is kept, and reported by a warning. %s
- ` + "`renew_before`" + ` (%s) decides when the **next plan** replaces an open link that is about to expire. Nothing is renewed without it.
- ` + "`replace_paid`" + ` (default ` + "`false`" + `) decides whether **changed arguments** may replace a link whose money was paid, or may have been. Where
  ` + "`replace_when`" + ` names ` + "`paid`" + `, a paid link is replaced anyway.
- ` + "`on_destroy`" + ` decides about the end of a link that is destroyed or replaced. The tables show its default, which is %s.
- ` + "`on_destroy = \"abandon\"`" + ` sends nothing: an open link is %s; one that the state knows to be over is %s.

**Destroy** and **replacing it** (a changed argument, or ` + "`-replace`" + `, which asks about no payment) start with a refresh. Where somebody was faster and the status changed between
the refresh and the call, the second sentence of a cell says what happens then. A vendor that refuses to end a link is asked for the link once more:
revoked, expired, paid or gone is what was wanted; anything else is an error in the vendor's own words, and the link stays in state.
`

// Page is the table of the vendors as people read it, in Markdown.
func Page(vendors []Vendor) string {
	var out strings.Builder
	fmt.Fprintf(&out, head, replaceDefaults(vendors), expiring(vendors), onDestroyDefaults(vendors), Abandoned, NoCall)
	for _, v := range vendors {
		v.write(&out)
	}
	return out.String()
}

func (v Vendor) write(out *strings.Builder) {
	fmt.Fprintf(out, "\n## %s\n\n| %s | `state` | next plan | destroy | arguments changed | replacing it | import |\n|---|---|---|---|---|---|---|\n", v.Title, v.Attributes)
	for _, r := range v.Rows {
		cells := []string{r.status(v), "`" + string(r.State) + "`", r.plans(v), r.ends(v), r.changes(v), v.words(string(r.ReplaceOutcome())), string(r.ImportOutcome())}
		fmt.Fprintf(out, "| %s |\n", strings.Join(cells, " | "))
	}
	fmt.Fprintln(out)
	for _, note := range v.Notes {
		fmt.Fprintf(out, "- %s\n", note)
	}
}

// words are a text with the vendor's participle.
func (v Vendor) words(text string) string { return strings.ReplaceAll(text, "ENDED", v.EndedVerb) }

// status names what the vendor says.
func (r Row) status(v Vendor) string {
	if r.Gone() {
		return "no such link (404)"
	}
	names := make([]string, len(r.Statuses))
	for i, status := range r.Statuses {
		switch text := v.StatusText[status]; {
		case text != "":
			names[i] = text
		case status == Undocumented:
			names[i] = "*undocumented status*"
		default:
			names[i] = "`" + status + "`"
		}
	}
	out := either(names)
	switch {
	case slices.Contains(r.Revocations, RevokedBefore):
		out += "; revoked"
	case len(r.Revocations) > 0:
		out += "; not revoked, or to be revoked later"
	}
	if r.Expiry != NoExpiry {
		out += ", " + string(r.Expiry)
	}
	return out
}

// plans is the next plan by default, and under a policy that says the opposite of it.
func (r Row) plans(v Vendor) string {
	out := string(r.PlanOutcome(v.ReplaceWhen))
	if r.IsRenewed(v) {
		out = fmt.Sprintf("%s. From `%s` minus `renew_before` on: %s", out, v.Expires, PlanRenew)
	}
	if !r.State.IsEnded() {
		return out
	}
	if slices.Contains(v.ReplaceWhen, r.State) {
		return fmt.Sprintf("%s. Without `%s` in `replace_when`: %s", out, r.State, r.PlanOutcome(nil))
	}
	return fmt.Sprintf("%s. With `%s` in `replace_when`: %s", out, r.State, r.PlanOutcome([]State{r.State}))
}

// changes is a change of arguments, and the same with `replace_paid`.
func (r Row) changes(v Vendor) string {
	out := r.ChangeOutcome(v.ReplaceWhen, false)
	if out == ChangeRefused {
		out += r.ChangeOutcome(v.ReplaceWhen, true)
	}
	return string(out)
}

// ends is a destroy that knew what the link is, and one that did not.
func (r Row) ends(v Vendor) string {
	out := string(r.Destroy)
	if r.PlanWarns {
		out += "; the plan warns of it"
	}
	if r.WarnsOfPayment(v, v.OnDestroy[0]) {
		out += "; the plan says that somebody is paying"
	}
	if r.DestroyStale != r.Destroy {
		out += ". When that came after the refresh: " + string(r.DestroyStale)
	}
	return v.words(out)
}

// replaceDefaults says what `replace_when` is where nothing is written.
func replaceDefaults(vendors []Vendor) string {
	out := "It may name `revoked`, `expired` and `paid`; the default is `[\"revoked\"]`"
	for _, v := range vendors {
		if !slices.Equal(v.ReplaceWhen, []State{Revoked}) {
			var names []string
			for _, state := range v.ReplaceWhen {
				names = append(names, fmt.Sprintf("%q", state))
			}
			out += fmt.Sprintf(", at %s `[%s]`", v.Title, strings.Join(names, ", "))
		}
	}
	return out + "."
}

// expiring names the vendors whose links expire.
func expiring(vendors []Vendor) string {
	var out []string
	for _, v := range vendors {
		if v.Expires != "" {
			out = append(out, v.Title)
		}
	}
	return strings.Join(out, " and ")
}

func onDestroyDefaults(vendors []Vendor) string {
	var out []string
	for _, v := range vendors {
		if v.OnDestroy[0] != Revoke {
			out = append(out, fmt.Sprintf("at %s `%s`", v.Title, v.OnDestroy[0]))
		}
	}
	return "`revoke`; " + strings.Join(out, ", ")
}

// either lists alternatives.
func either(names []string) string {
	if last := len(names) - 1; last > 0 {
		return strings.Join(names[:last], ", ") + " or " + names[last]
	}
	return strings.Join(names, "")
}
