package link

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

var _ list.ListResourceWithConfigure = (*ListResource[placeholderModel, placeholderModel, *placeholderModel])(nil)

// ListResource is `list "paymentlinks_<vendor>_link"`, for `terraform query`: the links that the vendor lists. It knows no state,
// and marks no link as managed.
type ListResource[M, L any, PM driver.ModelPointer[M]] struct {
	configured[M, L, PM]
}

func newListResource[M, L any, PM driver.ModelPointer[M]](d *vendorDefinition[M, L]) func() list.ListResource {
	return func() list.ListResource { return &ListResource[M, L, PM]{configured[M, L, PM]{vendorDefinition: d}} }
}

func (l *ListResource[M, L, PM]) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + l.info.Name + "_link"
}

func (l *ListResource[M, L, PM]) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: fmt.Sprintf("Lists the payment links at %s for `terraform query` (requires Terraform 1.14; not available in OpenTofu). "+
			"Each result has the identity of the link and a display name with its reference, amount and state. Configuration generated from the results imports links created elsewhere. "+
			"Without a filter, all links of the account are listed, up to the `limit` of the block (default 100).", l.info.Title),
		Attributes: l.listFilters(),
	}
}

func (l *ListResource[M, L, PM]) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	resp.Diagnostics.Append(l.configure(req.ProviderData)...)
}

// List reads the vendor's pages only as far as the limit goes. A failure ends the results with an error, and links that may have
// been missed end them with a warning: an incomplete list never looks complete.
func (l *ListResource[M, L, PM]) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	request, diags := l.newListRequest(diff.Attributes(req.Config.Raw))
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = func(push func(list.ListResult) bool) {
		pushed := int64(0)
		for answer, err := range l.list(ctx, request.query) {
			if err != nil {
				push(list.ListResult{Diagnostics: l.listDiagnostics(err)})
				return
			}
			value, diags, ok := l.listed(ctx, answer, request)
			if !ok && len(diags) == 0 {
				continue
			}
			out := list.ListResult{Diagnostics: diags}
			if ok {
				out = l.result(ctx, req, answer, value)
				out.Diagnostics.Append(diags...)
				pushed++
			}
			// The limit is checked here and not before the next link, which could cost the request for another page.
			if !push(out) || ok && pushed == req.Limit {
				return
			}
		}
	}
}

// result returns one link with its identity and name. With IncludeResource it holds what the first refresh of an import would
// read, so that configuration generated from it plans no changes.
func (l *ListResource[M, L, PM]) result(ctx context.Context, req list.ListRequest, answer L, value tftypes.Value) list.ListResult {
	out := req.NewListResult(ctx)
	out.DisplayName = l.displayName(answer)
	l.setIdentity(out.Identity, l.key(value))
	if req.IncludeResource {
		out.Resource.Raw = l.withPolicyDefaults(value, true)
	}
	return out
}

// maxNamePart bounds one part of a name, in characters.
const maxNamePart = 60

// displayName returns a name such as "Order 2026-0042, 49.90 EUR, open".
func (c *configured[M, L, PM]) displayName(answer L) string {
	var parts []string
	if namer, ok := c.vendor.(driver.DisplayNamer[L]); ok {
		parts = namer.Name(answer)
	}
	parts = append(parts, string(c.vendor.State(answer, c.vendorNow())))
	var out []string
	for _, part := range parts {
		if part = sanitizeLine(part); part != "" {
			out = append(out, part)
		}
	}
	return strings.Join(out, ", ")
}

// sanitizeLine makes a payer's or merchant's text fit for a terminal: one line, without control characters, and bounded.
func sanitizeLine(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPrint(r) {
			return r
		}
		return -1
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > maxNamePart {
		return string(runes[:maxNamePart-1]) + "…"
	}
	return text
}
