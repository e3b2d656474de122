package gigs

import (
	"context"
	"net/url"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
)

// keepEquivalentURL keeps the state's spelling of an address that RFC 3986 (6.2.3) calls the same: a vendor that writes
// "https://example.com/" for "https://example.com" (contract 8.5) has not changed it, also not after an import.
type keepEquivalentURL struct{}

func (keepEquivalentURL) Description(context.Context) string {
	return "value that spells the same address stays as the link has it"
}

func (m keepEquivalentURL) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (keepEquivalentURL) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.PlanValue.IsNull() || req.PlanValue.IsUnknown() || req.StateValue.IsNull() {
		return
	}
	if canonicalURL(req.PlanValue.ValueString()) == canonicalURL(req.StateValue.ValueString()) {
		resp.PlanValue = req.StateValue
	}
}

// canonicalURL writes an address in the one way of RFC 3986: scheme and host in lower case, "/" for no path, no port where
// it is the scheme's own. Paths and queries stay as they are: "/a" and "/a/" are two.
func canonicalURL(address string) string {
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
