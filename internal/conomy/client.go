package conomy

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
)

type client struct{ driver.Base }

var (
	_ driver.Client[model, Link]          = (*client)(nil)
	_ driver.Lister[Link]                 = (*client)(nil)
	_ driver.Pager[Link]                  = (*client)(nil)
	_ driver.Batcher[Link]                = (*client)(nil)
	_ driver.CandidateLister[model, Link] = (*client)(nil)
	_ driver.Revoker[Link]                = (*client)(nil)
	_ driver.Activator[Link]              = (*client)(nil)
	_ driver.ClockSkewer                  = (*client)(nil)
)

// linksPath returns the path of the links, or of what is below it.
func linksPath(below ...string) []string { return append([]string{"payment-links"}, below...) }

// Create sends one POST (contract 2.2). No idempotency key is documented (contract 6.5); the checkout token is what
// must be unique.
func (c *client) Create(ctx context.Context, plan, _ *model, _ string) (Link, error) {
	body := plan.request()
	created, err := c.requestLink(ctx, rest.Request{Method: http.MethodPost, Path: linksPath(), Body: body, ConflictCodes: tokenTaken})
	if err != nil {
		err = c.withTokenHolder(ctx, body, err)
	}
	return created, err
}

func (c *client) Get(ctx context.Context, key driver.Key) (Link, error) {
	return c.requestLink(ctx, rest.Request{Method: http.MethodGet, Path: linksPath(key.ID)})
}

// Revoke deletes the link, which Conomy does for ATTEMPT and EXPIRED only (contract 3.2). A repetition finds nothing and
// does no harm.
func (c *client) Revoke(ctx context.Context, key driver.Key) (*Link, error) {
	return nil, driver.RequestNoContent(ctx, c.API, rest.Request{Method: http.MethodDelete, Path: linksPath(key.ID), Idempotent: true, Observable: true})
}

// Activate opens a link for payers. Refused or without an answer, it is the link that tells whether it is active (contract 8.2).
func (c *client) Activate(ctx context.Context, key driver.Key) (Link, error) {
	got, err := c.requestLink(ctx, rest.Request{Method: http.MethodPost, Path: linksPath(key.ID, "activate")})
	failed, ok := rest.AsError(err)
	if !ok || failed.Outcome != rest.Unknown && !mayBeStateRefusal(failed.Status) {
		return got, err
	}
	held, lookErr := c.Get(ctx, key)
	switch {
	case lookErr != nil:
		return Link{}, err
	case isActivated(held.Status):
		return held, nil
	}
	failed.AddHint("The link is " + held.Status + ".")
	return Link{}, err
}

// mayBeStateRefusal reports whether a call may have been refused because of the link's state. Which status does so is not
// documented (contract 8.2 and 8.4).
func mayBeStateRefusal(status int) bool {
	return status == http.StatusBadRequest || status == http.StatusConflict || status == http.StatusUnprocessableEntity
}

func idOf(l Link) string { return driver.IDOf(l.ID, nil) }

// requestLink sends a request that is answered with one link.
func (c *client) requestLink(ctx context.Context, request rest.Request) (Link, error) {
	return driver.RequestLink(ctx, c.API, request, "/payment-links", idOf)
}

// maxIDs is how many ids one call asks for: as many as a page holds (contract 5.3, 8.21).
const maxIDs = pageSize

// List sends several values of a filter as one text (contract 2.1), and many ids in batches.
func (c *client) List(ctx context.Context, query driver.Query) iter.Seq2[Link, error] {
	parameters := query.Parameters(filters, ",")
	ids := query.Filters[idsFilter]
	if len(ids) == 0 {
		return paging.All(ctx, idOf, 0, c.pages(parameters))
	}
	return func(yield func(Link, error) bool) {
		for batch := range slices.Chunk(ids, maxIDs) {
			parameters.Set(idParameter, strings.Join(batch, ","))
			for l, err := range paging.All(ctx, idOf, 0, c.pages(parameters)) {
				if !yield(l, err) || err != nil {
					return
				}
			}
		}
	}
}

