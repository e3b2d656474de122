package link

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// ClientFrom is a vendor's client out of what the provider hands over, for data sources of the vendor's own; nil, without an
// error, while nothing is configured yet.
func ClientFrom[M, L any, PM driver.ModelPointer[M]](vendor driver.Vendor[M, L], providerData any) (driver.Client[M, L], diag.Diagnostics) {
	a := configured[M, L, PM]{vendorDefinition: &vendorDefinition[M, L]{vendor: vendor, info: vendor.Info()}}
	diags := a.configure(providerData)
	return a.client, diags
}

// ReadError returns a failed read as an error: everything known about it, and what the user can do.
func ReadError(info driver.Info, summary string, err error, next string) diag.Diagnostic {
	detail := rest.Describe(err)
	if remedy := credentialAdvice(err, info.Title, info.ReadPermission); remedy != "" {
		detail += "\n\n" + remedy
	}
	return diag.NewErrorDiagnostic(summary, detail+"\n\n"+next)
}
