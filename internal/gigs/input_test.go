package gigs_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

const tax, redirect = "ebanx.user.tax_number", "ebanx.redirect_url"

var input = drivertest.Input{
	Invalid: map[string]drivertest.Expectation{
		"no payer":                expect(minimal(object{"ebanx.user": nil}), "ebanx.user", "user_wo"),
		"no payer, but a version": expect(writeOnly(object{"ebanx.user_wo": nil}), "ebanx.user", "user_wo"),
		"two payers":              expect(writeOnly(object{"ebanx.user": payer()}), "ebanx.user_wo", "only one"),
		"no ebanx":                expect(object{"invoice": invoiceID}, "ebanx", "ebanx"),
		"no invoice":              expect(minimal(object{"invoice": nil}), "invoice", "invoice"),
		"empty invoice":           expect(minimal(object{"invoice": ""}), "invoice", "at least 1"),
		"another type":            expect(minimal(object{"type": "pix"}), "type", "ebanx"),
		"empty type":              expect(minimal(object{"type": ""}), "type", "ebanx"),
		"empty project":           expect(minimal(object{"project": ""}), "project", "not empty"),
		"a slash in the project":  expect(minimal(object{"project": "a/b"}), "project", "slashes"),
		"a blank in the project":  expect(minimal(object{"project": "a b"}), "project", "spaces"),
		"dots for a project":      expect(minimal(object{"project": ".."}), "project", "project ID"),
		"no name":                 expect(minimal(object{"ebanx.user.full_name": nil}), "ebanx.user.full_name", "full_name"),
		"no email":                expect(minimal(object{"ebanx.user.email": nil}), "ebanx.user.email", "email"),
		"no tax number":           expect(minimal(object{tax: nil}), tax, "tax_number"),
		"empty name":              expect(minimal(object{"ebanx.user.full_name": ""}), "ebanx.user.full_name", "must not be empty"),
		"blank name":              expect(minimal(object{"ebanx.user.full_name": " \t"}), "ebanx.user.full_name", "must not be empty"),
		"empty email":             expect(minimal(object{"ebanx.user.email": ""}), "ebanx.user.email", "must not be empty"),
		"empty tax number":        expect(minimal(object{tax: ""}), tax, "must not be empty"),
		"write-only, empty name":  expect(writeOnly(object{"ebanx.user_wo.full_name": ""}), "ebanx.user_wo.full_name", "must not be empty"),
		"write-only, empty email": expect(writeOnly(object{"ebanx.user_wo.email": ""}), "ebanx.user_wo.email", "must not be empty"),
		"write-only, no email":    expect(writeOnly(object{"ebanx.user_wo.email": nil}), "ebanx.user_wo.email", "email"),
		"revoke is not to be had": expect(minimal(object{"on_destroy": "revoke"}), "on_destroy", "abandon"),
		"unknown replace_when":    expect(minimal(object{"replace_when": list{"open"}}), "replace_when.*", "revoked"),
		"id written":              expect(minimal(object{"id": publishedID}), "id", "read-only"),
		"status written":          expect(minimal(object{"status": "active"}), "status", "read-only"),
	},
	Doubtful: map[string]drivertest.Expectation{ // no document refuses them (contract 8.3, 8.4)
		"ten digits":                 expect(minimal(object{tax: "290.063.072-0"}), tax, "11 digits"),
		"twelve digits":              expect(minimal(object{tax: "290063072034"}), tax, "11 digits"),
		"a letter":                   expect(minimal(object{tax: "2900630720X"}), tax, "11 digits"),
		"a blank in the tax number":  expect(minimal(object{tax: "290 063 072 03"}), tax, "11 digits"),
		"digits of another alphabet": expect(minimal(object{tax: "٢٩٠٠٦٣٠٧٢٠٣"}), tax, "11 digits"),
		"write-only, ten digits":     expect(writeOnly(object{"ebanx.user_wo.tax_number": "2900630720"}), "ebanx.user_wo.tax_number", "11 digits"),
		"a path for a redirect":      expect(minimal(object{redirect: "/thanks"}), redirect, "https://"),
		"no scheme":                  expect(minimal(object{redirect: "example.com/thanks"}), redirect, "https://"),
		"no host":                    expect(minimal(object{redirect: "https:///thanks"}), redirect, "https://"),
		"no URL":                     expect(minimal(object{redirect: "https://exa mple.com"}), redirect, "https://"),
		"empty redirect":             expect(minimal(object{redirect: ""}), redirect, "https://"),
	},
	Valid: map[string]object{
		"a CNPJ":               minimal(object{tax: "11.222.333/0001-81"}),
		"bare CNPJ":            minimal(object{tax: "11222333000181"}),
		"a CNPJ with letters":  minimal(object{tax: "12.ABC.345/01DE-35"}),
		"an app":               minimal(object{redirect: "myapp://paid"}),
		"an app's own address": minimal(object{redirect: "com.example.shop:/paid"}),
		"bare digits":          minimal(object{"ebanx.user.tax_number": "29006307203"}),
		"odd punctuation":      minimal(object{"ebanx.user.tax_number": "2-9.0063072.03"}),
		"wrong check digits":   minimal(object{"ebanx.user.tax_number": "290.063.072-99"}),
		"no mail address":      minimal(object{"ebanx.user.email": "by post"}),
		"a long name":          minimal(object{"ebanx.user.full_name": strings.Repeat("é", 500)}),
		"plain http":           minimal(object{"ebanx.redirect_url": "http://localhost:8080/x?y#z"}),
		"an invoice of a form": minimal(object{"invoice": "2026/0042"}),
		"a version of zero":    writeOnly(object{"ebanx.user_wo_version": 0}),
		// While one of the two payers is unknown, nobody can say that there are two, or none.
		"one payer unknown, one written": minimal(object{"ebanx.user": tfconfig.Unknown, "ebanx.user_wo": payer()}),
		"one payer written, one unknown": minimal(object{"ebanx.user_wo": tfconfig.Unknown}),
		"both payers unknown":            minimal(object{"ebanx.user": tfconfig.Unknown, "ebanx.user_wo": tfconfig.Unknown}),
		"a payer unknown":                minimal(object{"ebanx.user": tfconfig.Unknown}),
		"a write-only payer unknown":     minimal(object{"ebanx.user": nil, "ebanx.user_wo": tfconfig.Unknown}),
	},
}

// Neither the link nor the provider names a project.
func TestNoProject(t *testing.T) {
	t.Parallel()
	f := harness.Start(t, object{"project": nil})
	f.RequireErrors(f.Plan(protocoltest.State{}, stored()).Diagnostics, "project", "`project`", "`gigs`")
	for _, project := range []any{"gigs", tfconfig.Unknown} {
		if plan := f.Plan(protocoltest.State{}, stored(object{"project": project})); len(plan.Diagnostics) > 0 {
			t.Errorf("%v: %s", project, plan.Diagnostics)
		}
	}
	_, diags := f.ImportByID(publishedID)
	f.RequireErrors(diags, "id", "project is missing", "{project}/{id}")
	f.RequireCalls()
}
