package link

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
)

var _ list.ListResourceWithConfigure = (*ListResource[placeholderModel, placeholderModel, *placeholderModel])(nil)

// ListResource is `list "paymentlinks_<vendor>_link"`: the links that the vendor has, for `terraform query`. It knows nothing
// of a state: a link that it shows is not one that this configuration made.
type ListResource[M, L any, PM ModelPointer[M]] struct {
	configured[M, L, PM]
}

// NewListResource returns the constructor of a vendor's list resource.
func NewListResource[M, L any, PM ModelPointer[M]](vendor Vendor[M, L]) func() list.ListResource {
	d := newVendorDefinition(vendor)
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
		for answer, err := range l.client.List(ctx, wanted.query) {
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
	if remarker, ok := l.vendor.(AnswerWarner[L]); ok {
		out.Diagnostics.Append(remarker.Warnings(answer)...)
	}
	if out.Diagnostics.HasError() {
		return out
	}
	out.DisplayName = l.displayName(answer)
	out.Diagnostics.Append(l.setIdentity(ctx, out.Identity, l.key(value))...)
	if req.IncludeResource {
		state := tfsdk.State{Schema: l.schema, Raw: value}
		out.Diagnostics.Append(l.setPolicyDefaults(ctx, &state, true)...)
		out.Resource.Raw = state.Raw
	}
	return out
}
