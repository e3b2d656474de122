package link

import "github.com/hashicorp/terraform-plugin-framework/diag"

// ClientFrom is a vendor's client out of what the provider hands over, for data sources of the vendor's own; nil, without an
// error, while nothing is configured yet.
func ClientFrom[M, L any, PM ModelPointer[M]](vendor Vendor[M, L], providerData any) (Client[M, L], diag.Diagnostics) {
	a := configured[M, L, PM]{vendorDefinition: &vendorDefinition[M, L]{vendor: vendor, info: vendor.Info()}}
	diags := a.configure(providerData)
	return a.client, diags
}

// Failed is a failed read as an error: all that is known about it, and what the user can do.
func (a Info) Failed(summary string, err error, next string) diag.Diagnostic {
	detail := errorText(err)
	if remedy := credentialAdvice(err, a.Title, a.ReadPermission); remedy != "" {
		detail += "\n\n" + remedy
	}
	return diag.NewErrorDiagnostic(summary, detail+"\n\n"+next)
}
