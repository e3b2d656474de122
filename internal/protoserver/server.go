// Package protoserver wraps the framework's protocol server. It decides what happens to a call before and after the framework. Every
// call that it changes stands in this file, in the protocol's order; all others are the framework's. What vendors said passes one
// gate on its way out (visible.go).
//
// It relies on the framework's internals in five places: which contexts the framework retains and which errors it gives
// about unknown list elements (framework.go), how it takes a stored state (stored_state.go), how it answers a read (read.go), and what it
// does around a plan and a validation (package direct). TestFrameworkVersion fails when the framework's version changes. The package knows no vendor, and of a link only what its resource offers.
package protoserver

import (
	"context"
	"os"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver/attributes"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// ShortcutsVariable is the environment variable that makes the framework answer every call, if it is "off".
const ShortcutsVariable = "PAYMENTLINKS_SHORTCUTS"

// frameworkServer is everything that the framework's protocol server implements. A wrapper that lacks one of these interfaces hides
// list resources or actions from the engine.
type frameworkServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

type server struct {
	frameworkServer
	provider  Provider
	shortcuts map[string]func() shortcut // by resource type, made when first used; empty if shortcuts are off
	validated *validated
	run       *run
	schemas   func() (*tfprotov6.GetProviderSchemaResponse, error) // the framework's, made once: that takes longer than most calls
}

// Provider is a provider whose links can be read without the framework.
type Provider interface {
	provider.Provider
	// ProviderData returns what Configure handed to resources; nil before that.
	ProviderData() any
	// Close records that the engine has ended the run in order.
	Close(ctx context.Context)
	// Orphaned records that the engine has gone.
	Orphaned(ctx context.Context)
}

// shortcut returns a resource type's shortcut, if it has one.
func (s server) shortcut(typeName string) (shortcut, bool) {
	if of, ok := s.shortcuts[typeName]; ok {
		return of(), true
	}
	return shortcut{}, false
}

// BeginRun forgets what was planned. An engine configures a provider again for each plan; this is for tests, which keep one.
func (s server) BeginRun() {
	if s.provider == nil {
		return
	}
	if data, ok := s.provider.ProviderData().(interface{ ForgetPlanned() }); ok {
		data.ForgetPlanned()
	}
}

// New returns a protocol 6 server of a provider. It reads links without the framework, if the provider is a Provider and
// ShortcutsVariable does not switch that off.
func New(p provider.Provider) tfprotov6.ProviderServer {
	inner := providerserver.NewProtocol6(p)()
	framework, ok := inner.(frameworkServer)
	if !ok {
		return inner
	}
	own, ok := p.(Provider)
	out := server{frameworkServer: framework, provider: own, shortcuts: map[string]func() shortcut{}, validated: &validated{}, run: &run{}}
	out.schemas = sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) {
		return framework.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	})
	if ok && os.Getenv(ShortcutsVariable) != "off" {
		for _, newResource := range own.Resources(context.Background()) {
			if of, ok := newResource().(resource); ok {
				out.shortcuts[of.TypeName()] = sync.OnceValue(func() shortcut { return shortcut{of, attributes.New(of.LinkSchema()), formOf(of.StateType())} })
			}
		}
	}
	return out
}

// hiding returns a context in whose requests no message and no log shows what the values of a call hold of sensitive attributes. They are
// looked for only if there is something to show.
func (s server) hiding(ctx context.Context, schemaOf func(*tfprotov6.GetProviderSchemaResponse) *tfprotov6.Schema, values ...*tfprotov6.DynamicValue) context.Context {
	return rest.WithSensitive(ctx, func() (texts []string) {
		all, err := s.schemas()
		if err != nil || schemaOf(all) == nil {
			return nil
		}
		schema := schemaOf(all)
		for _, value := range values {
			if value == nil {
				continue
			}
			if v, err := value.Unmarshal(schema.ValueType()); err == nil {
				texts = append(texts, sensitiveTexts(schema.Block.Attributes, v)...)
			}
		}
		return texts
	})
}

// GetProviderSchema is the framework's, asked once.
func (s server) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return s.schemas()
}

// StopProvider ends what is under way, with the framework and without it.
func (s server) StopProvider(ctx context.Context, req *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	s.run.stop()
	return s.frameworkServer.StopProvider(ctx, req)
}

