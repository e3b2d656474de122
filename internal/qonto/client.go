// Package qonto is Qonto's payment links. Sections and rows in its comments are those of the vendor's contract.
package qonto

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"net/url"
	"strconv"

	"github.com/hashicorp/go-uuid"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
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
	account  link.Account
	fraction bool // the wire's vat_rate is a fraction (row 1)
}

var (
	_ link.Client[model, Link] = (*client)(nil)
	_ link.Revoker             = (*client)(nil)
)

func (c *client) Account() link.Account { return c.account }

// Create sends one POST. The idempotency key is sent although nothing promises that it works here (6.1).
func (c *client) Create(ctx context.Context, plan, _ *model) (Link, error) {
	body, sensitive := plan.request(c.fraction)
	key, err := uuid.GenerateUUID()
	if err != nil {
		return Link{}, err
	}
	return c.one(ctx, rest.Call{
		Method:    http.MethodPost,
		Path:      []string{"v2", "payment_links"},
		Header:    http.Header{"X-Qonto-Idempotency-Key": {key}},
		Body:      createBody{PaymentLink: body},
		Sensitive: sensitive,
	})
}

func (c *client) Get(ctx context.Context, key link.Key) (Link, error) {
	return c.one(ctx, rest.Call{Method: http.MethodGet, Path: []string{"v2", "payment_links", key.ID}})
}

// Revoke deactivates the link (2.7). A repetition does no harm: it is refused, and then the link is looked at. So it is
// when the answer shows a link that can still be paid: its status code alone would leave one behind in silence.
func (c *client) Revoke(ctx context.Context, key link.Key) error {
	l, err := c.one(ctx, rest.Call{Method: http.MethodPatch, Path: []string{"v2", "payment_links", key.ID, "deactivate"}, Repeatable: true})
	if err == nil && (l.Status == statusOpen || l.Status == statusProcessing) {
		return &rest.Error{
			Method: http.MethodPatch, Path: "/v2/payment_links/" + key.ID + "/deactivate", Status: http.StatusOK,
			Message: "the answer shows the link as " + l.Status, Outcome: rest.Unknown,
		}
	}
	return err
}

// one makes a call that answers with one link.
func (c *client) one(ctx context.Context, call rest.Call) (Link, error) {
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
		CurrentPage int `json:"current_page"`
		NextPage    int `json:"next_page"` // null, absent and 0 all mean that there is none (5)
	} `json:"meta"`
}

func (c *client) List(ctx context.Context, _ string) iter.Seq2[Link, error] {
	return func(yield func(Link, error) bool) {
		for page := 1; page > 0; {
			links, next, err := c.page(ctx, page)
			for _, l := range links {
				if !yield(l, nil) {
					return
				}
			}
			if err != nil {
				yield(Link{}, err)
				return
			}
			if next <= page {
				return
			}
			page = next
		}
	}
}

// page reads one page, and the number of the next; 0 for the last.
func (c *client) page(ctx context.Context, number int) (links []Link, next int, err error) {
	var around listRest
	_, err = c.api.Elements(ctx, rest.Call{
		Method: http.MethodGet,
		Path:   []string{"v2", "payment_links"},
		Query:  url.Values{"page": {strconv.Itoa(number)}, "per_page": {strconv.Itoa(pageSize)}},
		Out:    &around,
	}, "payment_links", func(raw json.RawMessage) error {
		var l Link
		if err := json.Unmarshal(raw, &l); err != nil {
			return err
		}
		c.normalise(&l)
		links = append(links, l)
		return nil
	})
	return links, around.Meta.NextPage, err
}
