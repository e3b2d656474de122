package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/vendors"
)

// nullVariable, if set, has the program in the provider's place do nothing: what an engine takes then is its own, with this schema and
// this state.
const nullVariable = "PAYMENTLINKS_BENCH_NULL"

// nullProvider has the provider's schema, and agrees to everything at once.
type nullProvider struct{ tfprotov6.ProviderServer }

func serveNull() error {
	schemas := protoserver.New(vendors.Provider("bench"))
	return tf6server.Serve("registry.terraform.io/paymentlinks/paymentlinks", func() tfprotov6.ProviderServer { return nullProvider{schemas} })
}

// GetResourceIdentitySchemas offers none: an identity would have to be made.
func (nullProvider) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{}, nil
}

func (nullProvider) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

func (nullProvider) ValidateResourceConfig(context.Context, *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return &tfprotov6.ValidateResourceConfigResponse{}, nil
}

func (nullProvider) UpgradeResourceState(_ context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &tfprotov6.DynamicValue{JSON: req.RawState.JSON}}, nil
}

func (nullProvider) ReadResource(_ context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private}, nil
}

func (nullProvider) PlanResourceChange(_ context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return &tfprotov6.PlanResourceChangeResponse{PlannedState: req.ProposedNewState, PlannedPrivate: req.PriorPrivate}, nil
}

func (nullProvider) ApplyResourceChange(_ context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return &tfprotov6.ApplyResourceChangeResponse{NewState: req.PlannedState, Private: req.PlannedPrivate}, nil
}

// measureNull is measure with the provider that does nothing, after which the state is what it was.
func (f *fixture) measureNull(ctx context.Context, args ...string) (c cost, err error) {
	w := *f.Workspace
	w.Env = append(append([]string{}, w.Env...), nullVariable+"=1")
	return keepingState(&w, func() (cost, error) {
		c, err := f.bench.timed(ctx, &w, args...)
		if err == nil {
			c.usage, err = readUsage(f.bench.env[recordVariable])
		}
		return c, err
	})
}

// keepingState runs an engine, and puts the state back.
func keepingState(w *workspace.Workspace, run func() (cost, error)) (c cost, err error) {
	file := filepath.Join(w.Dir, "terraform.tfstate")
	before, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return c, err
	}
	c, err = run()
	if before == nil {
		return c, errors.Join(err, os.RemoveAll(file))
	}
	return c, errors.Join(err, os.WriteFile(file, before, 0o600))
}