// ValidateProviderConfig is the framework's, with visible messages.
func (s server) ValidateProviderConfig(ctx context.Context, req *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return withVisibleMessages(ctx, req, s.frameworkServer.ValidateProviderConfig, func(resp *tfprotov6.ValidateProviderConfigResponse) []*tfprotov6.Diagnostic { return resp.Diagnostics })
}

// ConfigureProvider is the framework's, with visible messages.
func (s server) ConfigureProvider(ctx context.Context, req *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return withVisibleMessages(ctx, req, s.frameworkServer.ConfigureProvider, func(resp *tfprotov6.ConfigureProviderResponse) []*tfprotov6.Diagnostic { return resp.Diagnostics })
}

// WithoutShortcuts returns the server of the same run whose every call the framework answers.
func (s server) WithoutShortcuts() tfprotov6.ProviderServer {
	s.shortcuts = nil
	return s
}

// ValidateResourceConfig answers about the same configuration once, and about one without fault without the framework.
func (s server) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	ctx, done := withRequestLifetime(ctx)
	defer done()
	of, ok := s.shortcut(req.TypeName)
	if !ok || req.Config == nil {
		return s.validateByFramework(ctx, req)
	}
	config := newValidatedConfig(s.provider.ProviderData(), req)
	if diags, ok := s.validated.lookUp(config); ok {
		return &tfprotov6.ValidateResourceConfigResponse{Diagnostics: diags}, nil
	}
	resp := &tfprotov6.ValidateResourceConfigResponse{}
	if !isFaultless(ctx, of, config, req.Config) {
		var err error
		if resp, err = s.validateByFramework(ctx, req); err != nil {
			return resp, err
		}
	}
	s.validated.add(config, resp.Diagnostics)
	return resp, nil
}

// validateByFramework removes errors about attributes of unknown list elements.
func (s server) validateByFramework(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	resp, err := s.frameworkServer.ValidateResourceConfig(ctx, req)
	if resp != nil {
		makeVisible(resp.Diagnostics)
	}
	if err != nil || len(resp.Diagnostics) == 0 || req.Config == nil {
		return resp, err
	}
	schema, err := s.schemas()
	if err != nil || schema.ResourceSchemas[req.TypeName] == nil {
		return resp, err
	}
	config, err := req.Config.Unmarshal(schema.ResourceSchemas[req.TypeName].ValueType())
	if err == nil {
		resp.Diagnostics = dropErrorsBelowUnknown(resp.Diagnostics, config)
	}
	return resp, err
}

// ValidateDataResourceConfig is the framework's, with visible messages.
func (s server) ValidateDataResourceConfig(ctx context.Context, req *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return withVisibleMessages(ctx, req, s.frameworkServer.ValidateDataResourceConfig, func(resp *tfprotov6.ValidateDataResourceConfigResponse) []*tfprotov6.Diagnostic {
		return resp.Diagnostics
	})
}

// ValidateListResourceConfig is the framework's, with visible messages.
func (s server) ValidateListResourceConfig(ctx context.Context, req *tfprotov6.ValidateListResourceConfigRequest) (*tfprotov6.ValidateListResourceConfigResponse, error) {
	return withVisibleMessages(ctx, req, s.frameworkServer.ValidateListResourceConfig, func(resp *tfprotov6.ValidateListResourceConfigResponse) []*tfprotov6.Diagnostic {
		return resp.Diagnostics
	})
}

// ValidateActionConfig is the framework's, with visible messages.
func (s server) ValidateActionConfig(ctx context.Context, req *tfprotov6.ValidateActionConfigRequest) (*tfprotov6.ValidateActionConfigResponse, error) {
	return withVisibleMessages(ctx, req, s.frameworkServer.ValidateActionConfig, func(resp *tfprotov6.ValidateActionConfigResponse) []*tfprotov6.Diagnostic { return resp.Diagnostics })
}

// UpgradeResourceState reads a state of the current version without the framework.
func (s server) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	if of, ok := s.shortcut(req.TypeName); ok {
		if resp := readState(of, req); resp != nil {
			return resp, nil
		}
	}
	return inOwnContext(ctx, req, s.frameworkServer.UpgradeResourceState)
}

// UpgradeResourceIdentity is the framework's, in a context of its own.
func (s server) UpgradeResourceIdentity(ctx context.Context, req *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return inOwnContext(ctx, req, s.frameworkServer.UpgradeResourceIdentity)
}

