// Package provider wires the vendors that it is given together: configuration in, clients and constructors out. It knows no vendor.
package provider

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/functions"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/ratelimit"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

var (
	_ provider.ProviderWithActions       = (*paymentlinks)(nil)
	_ provider.ProviderWithFunctions     = (*paymentlinks)(nil)
	_ provider.ProviderWithListResources = (*paymentlinks)(nil)
)

type paymentlinks struct {
	version string
	vendors []link.Registration
	clock   clock.Clock
	data    atomic.Pointer[link.ProviderData] // nil until configured
}

// New returns the provider of these vendors; version is the build's.
func New(version string, clk clock.Clock, vendors ...link.Registration) provider.Provider {
	return &paymentlinks{version: version, vendors: vendors, clock: clk}
}

// ProviderData returns what Configure hands to resources; nil before that.
func (p *paymentlinks) ProviderData() any {
	if data := p.data.Load(); data != nil {
		return data
	}
	return nil
}

// Close tells the journal that the engine has ended the provider in order.
func (p *paymentlinks) Close(ctx context.Context) {
	if data := p.data.Load(); data != nil {
		data.Journal.Close(ctx)
	}
}

// Orphaned tells the journal that the engine has gone, so that nobody receives any answer.
func (p *paymentlinks) Orphaned(ctx context.Context) {
	if data := p.data.Load(); data != nil {
		data.Journal.Orphaned(ctx)
	}
}

func (p *paymentlinks) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "paymentlinks"
	resp.Version = p.version
}

func (p *paymentlinks) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages payment links. Each vendor is configured with one object; set those that you use.",
		Attributes: map[string]schema.Attribute{
			"request_timeout": schema.StringAttribute{
				MarkdownDescription: "Maximum duration of one request, from `100ms` to `1h`. Default `30s`.",
				Optional:            true,
				Validators:          []validator.String{tfvalue.DurationBetween("100ms", "1h", "30s or 1m30s")},
			},
			"retry_budget": schema.StringAttribute{
				MarkdownDescription: "Maximum time that one operation, such as the create of a link, may spend on retries and the waits between them, from `100ms` to `1h`. Default `2m`. A vendor's `Retry-After` must fit in it. The operation's `timeouts` apply in any case.",
				Optional:            true,
				Validators:          []validator.String{tfvalue.DurationBetween("100ms", "1h", "30s or 1m30s")},
			},
			"refresh": schema.StringAttribute{
				MarkdownDescription: "How a plan reads the links in state. `auto` (the default) reads the first few links individually, then alternates between pages of the vendor's list and individual reads, so that it takes at most about twice the requests of the cheaper of the other two modes. " +
					"`list` reads the vendor's list, and individually only links that it does not contain. `get` reads each link individually. Falls back to the environment variable `" + refreshVariable + "`.",
				Optional:   true,
				Validators: []validator.String{stringvalidator.OneOf(refreshes()...)},
			},
			"journal": schema.StringAttribute{
				MarkdownDescription: "Path of the journal of creates, one file for all runs of a user, or `off`. After an apply was killed, the next one reads from it which links already exist, and adopts them instead of creating them again. " +
					"It contains no payer data, amounts or credentials. Default: `terraform-provider-paymentlinks/journal` in the user's state folder (`$XDG_STATE_HOME`, `~/.local/state`, or `%LocalAppData%`). " +
					"Falls back to the environment variable `" + JournalVariable + "`.",
				Optional: true,
			},
			"look_before_create": schema.BoolAttribute{
				MarkdownDescription: "Whether a plan that creates links also reads each vendor's newest links. It warns of an open link that has the same content and is in no state known to this machine, and shows the `import` block for it. This costs at most one request per vendor and plan, never causes an error, and never adopts a link. Default `true`. " +
					"Falls back to the environment variable `" + lookVariable + "`.",
				Optional: true,
			},
		},
	}
	for _, vendor := range p.vendors {
		resp.Schema.Attributes[vendor.Settings.Name] = vendor.Settings.Attribute()
	}
}

func (p *paymentlinks) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	base := rest.Config{
		UserAgent:      "terraform-provider-paymentlinks/" + p.version,
		RequestTimeout: duration(ctx, req.Config, "request_timeout", 30*time.Second, &resp.Diagnostics),
		RetryBudget:    duration(ctx, req.Config, "retry_budget", 2*time.Minute, &resp.Diagnostics),
		Clock:          p.clock,
	}
	data := &link.ProviderData{
		Clients: map[string]any{}, ConfigErrors: map[string]diag.Diagnostics{}, Clock: p.clock, RetryBudget: base.RetryBudget, RequestTimeout: base.RequestTimeout,
		EngineVersion:    req.TerraformVersion,
		RefreshMode:      refresh(ctx, req.Config, &resp.Diagnostics),
		LookBeforeCreate: lookBeforeCreate(ctx, req.Config, &resp.Diagnostics),
		Journal:          openJournal(ctx, req.Config, p.clock, &resp.Diagnostics),
	}
	for _, vendor := range p.vendors {
		name := vendor.Settings.Name
		values, configured, diags := vendor.Settings.Read(ctx, req.Config)
		if !configured && !diags.HasError() {
			continue
		}
		if !diags.HasError() {
			own := base
			own.Limiter = ratelimit.New(values.RequestsPerMinute(), p.clock)
			client, more := vendor.NewClient(ctx, values, own)
			diags.Append(more...)
			data.Clients[name] = client
		}
		if diags.HasError() {
			delete(data.Clients, name)
			if configured && !values.InConfiguration {
				data.ConfigErrors[name] = diags // variables that may be there for something else: said where the vendor is used
				continue
			}
		}
		resp.Diagnostics.Append(diags...)
	}
	p.data.Store(data)
	resp.ResourceData = data
	resp.ActionData = data
	resp.DataSourceData = data
	resp.ListResourceData = data
}

// collect returns what the vendors have of one kind, in their order.
func collect[T any](vendors []link.Registration, of func(link.Registration) []T) (all []T) {
	for _, vendor := range vendors {
		all = append(all, of(vendor)...)
	}
	return all
}

func (p *paymentlinks) Resources(context.Context) []func() resource.Resource {
	return collect(p.vendors, func(v link.Registration) []func() resource.Resource { return []func() resource.Resource{v.Resource} })
}

func (p *paymentlinks) Actions(context.Context) []func() action.Action {
	return collect(p.vendors, func(v link.Registration) []func() action.Action { return v.Actions })
}

func (p *paymentlinks) Functions(context.Context) []func() function.Function {
	return append(functions.All(), collect(p.vendors, func(v link.Registration) []func() function.Function { return v.Functions })...)
}

func (p *paymentlinks) ListResources(context.Context) []func() list.ListResource {
	return collect(p.vendors, func(v link.Registration) []func() list.ListResource { return v.ListResources })
}

func (p *paymentlinks) DataSources(context.Context) []func() datasource.DataSource {
	out := collect(p.vendors, func(v link.Registration) []func() datasource.DataSource { return v.DataSources })
	var listers []*link.LinkLister
	for _, vendor := range p.vendors {
		if vendor.Lister != nil {
			listers = append(listers, vendor.Lister)
		}
	}
	if len(listers) > 0 {
		out = append(out, link.NewLinksDataSource(listers...))
	}
	return out
}
