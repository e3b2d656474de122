// Package conomy is Conomy's payment links. Sections and rows in its comments are those of the vendor's contract.
package conomy

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
)

// client is the configured account's calls.
type client struct {
	api     *rest.Client
	account driver.Account
}

var (
	_ driver.Client[model, Link]          = (*client)(nil)
	_ driver.Lister[Link]                 = (*client)(nil)
	_ driver.ClockSkewer                  = (*client)(nil)
	_ driver.Revoker                      = (*client)(nil)
	_ driver.Activator[Link]              = (*client)(nil)
	_ driver.CandidateLister[model, Link] = (*client)(nil)
	_ driver.Pager[Link]                  = (*client)(nil)
	_ driver.Batcher[Link]                = (*client)(nil)
)

func (c *client) Account() driver.Account { return c.account }

// ClockSkew returns how far the vendor's clock is ahead of ours, at least.
func (c *client) ClockSkew() (time.Duration, bool) { return c.api.ClockSkew() }

// Create sends one POST (2.2). No idempotency key is documented (6); the checkout token is what must be unique.
func (c *client) Create(ctx context.Context, plan, _ *model, _ string) (Link, error) {
	body := plan.request()
	created, err := c.one(ctx, rest.Request{Method: http.MethodPost, Path: []string{"payment-links"}, Body: body, Sensitive: body.Customer.texts()})
	if err != nil {
		c.nameHolder(ctx, body, err)
	}
	return created, err
}

func (c *client) Get(ctx context.Context, key driver.Key) (Link, error) {
	return c.one(ctx, rest.Request{Method: http.MethodGet, Path: []string{"payment-links", key.ID}})
}

// Revoke deletes the link, which Conomy does for ATTEMPT and EXPIRED only (2). A repetition finds nothing and does no harm.
func (c *client) Revoke(ctx context.Context, key driver.Key) error {
	_, err := c.api.Do(ctx, rest.Request{Method: http.MethodDelete, Path: []string{"payment-links", key.ID}, Idempotent: true})
	return err
}

// Activate opens a link for payers. Refused or without an answer, it is the link that tells whether it is active (row 2).
func (c *client) Activate(ctx context.Context, key driver.Key) (Link, error) {
	got, err := c.one(ctx, rest.Request{Method: http.MethodPost, Path: []string{"payment-links", key.ID, "activate"}})
	failed, ok := rest.AsError(err)
	if !ok || failed.Outcome != rest.Unknown && !refusedForState(failed.Status) {
		return got, err
	}
	held, lookErr := c.Get(ctx, key)
	switch {
	case lookErr != nil:
		return Link{}, err
	case activated(held.Status):
		return held, nil
	}
	failed.AddHint("The link is " + held.Status + ".")
	return Link{}, err
}

// refusedForState: which status refuses a call because of the link's state is not documented (rows 2 and 4).
func refusedForState(status int) bool {
	return status == http.StatusBadRequest || status == http.StatusConflict || status == http.StatusUnprocessableEntity
}

// one makes a call that answers with one link.
func (c *client) one(ctx context.Context, call rest.Request) (Link, error) {
	var got Link
	call.Out = &got
	done, err := c.api.Do(ctx, call)
	if err != nil {
		return Link{}, err
	}
	if got.ID == "" {
		return Link{}, &rest.Error{
			Method: call.Method, Path: "/payment-links", Status: done.Status, RequestID: done.RequestID,
			Message: "the answer holds no payment link", Outcome: rest.Unknown,
		}
	}
	return got, nil
}

// maxIDs is how many ids one call asks for: as many as a page holds (5, row 21).
const maxIDs = pageSize

// List sends several values of a filter as one text (2.1), and many ids in batches.
func (c *client) List(ctx context.Context, query driver.Query) iter.Seq2[Link, error] {
	filters := url.Values{}
	for name, wire := range map[string]string{
		"statuses": "status", "destination_account_numbers": "destination.accountNumber", "customer_emails": "customer.email", "owner_identity_ids": "owner.identityId",
	} {
		if values := query.Filters[name]; len(values) > 0 {
			filters.Set(wire, strings.Join(values, ","))
		}
	}
	ids := query.Filters["ids"]
	if len(ids) == 0 {
		return paging.All(ctx, idOf, 0, c.pages(ctx, filters))
	}
	return func(yield func(Link, error) bool) {
		for batch := range slices.Chunk(ids, maxIDs) {
			filters.Set("id", strings.Join(batch, ","))
			for l, err := range paging.All(ctx, idOf, 0, c.pages(ctx, filters)) {
				if !yield(l, err) || err != nil {
					return
				}
			}
		}
	}
}

func idOf(l Link) string { return l.ID }

// PageAt is one page of all links.
func (c *client) PageAt(ctx context.Context, _, at string) (paging.Page[Link, string], error) {
	return paging.NumberedPage(at, 0, c.pages(ctx, nil))
}

// Batch is one page of those links (2.1).
func (c *client) Batch(ctx context.Context, _ string, ids []string) ([]Link, error) {
	links, _, err := c.page(ctx, url.Values{"id": {strings.Join(ids, ",")}}, 0)
	return links, err
}

// MaxBatch is as many as one call asks for.
func (c *client) MaxBatch() int { return maxIDs }

// ListCandidates is the owner's links (row 9).
func (c *client) ListCandidates(ctx context.Context, plan *model) iter.Seq2[Link, error] {
	return c.search(ctx, url.Values{"owner.identityId": {plan.request().Owner.IdentityID}})
}

// search walks the links that fit the filters once.
func (c *client) search(ctx context.Context, filters url.Values) iter.Seq2[Link, error] {
	return paging.SinglePass(ctx, idOf, 0, c.pages(ctx, filters))
}

// pageSize is the most that one page may hold (2.1).
const pageSize = 50

// pages reads by offset and believes only `total` and what a page holds: `next` and `count` are documented in two ways (5).
func (c *client) pages(ctx context.Context, filters url.Values) func(int) (paging.Page[Link, int], error) {
	return func(offset int) (paging.Page[Link, int], error) {
		links, total, err := c.page(ctx, filters, offset)
		page := paging.Page[Link, int]{Links: links, Total: total}
		if after := offset + len(links); len(links) > 0 && (total == nil || after < *total) {
			page.Next = &after
		}
		return page, err
	}
}

// page reads one page, and how many links there are in all; nil where the answer does not say.
func (c *client) page(ctx context.Context, filters url.Values, offset int) (links []Link, total *int, err error) {
	query := url.Values{"limit": {strconv.Itoa(pageSize)}, "offset": {strconv.Itoa(offset)}}
	for name, values := range filters {
		query[name] = values
	}
	var around struct {
		Pagination struct {
			Total *int `json:"total"`
		} `json:"pagination"`
	}
	links, err = rest.Collect[Link](ctx, c.api,
		rest.Request{Method: http.MethodGet, Path: []string{"payment-links"}, Query: query, Out: &around, Sensitive: payers(filters)}, "results")
	return links, around.Pagination.Total, err
}

// payers are the filter's values that are a payer's data: a refusal may repeat them.
func payers(filters url.Values) []string {
	emails := filters.Get("customer.email")
	if emails == "" {
		return nil
	}
	return append(strings.Split(emails, ","), emails)
}
