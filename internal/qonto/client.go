// Package qonto is Qonto's payment links. Sections and rows in its comments are those of the vendor's contract.
package qonto

import (
	"context"
	"encoding/json"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
)

// Amount is money on the wire: both are strings (2.0).
type Amount struct {
	Value    string `json:"value"`
	Currency string `json:"currency"`
}

// Item is one line of a basket (2.0). VATRate is a percentage in this package, whatever the wire's unit is.
type Item struct {
	Title       string      `json:"title"`
	Quantity    json.Number `json:"quantity"`
	UnitPrice   Amount      `json:"unit_price"`
	VATRate     string      `json:"vat_rate"`
	Type        string      `json:"type,omitempty"`
	Description string      `json:"description,omitempty"`
	MeasureUnit string      `json:"measure_unit,omitempty"`
}

// Link is a payment link as Qonto answers it (2.0). What an answer leaves out or nulls is the zero value.
type Link struct {
	ID                      string   `json:"id"`
	Status                  string   `json:"status"`
	ExpirationDate          string   `json:"expiration_date"`
	PotentialPaymentMethods []string `json:"potential_payment_methods"`
	Amount                  Amount   `json:"amount"`
	ResourceType            string   `json:"resource_type"`
	Reusable                bool     `json:"reusable"`
	CreatedAt               string   `json:"created_at"`
	URL                     string   `json:"url"`
	Items                   []Item   `json:"items"`
	InvoiceID               string   `json:"invoice_id"`
	InvoiceNumber           string   `json:"invoice_number"`
	DebitorName             string   `json:"debitor_name"`
}

// answer is a link, bare or wrapped: get is documented bare, create and deactivate wrapped, and deployments differ (row 2).
type answer struct {
	Link
	Wrapped *Link `json:"payment_link"`
}

// basket and invoice are the two shapes of a create; the shape alone tells them apart (2.4).
type basket struct {
	Items                   []Item   `json:"items"`
	Reusable                bool     `json:"reusable"`
	PotentialPaymentMethods []string `json:"potential_payment_methods"`
}

type invoice struct {
	InvoiceID               string   `json:"invoice_id"`
	InvoiceNumber           string   `json:"invoice_number"`
	DebitorName             string   `json:"debitor_name"`
	Amount                  Amount   `json:"amount"`
	PotentialPaymentMethods []string `json:"potential_payment_methods"`
}

type createBody struct {
	PaymentLink any `json:"payment_link"`
}

// client is the configured account's calls.
type client struct {
	api      *rest.Client
	account  driver.Account
	fraction bool // the wire's vat_rate is a fraction (row 1)
}

var (
	_ driver.Client[model, Link]          = (*client)(nil)
	_ driver.Lister[Link]                 = (*client)(nil)
	_ driver.ClockSkewer                  = (*client)(nil)
	_ driver.Revoker                      = (*client)(nil)
	_ driver.CandidateLister[model, Link] = (*client)(nil)
	_ driver.Pager[Link]                  = (*client)(nil)
)

func (c *client) Account() driver.Account { return c.account }

// ClockSkew returns how far the vendor's clock is ahead of ours, at least.
func (c *client) ClockSkew() (time.Duration, bool) { return c.api.ClockSkew() }

// Create sends one POST. The idempotency key is sent although nothing promises that it works here (6.1).
func (c *client) Create(ctx context.Context, plan, _ *model, key string) (Link, error) {
	body, sensitive := plan.request(c.fraction)
	return c.one(ctx, rest.Request{
		Method:    http.MethodPost,
		Path:      []string{"v2", "payment_links"},
		Header:    http.Header{"X-Qonto-Idempotency-Key": {key}},
		Body:      createBody{PaymentLink: body},
		Sensitive: sensitive,
	})
}

func (c *client) Get(ctx context.Context, key driver.Key) (Link, error) {
	return c.one(ctx, rest.Request{Method: http.MethodGet, Path: []string{"v2", "payment_links", key.ID}})
}