// ReadResource is one operation: its requests share one retry budget. Links are read without the framework.
func (s server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	ctx, done := withRequestLifetime(s.hiding(rest.WithRetryBudget(ctx), resourceSchema(req.TypeName), req.CurrentState))
	defer done()
	if of, ok := s.shortcut(req.TypeName); ok {
		if resp := readLink(ctx, of, s.provider.ProviderData(), req); resp != nil {
			makeVisible(resp.Diagnostics)
			return resp, nil
		}
	}
	return withVisibleMessages(ctx, req, s.frameworkServer.ReadResource, func(resp *tfprotov6.ReadResourceResponse) []*tfprotov6.Diagnostic { return resp.Diagnostics })
}

// PlanResourceChange plans links without the framework.
func (s server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	ctx = s.hiding(ctx, resourceSchema(req.TypeName), req.PriorState, req.ProposedNewState, req.Config)
	ctx, done := withRequestLifetime(ctx)
	defer done()
	if of, ok := s.shortcut(req.TypeName); ok && of.schema != nil {
		stoppable, over := s.run.stoppable(ctx)
		defer over()
		if resp := planLink(stoppable, of, s.provider.ProviderData(), req); resp != nil {
			makeVisible(resp.Diagnostics)
			return resp, nil
		}
	}
	return withVisibleMessages(ctx, req, s.frameworkServer.PlanResourceChange, func(resp *tfprotov6.PlanResourceChangeResponse) []*tfprotov6.Diagnostic { return resp.Diagnostics })
}

// ApplyResourceChange is one operation: its requests share one retry budget. Links are created and destroyed without the framework.
func (s server) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	s.run.changes.RLock()
	defer s.run.changes.RUnlock()
	ctx, done := withRequestLifetime(s.hiding(rest.WithRetryBudget(ctx), resourceSchema(req.TypeName), req.PriorState, req.PlannedState, req.Config))
	defer done()
	if of, ok := s.shortcut(req.TypeName); ok {
		stoppable, over := s.run.stoppable(ctx)
		defer over()
		if resp := applyLink(stoppable, of, s.provider.ProviderData(), req); resp != nil {
			makeVisible(resp.Diagnostics)
			return resp, nil
		}
	}
	return withVisibleMessages(ctx, req, s.frameworkServer.ApplyResourceChange, func(resp *tfprotov6.ApplyResourceChangeResponse) []*tfprotov6.Diagnostic { return resp.Diagnostics })
}

// ImportResourceState is the framework's, in a context of its own.
func (s server) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	ctx, done := withRequestLifetime(ctx)
	defer done()
	return withVisibleMessages(ctx, req, s.frameworkServer.ImportResourceState, func(resp *tfprotov6.ImportResourceStateResponse) []*tfprotov6.Diagnostic { return resp.Diagnostics })
}

// ReadDataSource is one operation: its requests share one retry budget.
func (s server) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	ctx = s.hiding(rest.WithRetryBudget(ctx), func(all *tfprotov6.GetProviderSchemaResponse) *tfprotov6.Schema {
		return all.DataSourceSchemas[req.TypeName]
	}, req.Config)
	ctx, done := withRequestLifetime(ctx)
	defer done()
	return withVisibleMessages(ctx, req, s.frameworkServer.ReadDataSource, func(resp *tfprotov6.ReadDataSourceResponse) []*tfprotov6.Diagnostic { return resp.Diagnostics })
}

// ListResource is one operation: its requests share one retry budget.
func (s server) ListResource(ctx context.Context, req *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	ctx = s.hiding(rest.WithRetryBudget(ctx), func(all *tfprotov6.GetProviderSchemaResponse) *tfprotov6.Schema {
		return all.ListResourceSchemas[req.TypeName]
	}, req.Config)
	stream, err := s.frameworkServer.ListResource(ctx, req)
	if stream != nil && stream.Results != nil {
		stream.Results = visibleResults(stream.Results)
	}
	return stream, err
}

// PlanAction is the framework's, with visible messages.
func (s server) PlanAction(ctx context.Context, req *tfprotov6.PlanActionRequest) (*tfprotov6.PlanActionResponse, error) {
	return withVisibleMessages(ctx, req, s.frameworkServer.PlanAction, func(resp *tfprotov6.PlanActionResponse) []*tfprotov6.Diagnostic { return resp.Diagnostics })
}

// InvokeAction is one operation: its requests share one retry budget.
func (s server) InvokeAction(ctx context.Context, req *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	stream, err := s.frameworkServer.InvokeAction(rest.WithRetryBudget(ctx), req)
	if stream != nil && stream.Events != nil {
		stream.Events = visibleEvents(stream.Events)
	}
	return stream, err
}
