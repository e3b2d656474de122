// Package provider wires the vendors that it is given together: configuration in, clients and constructors out. It knows no vendor.
package provider

import (
	"context"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

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
		MarkdownDescription: "Declares payment links as code. Each vendor is one object; declare those that you use.",
		Attributes: map[string]schema.Attribute{
			"request_timeout": schema.StringAttribute{
				MarkdownDescription: "How long one request may take, as a duration from `100ms` to `1h`, such as `30s` (the default).",
				Optional:            true,
				Validators:          []validator.String{positiveDuration},
			},
			"retry_budget": schema.StringAttribute{
				MarkdownDescription: "How long one operation, such as the create of one link, may spend on repeating calls and waiting in between, as a duration from `100ms` to `1h`, such as `2m` (the default). A vendor's `Retry-After` has to fit in. It ends within the operation's `timeouts` in any case.",
				Optional:            true,
				Validators:          []validator.String{positiveDuration},
			},
		},
	}
	resp.Schema.Attributes["refresh"] = refreshAttribute()
	resp.Schema.Attributes["journal"] = journalAttribute()
	resp.Schema.Attributes["look_before_create"] = lookAttribute()
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

func (p *paymentlinks) Resources(context.Context) []func() resource.Resource {
	var out []func() resource.Resource
	for _, vendor := range p.vendors {
		out = append(out, vendor.Resource)
	}
	return out
}

func (p *paymentlinks) Actions(context.Context) []func() action.Action {
	var out []func() action.Action
	for _, vendor := range p.vendors {
		out = append(out, vendor.Actions...)
	}
	return out
}

func (p *paymentlinks) Functions(context.Context) []func() function.Function {
	out := functions.All()
	for _, vendor := range p.vendors {
		out = append(out, vendor.Functions...)
	}
	return out
}

func (p *paymentlinks) ListResources(context.Context) []func() list.ListResource {
	var out []func() list.ListResource
	for _, vendor := range p.vendors {
		out = append(out, vendor.ListResources...)
	}
	return out
}

func (p *paymentlinks) DataSources(context.Context) []func() datasource.DataSource {
	var out []func() datasource.DataSource
	var listers []*link.LinkLister
	for _, vendor := range p.vendors {
		out = append(out, vendor.DataSources...)
		if vendor.Lister != nil {
			listers = append(listers, vendor.Lister)
		}
	}
	if len(listers) > 0 {
		out = append(out, link.NewLinksDataSource(listers...))
	}
	return out
}

// setting reads a setting of the provider's own, of which kind says what it is. One that is not known yet is an error on its attribute.
func setting[T attr.Value](ctx context.Context, config tfsdk.Config, name, kind string, diags *diag.Diagnostics) (value T) {
	at := path.Root(name)
	diags.Append(config.GetAttribute(ctx, at, &value)...)
	if value.IsUnknown() {
		diags.AddAttributeError(at, "Value not known yet", "`"+name+"` comes from something that does not exist yet, and the provider is configured before anything is planned. Write the "+kind+" out, or use a variable.")
	}
	return value
}

// duration reads a duration of the provider's own.
func duration(ctx context.Context, config tfsdk.Config, name string, fallback time.Duration, diags *diag.Diagnostics) time.Duration {
	text := setting[types.String](ctx, config, name, "duration", diags)
	d, err := time.ParseDuration(text.ValueString())
	if err != nil { // null; anything else was refused by the attribute's validator
		return fallback
	}
	return d
}

// refreshVariable is the environment's `refresh`.
const refreshVariable = "PAYMENTLINKS_REFRESH"

func refreshAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "How a plan reads the links of a state. `auto` (the default) reads the first ones singly and then spends pages of the vendor's list and single reads in turn, so that it never takes many more requests than twice the cheaper of the other two. " +
			"`list` walks the list and reads singly only what it does not show; `get` reads each link singly. Falls back to the environment variable `" + refreshVariable + "`.",
		Optional:   true,
		Validators: []validator.String{stringvalidator.OneOf(refreshes()...)},
	}
}

func refreshes() []string {
	var out []string
	for _, one := range link.RefreshModes {
		out = append(out, string(one))
	}
	return out
}

// refresh reads the setting, else its variable. A value that the variable has wrong is an error on the attribute.
func refresh(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) link.RefreshMode {
	text := setting[types.String](ctx, config, "refresh", "value", diags)
	switch {
	case text.IsUnknown():
		return link.RefreshAuto
	case !text.IsNull():
		return link.RefreshMode(text.ValueString())
	}
	value := link.RefreshMode(os.Getenv(refreshVariable))
	if value == "" {
		return link.RefreshAuto
	}
	if !slices.Contains(link.RefreshModes, value) {
		diags.AddAttributeError(path.Root("refresh"), "Invalid value of "+refreshVariable, "The environment variable "+refreshVariable+" must be one of "+strings.Join(refreshes(), ", ")+".")
	}
	return value
}

// The range of the provider's durations.
const (
	minDuration = 100 * time.Millisecond
	maxDuration = time.Hour
)

// positiveDuration accepts what time.ParseDuration does, from minDuration to maxDuration.
var positiveDuration = tfvalue.StringRule{
	Rule: "must be a duration from 100ms to 1h, such as 30s or 1m30s", Summary: "Not a duration", RepeatsValue: true,
	IsValid: func(text string) bool {
		d, err := time.ParseDuration(text)
		return err == nil && d >= minDuration && d <= maxDuration
	},
}
