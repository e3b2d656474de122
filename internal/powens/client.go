package powens

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"net/http"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"
)

type client struct{ driver.Base }

var (
	_ driver.Client[model, Link] = (*client)(nil)
	_ driver.Lister[Link]        = (*client)(nil)
	_ driver.Pager[Link]         = (*client)(nil)
	_ driver.Revoker[Link]       = (*client)(nil)
	_ driver.ClockSkewer         = (*client)(nil)
)

// linksPath returns the path of the links, or of one of them.
func linksPath(id ...string) []string { return append([]string{"api", "payment-links"}, id...) }

// Create sends one POST. There is no idempotency key (contract 6.1).
func (c *client) Create(ctx context.Context, plan, _ *model, _ string) (Link, error) {
	return c.requestLink(ctx, rest.Request{Method: http.MethodPost, Path: linksPath(), Body: plan.request()})
}

func (c *client) Get(ctx context.Context, key driver.Key) (Link, error) {
	return c.requestLink(ctx, rest.Request{Method: http.MethodGet, Path: linksPath(key.ID)})
}

// Revoke ends the link (contract 2.1). A repetition does no harm: it is a 404, as for a link that is gone (contract 8.5).
func (c *client) Revoke(ctx context.Context, key driver.Key) (*Link, error) {
	return nil, driver.RequestNoContent(ctx, c.API, rest.Request{Method: http.MethodPost, Path: linksPath(key.ID), Suffix: ":revoke", Idempotent: true, Observable: true})
}

// requestLink sends a request that is answered with one link.
func (c *client) requestLink(ctx context.Context, request rest.Request) (Link, error) {
	return driver.RequestLink(ctx, c.API, request, "/api/payment-links", func(l Link) string { return idOf(l.ID) })
}

func idOf(id string) string { return driver.IDOf(id, driver.ValidateUUID) }

// List hands on each link as it comes.
func (c *client) List(ctx context.Context, _ driver.Query) iter.Seq2[Link, error] {
	return elements[Link](ctx, c)
}

// elements reads one bare array, without pages (contract 2.1). What stands around it (contract 8.40) must not lead on: a part of the list is
// not the list.
func elements[T any](ctx context.Context, c *client) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var around listMeta
		for element, err := range rest.Elements[T](ctx, c.API, rest.Request{Method: http.MethodGet, Path: linksPath(), Out: &around}, "") {
			if !yield(element, err) || err != nil {
				return
			}
		}
		if next := around.Links.Next; next != nil && next != "" {
			var none T
			yield(none, errors.New("the list of payment links has more pages, and Powens does not document how to read them"))
		}
	}
}

// PageAt reads the whole list: it has no pages. A link is kept as its text, a third of its size, and of most only the id is read.
func (c *client) PageAt(ctx context.Context, _, _ string, each func(string, func() Link)) (page paging.Page[Link, string], err error) {
	for text, err := range elements[json.RawMessage](ctx, c) {
		if err != nil {
			return page, err
		}
		each(idOf(decode[struct {
			lenient.Unread
			ID string `json:"id"`
		}](text).ID), func() Link { return decode[Link](text) })
	}
	return page, nil
}

// decode reads one element; what is none of these is left out, and says so.
func decode[T any](text json.RawMessage) (out T) {
	_ = lenient.Unmarshal(text, &out) // it is JSON
	return out
}
