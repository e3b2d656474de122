package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// What Terraform asks for in one request is one operation, however many calls it takes: they share one `retry_budget`.

func (s server) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	ctx, done := lend(rest.WithRetryBudget(ctx))
	defer done()
	return s.framework.ApplyResourceChange(ctx, req)
}

func (s server) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	ctx, done := lend(rest.WithRetryBudget(ctx))
	defer done()
	return s.framework.ReadDataSource(ctx, req)
}

func (s server) ListResource(ctx context.Context, req *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	return s.framework.ListResource(rest.WithRetryBudget(ctx), req)
}

func (s server) InvokeAction(ctx context.Context, req *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	return s.framework.InvokeAction(rest.WithRetryBudget(ctx), req)
}
