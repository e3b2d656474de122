package abacus

import (
	"context"
	"net/http"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// client makes the calls of the configured account. Abacus has neither a list nor a call that ends a link (contract 2.4).
type client struct{ driver.Base }

var (
	_ driver.Client[model, Link] = (*client)(nil)
	_ driver.Idempotent          = (*client)(nil)
	_ driver.ClockSkewer         = (*client)(nil)
)

// collection is the path of all links (contract 2.2).
const collection = "paylinks"

// UsesIdempotencyKey reports that every create carries its key (contract 6.1).
func (c *client) UsesIdempotencyKey() bool { return true }

// Create sends one POST. Under its key it may be sent again as it is (contract 6.1).
func (c *client) Create(ctx context.Context, plan, _ *model, key string) (Link, error) {
	return c.requestLink(ctx, rest.Request{
		Method: http.MethodPost, Path: []string{collection}, Body: plan.request(),
		Header: http.Header{"X-Abacus-Once": {key}}, HasIdempotencyKey: true,
	})
}

// Get reads one link.
func (c *client) Get(ctx context.Context, key driver.Key) (Link, error) {
	return c.requestLink(ctx, rest.Request{Method: http.MethodGet, Path: []string{collection, key.ID}})
}

func (c *client) requestLink(ctx context.Context, request rest.Request) (Link, error) {
	answer, err := driver.RequestLink(ctx, c.API, request, "/"+collection, answer.id)
	return answer.Paylink, err
}
