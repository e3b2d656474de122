package gigs_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// TestBadInput: what is certainly wrong is an error on its attribute, before any request, and touches nothing.
func TestBadInput(t *testing.T) {
	t.Parallel()
	const (
		tax      = "ebanx.user.tax_number"
		redirect = "ebanx.redirect_url"
	)
	tests := map[string]struct {
		config object
		at     string
		word   string
	}{
		"no payer":                   {minimal(object{"ebanx.user": nil}), "ebanx.user", "user_wo"},
		"no payer, but a version":    {writeOnly(object{"ebanx.user_wo": nil}), "ebanx.user", "user_wo"},
		"two payers":                 {writeOnly(object{"ebanx.user": payer()}), "ebanx.user_wo", "Both"},
		"no ebanx":                   {object{"invoice": invoiceID}, "ebanx", "ebanx"},
		"no invoice":                 {minimal(object{"invoice": nil}), "invoice", "invoice"},
		"empty invoice":              {minimal(object{"invoice": ""}), "invoice", "at least 1"},
		"another type":               {minimal(object{"type": "pix"}), "type", "ebanx"},
		"empty type":                 {minimal(object{"type": ""}), "type", "ebanx"},
		"empty project":              {minimal(object{"project": ""}), "project", "not empty"},
		"a slash in the project":     {minimal(object{"project": "a/b"}), "project", "slashes"},
		"a blank in the project":     {minimal(object{"project": "a b"}), "project", "blanks"},
		"dots for a project":         {minimal(object{"project": ".."}), "project", "id of a project"},
		"no name":                    {minimal(object{"ebanx.user.full_name": nil}), "ebanx.user.full_name", "full_name"},
		"no email":                   {minimal(object{"ebanx.user.email": nil}), "ebanx.user.email", "email"},
		"no tax number":              {minimal(object{tax: nil}), tax, "tax_number"},
		"empty name":                 {minimal(object{"ebanx.user.full_name": ""}), "ebanx.user.full_name", "must not be empty"},
		"blank name":                 {minimal(object{"ebanx.user.full_name": " \t"}), "ebanx.user.full_name", "must not be empty"},
		"empty email":                {minimal(object{"ebanx.user.email": ""}), "ebanx.user.email", "must not be empty"},
		"empty tax number":           {minimal(object{tax: ""}), tax, "11 digits"},
		"ten digits":                 {minimal(object{tax: "290.063.072-0"}), tax, "11 digits"},
		"twelve digits":              {minimal(object{tax: "290063072034"}), tax, "11 digits"},
		"a letter":                   {minimal(object{tax: "2900630720X"}), tax, "11 digits"},
		"a blank in the tax number":  {minimal(object{tax: "290 063 072 03"}), tax, "11 digits"},
		"digits of another alphabet": {minimal(object{tax: "٢٩٠٠٦٣٠٧٢٠٣"}), tax, "11 digits"},
		"write-only, empty name":     {writeOnly(object{"ebanx.user_wo.full_name": ""}), "ebanx.user_wo.full_name", "must not be empty"},
		"write-only, empty email":    {writeOnly(object{"ebanx.user_wo.email": ""}), "ebanx.user_wo.email", "must not be empty"},
		"write-only, no email":       {writeOnly(object{"ebanx.user_wo.email": nil}), "ebanx.user_wo.email", "email"},
		"write-only, ten digits":     {writeOnly(object{"ebanx.user_wo.tax_number": "2900630720"}), "ebanx.user_wo.tax_number", "11 digits"},
		"a path for a redirect":      {minimal(object{redirect: "/thanks"}), redirect, "https://"},
		"no scheme":                  {minimal(object{redirect: "example.com/thanks"}), redirect, "https://"},
		"no host":                    {minimal(object{redirect: "https:///thanks"}), redirect, "https://"},
		"another scheme":             {minimal(object{redirect: "ftp://example.com"}), redirect, "https://"},
		"a script":                   {minimal(object{redirect: "javascript:alert(1)"}), redirect, "https://"},
		"no URL":                     {minimal(object{redirect: "https://exa mple.com"}), redirect, "https://"},
		"empty redirect":             {minimal(object{redirect: ""}), redirect, "https://"},
		"revoke is not to be had":    {minimal(object{"on_destroy": "revoke"}), "on_destroy", "abandon"},
		"unknown replace_when":       {minimal(object{"replace_when": list{"open"}}), "replace_when.*", "revoked"},
		"id written":                 {minimal(object{"id": publishedID}), "id", "read-only"},
		"status written":             {minimal(object{"status": "active"}), "status", "read-only"},
	}
	b := newBench(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			diags := b.Record(b.Server.Validate(typeName, test.config))
			if !diags.HasError() {
				diags = b.Plan(protocoltest.State{}, test.config).Diagnostics
			}
			if len(diags.Errors()) != 1 {
				t.Errorf("%d errors, want one: %s", len(diags.Errors()), diags)
			}
			b.Subtest(t).RequireErrors(diags, test.at, test.word)
		})
	}
	b.RequireCalls()
}