func (c *client) PageAt(ctx context.Context, _, at string, each func(string, func() Link)) (paging.Page[Link, string], error) {
	return paging.NumberedPage(ctx, at, 0, c.pages(nil), idOf, each)
}

// Batch reads one page of those links (contract 2.1).
func (c *client) Batch(ctx context.Context, _ string, ids []string) ([]Link, error) {
	page, err := c.pages(url.Values{idParameter: {strings.Join(ids, ",")}})(ctx, 0)
	return page.Links, err
}

// MaxBatch returns as many as one call asks for.
func (c *client) MaxBatch() int { return maxIDs }

// ListCandidates lists the owner's links (contract 8.9).
func (c *client) ListCandidates(ctx context.Context, plan *model) iter.Seq2[Link, error] {
	return c.ownerLinks(ctx, plan.request().Owner)
}

// ownerLinks walks an owner's links once.
func (c *client) ownerLinks(ctx context.Context, owner Owner) iter.Seq2[Link, error] {
	return paging.SinglePass(ctx, idOf, 0, c.pages(url.Values{ownerParameter: {owner.IdentityID}}))
}

// pageSize is the most that one page may hold (contract 2.1).
const pageSize = 50

// pages reads by offset and believes only `total` and what a page holds: `next` and `count` are documented in two ways
// (contract 5.2).
func (c *client) pages(parameters url.Values) func(context.Context, int) (paging.Page[Link, int], error) {
	return func(ctx context.Context, offset int) (paging.Page[Link, int], error) {
		query := url.Values{"limit": {strconv.Itoa(pageSize)}, "offset": {strconv.Itoa(offset)}}
		maps.Copy(query, parameters)
		var list listMeta
		links, err := rest.Collect[Link](ctx, c.API,
			rest.Request{Method: http.MethodGet, Path: linksPath(), Query: query, Out: &list}, "results")
		total := list.Pagination.Total
		page := paging.Page[Link, int]{Links: links, Total: total}
		if after := offset + len(links); len(links) > 0 && (total == nil || after < *total) {
			page.Next = &after
			if total != nil {
				page.Following = paging.Following(after, len(links), *total)
			}
		}
		return page, err
	}
}

// tokenTaken is the code and the type of the 409 that says that the checkout token belongs to another link (contract 6.2).
var tokenTaken = []string{"13", "alreadyExist"}

// withTokenHolder adds to a refused create (409, contract 8.7) which link holds the checkout token and how to take that one over.
// Nothing is adopted: a link with the same token may have another content.
func (c *client) withTokenHolder(ctx context.Context, body LinkFields, refusal error) error {
	failed, ok := rest.AsError(refusal)
	if !ok || failed.Status != http.StatusConflict || failed.Outcome != rest.NotApplied {
		return refusal
	}
	for held, err := range c.ownerLinks(ctx, body.Owner) {
		if err != nil {
			failed.AddHint("The search for the link that uses this checkout_token failed too: " + err.Error() + ".")
			return refusal
		}
		if held.CheckoutToken == body.CheckoutToken {
			failed.AddHint(fmt.Sprintf("checkout_token %q is already used by link %s (%s), status %s. "+
				"If this apply deletes that link, because its block was renamed or its `for_each` key has changed, apply again, or keep the link with a `moved` block. "+
				"If the new link replaces it with create_before_destroy, set a new checkout_token. Otherwise set another checkout_token, or import that link:\n\n%s\n",
				held.CheckoutToken, idOf(held), driver.URLOf(held.URL), redact.StripControl(held.Status), driver.ImportBlock("conomy", idOf(held))))
			return &driver.TakenError{Holder: driver.Key{ID: idOf(held)}, Refusal: refusal}
		}
	}
	failed.AddHint("No link of this owner uses that checkout_token, so another owner may be using it. Set a different checkout_token.")
	return &driver.TakenError{Refusal: refusal}
}
