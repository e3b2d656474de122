package link

import "github.com/hashicorp/terraform-plugin-framework/diag"

// Connect is a vendor's client out of what the provider hands over, for data sources of the vendor's own; nil, without an
// error, while nothing is configured yet.
func Connect[M, L any, PM Linked[M]](vendor Vendor[M, L], handed any) (Client[M, L], diag.Diagnostics) {
	a := access[M, L, PM]{definition: &definition[M, L]{vendor: vendor, about: vendor.About()}}
	diags := a.connect(handed)
	return a.client, diags
}

// Failed is a failed read as an error: all that is known about it, and what the user can do.
func (a About) Failed(summary string, err error, next string) diag.Diagnostic {
	detail := explain(err)
	if remedy := credentialRemedy(err, a.Title, a.ReadRight); remedy != "" {
		detail += "\n\n" + remedy
	}
	return diag.NewErrorDiagnostic(summary, detail+"\n\n"+next)
}
