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

Links change at their vendors: people pay them, cancel them and let them expire. These tables show what the provider does for each
documented status, and for an undocumented one. They are generated from the table that the provider's tests run.
[The life of a payment link](life-of-a-link.md) explains the terms.

## Which setting decides

- ` + "`replace_when`" + ` decides what the **next plan** does about a link that has ended. If it lists the link's state, the link is replaced by a new one
  with a new URL. Otherwise the link is kept, with a warning. %s
- ` + "`renew_before`" + ` (%s) decides when the **next plan** replaces an open link that is about to expire. By default, no link is renewed.
- ` + "`replace_paid`" + ` (default ` + "`false`" + `) decides whether **changed arguments** may replace a link that was paid, or may have been. A
  ` + "`replace_when`" + ` that contains ` + "`paid`" + ` replaces a paid link anyway.
- ` + "`on_destroy`" + ` decides what happens to a link that is destroyed or replaced. The tables show its default, which is %s.
- ` + "`on_destroy = \"abandon\"`" + ` revokes nothing: an open link is %s; a link that has ended according to the state is %s.

**Destroy** and **replacement** (a changed argument, or ` + "`-replace`" + `, which does not check for payments) start with a refresh. If the status changes between
the refresh and the request, the second sentence of a cell applies. If a vendor refuses to end a link, the provider reads it again.
If the link is revoked, expired, paid or deleted, the destroy succeeds. Otherwise the vendor's error is reported, and the link stays in state.
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
	fmt.Fprintf(out, "\n## %s\n\n| %s | `state` | next plan | destroy | changed arguments | replacement | import |\n|---|---|---|---|---|---|---|\n", v.Title, v.Attributes)
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
		out += "; the plan warns that a payment is in progress"
	}
	if r.DestroyStale != r.Destroy {
		out += ". If this happened after the refresh: " + string(r.DestroyStale)
	}
	return v.words(out)
}

// replaceDefaults says what `replace_when` is where nothing is written.
func replaceDefaults(vendors []Vendor) string {
	out := "It can contain `revoked`, `expired` and `paid`; the default is `[\"revoked\"]`"
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
	out := "`revoke`"
	for _, v := range vendors {
		if v.OnDestroy[0] != Revoke {
			out += fmt.Sprintf(", at %s `%s`", v.Title, v.OnDestroy[0])
		}
	}
	return out
}

// either lists alternatives.
func either(names []string) string {
	if last := len(names) - 1; last > 0 {
		return strings.Join(names[:last], ", ") + " or " + names[last]
	}
	return strings.Join(names, "")
}