// TestBadInputOverALink: the same errors where a link exists leave it and the state as they are.
func TestBadInputOverALink(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(stored())
	before := state.Raw.Copy()
	b.ResetCalls()
	after, _, diags := b.ApplyConfig(state, stored(object{"ebanx.user.tax_number": "290"}))
	b.RequireErrors(diags, "ebanx.user.tax_number", "11 digits")
	if !after.Raw.Equal(before) {
		t.Errorf("the state has changed to %s", after.Raw)
	}
	b.RequireCalls()
	b.RequirePayable(1)
	b.RequireNoDrift(after, stored())
}

// TestGoodInput at the edges of what is refused.
func TestGoodInput(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for name, config := range map[string]object{
		"bare digits":          minimal(object{"ebanx.user.tax_number": "29006307203"}),
		"odd punctuation":      minimal(object{"ebanx.user.tax_number": "2-9.0063072.03"}),
		"wrong check digits":   minimal(object{"ebanx.user.tax_number": "290.063.072-99"}),
		"no mail address":      minimal(object{"ebanx.user.email": "by post"}),
		"a long name":          minimal(object{"ebanx.user.full_name": strings.Repeat("é", 500)}),
		"plain http":           minimal(object{"ebanx.redirect_url": "http://localhost:8080/x?y#z"}),
		"an invoice of a form": minimal(object{"invoice": "2026/0042"}),
		"a version of zero":    writeOnly(object{"ebanx.user_wo_version": 0}),
	} {
		if diags := b.Record(b.Server.Validate(typeName, config)); len(diags) > 0 {
			t.Errorf("%s: %s", name, diags)
		}
		if plan := b.Plan(protocoltest.State{}, config); len(plan.Diagnostics) > 0 {
			t.Errorf("%s: %s", name, plan.Diagnostics)
		}
	}
	b.RequireCalls()
}

// TestNoProject: neither the link nor the provider names one.
func TestNoProject(t *testing.T) {
	t.Parallel()
	b := newBench(t, object{"project": nil})
	b.RequireErrors(b.Plan(protocoltest.State{}, stored()).Diagnostics, "project", "`project`", "`gigs`")
	for _, project := range []any{"gigs", unknown} {
		if plan := b.Plan(protocoltest.State{}, stored(object{"project": project})); len(plan.Diagnostics) > 0 {
			t.Errorf("%v: %s", project, plan.Diagnostics)
		}
	}
	_, diags := b.ImportByID(publishedID)
	b.RequireErrors(diags, "id", "project is missing", "{project}/{id}")
	b.RequireCalls()
}

// TestImportIDs that cannot be a link's never reach an address.
func TestImportIDs(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, id := range []string{
		"/", "..", ".", "gigs/", "/" + publishedID, "gigs/..", "../" + publishedID, "gigs/a/b", "gigs/" + publishedID + "/", "gigs/" + publishedID + "/..",
		" " + publishedID, publishedID + "\n", `a\b`,
	} {
		state, diags := b.ImportByID(id)
		b.RequireErrors(diags, "id", "does not name a link", "{project}/{id}")
		if state.Exists() {
			t.Errorf("%q: a state came of it", id)
		}
	}
	b.RequireCalls()
	for _, id := range []string{publishedID, "gigs/" + publishedID, "some-later-form", "pml_%2f..", strings.Repeat("x", 64)} { // nobody's
		state, diags := b.ImportByID(id)
		b.RequireErrors(diags, "", "404")
		if state.Exists() {
			t.Errorf("%q: a state came of it", id)
		}
	}
	b.RequireCalls("get", "get", "get", "get", "get")
}