// Revoke deactivates the link (2.7). A repetition does no harm: it is refused, and then the link is looked at. So it is
// when the answer shows a link that can still be paid: its status code alone would leave one behind in silence.
func (c *client) Revoke(ctx context.Context, key driver.Key) error {
	l, err := c.one(ctx, rest.Request{Method: http.MethodPatch, Path: []string{"v2", "payment_links", key.ID, "deactivate"}, Idempotent: true})
	if err == nil && (l.Status == statusOpen || l.Status == statusProcessing) {
		return &rest.Error{
			Method: http.MethodPatch, Path: "/v2/payment_links/" + key.ID + "/deactivate", Status: http.StatusOK,
			Message: "the answer shows the link as " + l.Status, Outcome: rest.Unknown,
		}
	}
	return err
}

// one makes a call that answers with one link.
func (c *client) one(ctx context.Context, call rest.Request) (Link, error) {
	var got answer
	call.Out = &got
	done, err := c.api.Do(ctx, call)
	if err != nil {
		return Link{}, err
	}
	found := got.Link
	if got.Wrapped != nil {
		found = *got.Wrapped
	}
	if found.ID == "" {
		return Link{}, &rest.Error{
			Method: call.Method, Path: "/v2/payment_links", Status: done.Status, RequestID: done.RequestID,
			Message: "the answer holds no payment link", Outcome: rest.Unknown,
		}
	}
	c.normalise(&found)
	return found, nil
}

// normalise turns the wire's unit of vat_rate into a percentage.
func (c *client) normalise(l *Link) {
	if !c.fraction {
		return
	}
	for i := range l.Items {
		l.Items[i].VATRate = shift(l.Items[i].VATRate, 2)
	}
}

// pageSize is the most that one page may hold (5).
const pageSize = 100

type listRest struct {
	Meta struct {
		CurrentPage int  `json:"current_page"`
		NextPage    int  `json:"next_page"` // null, absent and 0 all mean that there is none (5)
		TotalCount  *int `json:"total_count"`
	} `json:"meta"`
}

// turn tells where the page after this one begins, and how many elements there are in all. It goes on only to a later page
// (5).
func (r *listRest) turn(number int, next, total **int) {
	if r.Meta.NextPage > number {
		*next = &r.Meta.NextPage
	}
	*total = r.Meta.TotalCount
}

// List sends each filter as Qonto names it (2.5).
func (c *client) List(ctx context.Context, query driver.Query) iter.Seq2[Link, error] {
	filters := url.Values{}
	for name, wire := range map[string]string{"statuses": "status[]", "sort_by": "sort_by"} {
		if values := query.Filters[name]; len(values) > 0 {
			filters[wire] = values
		}
	}
	return paging.All(ctx, idOf, 1, c.pages(ctx, filters))
}

func idOf(l Link) string { return l.ID }

// PageAt is one page of all links.
func (c *client) PageAt(ctx context.Context, _, at string) (paging.Page[Link, string], error) {
	return paging.NumberedPage(at, 1, c.pages(ctx, nil))
}

// ListCandidates is the open links: whoever holds the address of a new one can be nobody (row 8).
func (c *client) ListCandidates(ctx context.Context, _ *model) iter.Seq2[Link, error] {
	return paging.SinglePass(ctx, idOf, 1, c.pages(ctx, url.Values{"status[]": {statusOpen}}))
}

// pages reads by number.
func (c *client) pages(ctx context.Context, filters url.Values) func(int) (paging.Page[Link, int], error) {
	return func(number int) (paging.Page[Link, int], error) {
		links, around, err := c.page(ctx, filters, number)
		out := paging.Page[Link, int]{Links: links}
		around.turn(number, &out.Next, &out.Total)
		return out, err
	}
}

// page reads one page, and what is said around it.
func (c *client) page(ctx context.Context, filters url.Values, number int) (links []Link, around listRest, err error) {
	query := url.Values{"page": {strconv.Itoa(number)}, "per_page": {strconv.Itoa(pageSize)}}
	maps.Copy(query, filters)
	links, err = rest.Collect[Link](ctx, c.api, rest.Request{
		Method: http.MethodGet,
		Path:   []string{"v2", "payment_links"},
		Query:  query,
		Out:    &around,
	}, "payment_links")
	for i := range links {
		c.normalise(&links[i])
	}
	return links, around, err
}
