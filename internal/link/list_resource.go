package link

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

var _ list.ListResourceWithConfigure = (*ListResource[placeholderModel, placeholderModel, *placeholderModel])(nil)

// ListResource is `list "paymentlinks_<vendor>_link"`: the links that the vendor has, for `terraform query`. It knows nothing
// of a state: a link that it shows is not one that this configuration made.
type ListResource[M, L any, PM driver.ModelPointer[M]] struct {
	configured[M, L, PM]
}

// newListResource returns the constructor of a vendor's list resource.
func newListResource[M, L any, PM driver.ModelPointer[M]](d *vendorDefinition[M, L]) func() list.ListResource {
	return func() list.ListResource { return &ListResource[M, L, PM]{configured[M, L, PM]{vendorDefinition: d}} }
}

func (l *ListResource[M, L, PM]) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + l.info.Name + "_link"
}

func (l *ListResource[M, L, PM]) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: fmt.Sprintf("The payment links that exist at %s, for `terraform query`, which Terraform has since 1.14 and OpenTofu has not. "+
			"Each has its identity and, as its name, what a person knows it by, and its state. Configuration generated from them takes over links that were made elsewhere. "+
			"Without a filter all links of the account are listed, up to the `limit` of the block (100 unless it says otherwise).", l.info.Title),
		Attributes: l.listFilters(),
	}
}

func (l *ListResource[M, L, PM]) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	resp.Diagnostics.Append(l.configure(req.ProviderData)...)
}

// List walks the vendor's pages only as far as it is asked for links. What goes wrong ends the walk with an error, and what may
// have been missed with a warning: a short list never looks like a whole one.
func (l *ListResource[M, L, PM]) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	wanted, diags := l.listRequestFrom(ctx, req.Config)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = func(push func(list.ListResult) bool) {
		found := int64(0)
		for answer, err := range l.list(ctx, wanted.query) {
			if err != nil {
				push(list.ListResult{Diagnostics: l.listDiagnostics(err)})
				return
			}
			if !wanted.matches(l.vendor.State(answer, l.clock.Now())) {
				continue
			}
			if !push(l.result(ctx, req, answer)) {
				return
			}
			// Asked here and not before the next link: that would fetch another page for nothing.
			if found++; found == req.Limit {
				return
			}
		}
	}
}

// result is one link: its identity, its name and, where it is asked for, all that the first refresh of its import would read, so
// that configuration generated from it plans empty.
func (l *ListResource[M, L, PM]) result(ctx context.Context, req list.ListRequest, answer L) list.ListResult {
	out := req.NewListResult(ctx)
	value, diags := l.stateValue(ctx, answer)
	out.Diagnostics.Append(diags...)
	out.Diagnostics.Append(l.answerWarnings(answer)...)
	if out.Diagnostics.HasError() {
		return out
	}
	out.DisplayName = l.displayName(answer)
	out.Diagnostics.Append(l.setIdentity(ctx, out.Identity, l.key(value))...)
	if req.IncludeResource {
		out.Resource.Raw = l.withPolicyDefaults(value, true)
	}
	return out
}

// maxNamePart is what one part of a name may take of a line.
const maxNamePart = 60

// displayName is one line such as "Order 2026-0042, 49.90 EUR, open".
func (a *configured[M, L, PM]) displayName(answer L) string {
	var parts []string
	if named, ok := a.vendor.(driver.DisplayNamer[L]); ok {
		parts = named.Name(answer)
	}
	parts = append(parts, string(a.vendor.State(answer, a.clock.Now())))
	var out []string
	for _, part := range parts {
		if part = sanitizeLine(part); part != "" {
			out = append(out, part)
		}
	}
	return strings.Join(out, ", ")
}

// sanitizeLine is somebody else's text for a terminal: without line breaks, control characters and what is too long.
func sanitizeLine(text string) string {
	text = strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || unicode.IsPrint(c) {
			return c
		}
		return -1
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > maxNamePart {
		return string(runes[:maxNamePart-1]) + "…"
	}
	return text
}
