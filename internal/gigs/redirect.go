package gigs

import (
	"context"
	"net/url"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// webAddress accepts an absolute http or https URL (row 4).
type webAddress struct{}

func (webAddress) Description(context.Context) string {
	return "value must be an absolute address that begins with http:// or https://"
}

func (v webAddress) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v webAddress) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	u, err := url.Parse(req.ConfigValue.ValueString())
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Not a web address", req.Path.String()+": the "+v.Description(ctx)+", as in https://example.com/thanks.")
	}
}

// sameAddress keeps the state's spelling of an address that RFC 3986 (6.2.3) calls the same: a vendor that writes
// "https://example.com/" for "https://example.com" (row 5) has not changed it, also not after an import.
type sameAddress struct{}

func (sameAddress) Description(context.Context) string {
	return "value that spells the same address stays as the link has it"
}

func (m sameAddress) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (sameAddress) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.PlanValue.IsNull() || req.PlanValue.IsUnknown() || req.StateValue.IsNull() {
		return
	}
	if canonical(req.PlanValue.ValueString()) == canonical(req.StateValue.ValueString()) {
		resp.PlanValue = req.StateValue
	}
}

// MayNormalize: a slash at the end may be the vendor's (row 5), also where RFC 3986 makes it another address.
func (vendor) MayNormalize(attribute string) bool { return attribute == "ebanx.redirect_url" }

var _ driver.Normalizer = vendor{}

// canonical writes an address in the one way of RFC 3986: scheme and host in lower case, "/" for no path, no port where
// it is the scheme's own. Paths and queries stay as they are: "/a" and "/a/" are two.
func canonical(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Opaque != "" {
		return address
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if port := map[string]string{"http": ":80", "https": ":443"}[u.Scheme]; port != "" {
		u.Host = strings.TrimSuffix(u.Host, port)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String()
}
