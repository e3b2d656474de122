// Package gigs is Gigs' payment links (EBANX). Sections and rows in its comments are those of the vendor's contract;
// rows are of its section 7.
package gigs

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"maps"
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

// Link is a payment link as Gigs answers it (2.1). What an answer leaves out or nulls is the zero value (row 23).
type Link struct {
	ID          string `json:"id"`
	CanceledAt  string `json:"canceledAt"`
	CompletedAt string `json:"completedAt"`
	CreatedAt   string `json:"createdAt"`
	Ebanx       *Ebanx `json:"ebanx"`
	Invoice     string `json:"invoice"`
	PaymentURL  string `json:"paymentUrl"`
	Status      string `json:"status"`
	Type        string `json:"type"`

	// Project is that of the request: no answer names it.
	Project string `json:"-"`
}

// Ebanx is what an answer holds of a link's EBANX part; the payer is never returned (row 6).
type Ebanx struct {
	RedirectURL string `json:"redirectUrl"`
}

// createBody is the body of a create (2.4).
type createBody struct {
	Invoice string      `json:"invoice"`
	Type    string      `json:"type"`
	Ebanx   createEbanx `json:"ebanx"`
}

// createEbanx leaves an unset redirectUrl out: the request's type is not nullable (row 4).
type createEbanx struct {
	User        User   `json:"user"`
	RedirectURL string `json:"redirectUrl,omitempty"`
}

// User is the payer, sent exactly as written (row 3).
type User struct {
	FullName  string `json:"fullName"`
	Email     string `json:"email"`
	TaxNumber string `json:"taxNumber"`
}

// client is the configured account's calls.
type client struct {
	api     *rest.Client
	account driver.Account
	scope   string // the provider's project
	keyed   bool   // creates carry an Idempotency-Key (row 13)
}

var (
	_ driver.Client[model, Link]          = (*client)(nil)
	_ driver.Lister[Link]                 = (*client)(nil)
	_ driver.ClockSkewer                  = (*client)(nil)
	_ driver.Scoped                       = (*client)(nil)
	_ driver.Idempotent                   = (*client)(nil)
	_ driver.CandidateLister[model, Link] = (*client)(nil)
	_ driver.Pager[Link]                  = (*client)(nil)
)

func (c *client) Account() driver.Account { return c.account }

// ClockSkew returns how far the vendor's clock is ahead of ours, at least.
func (c *client) ClockSkew() (time.Duration, bool) { return c.api.ClockSkew() }

// DefaultScope returns the provider's project.
func (c *client) DefaultScope() string { return c.scope }

// UsesIdempotencyKey: so it is unless the user switched the keys off.
func (c *client) UsesIdempotencyKey() bool { return c.keyed }

// keyHint tells of the switch where a create with a key was refused: an older text of the vendor's lets such requests
// fail in projects that were not admitted to idempotency (5).
const keyHint = "The request carried an Idempotency-Key, which Gigs may refuse in projects that are not admitted to that feature. " +
	"If the refusal is about the key, set `idempotency_keys = false` in the provider's `gigs` object."

// Create sends one POST. With a key it may be sent again as it is: Gigs answers the repetition of a success with that
// success, for 24 hours (5). The key is new for each create (row 14). After a 5xx it is not sent again here: a failure is
// not remembered, so that the first request has to be looked for.
func (c *client) Create(ctx context.Context, plan, config *model, key string) (Link, error) {
	body, sensitive := plan.request(config)
	call := rest.Request{Method: http.MethodPost, Path: linksOf(c.project(plan.Project.ValueString())), Body: body, Sensitive: sensitive}
	if c.keyed {
		call.Header = http.Header{"Idempotency-Key": {key}}
		call.HasIdempotencyKey = true
	}
	l, err := c.one(ctx, call)
	if failed, ok := rest.AsError(err); ok && c.keyed && aboutKeys(failed) {
		failed.AddHint(keyHint)
	}
	return l, err
}

// aboutKeys: which 4xx it is that a project without idempotency answers is not documented. A refusal that names another
// field, the credentials, the address or the rate (2.5) it is not.
func aboutKeys(failed *rest.Error) bool {
	switch failed.Status {
	case http.StatusUnauthorized, http.StatusNotFound, http.StatusTooManyRequests:
		return false
	}
	named := slices.ContainsFunc(failed.Fields, func(f rest.Field) bool { return f.Pointer != "" })
	return failed.Status >= 400 && failed.Status < 500 && !named
}

func (c *client) Get(ctx context.Context, key driver.Key) (Link, error) {
	return c.one(ctx, rest.Request{Method: http.MethodGet, Path: linksOf(c.project(key.Scope), key.ID)})
}

// answer is one link. What holds none is no answer, though it be JSON (row 2): a create with a key is then repeated.
type answer struct{ link Link }

func (a *answer) UnmarshalJSON(data []byte) error {
	if err := json.Unmarshal(data, &a.link); err != nil {
		return err
	}
	if a.link.ID == "" {
		return errors.New("it holds no payment link")
	}
	return nil
}

// one makes a call that answers with one link.
func (c *client) one(ctx context.Context, call rest.Request) (Link, error) {
	var found answer
	call.Out = &found
	if _, err := c.api.Do(ctx, call); err != nil {
		return Link{}, err
	}
	found.link.Project = call.Path[1]
	return found.link, nil
}

// project is a link's own, else the provider's.
func (c *client) project(own string) string {
	if own != "" {
		return own
	}
	return c.scope
}

func linksOf(project string, more ...string) []string {
	return append([]string{"projects", project, "paymentLinks"}, more...)
}

// pageSize is the most that one page may hold (4).
const pageSize = 200

type listRest struct {
	MoreItemsAfter string `json:"moreItemsAfter"` // null for the last page
}

// List sends several statuses as one text (2.3).
func (c *client) List(ctx context.Context, query driver.Query) iter.Seq2[Link, error] {
	filters := url.Values{}
	for name, wire := range map[string]string{"invoice": "invoice", "statuses": "status"} {
		if values := query.Filters[name]; len(values) > 0 { // an empty parameter is an error (row 24)
			filters.Set(wire, strings.Join(values, ","))
		}
	}
	return c.search(ctx, c.project(query.Scope), filters)
}

// ListCandidates is the invoice's links.
func (c *client) ListCandidates(ctx context.Context, plan *model) iter.Seq2[Link, error] {
	return c.List(ctx, driver.Query{Scope: plan.Project.ValueString(), Filters: map[string][]string{"invoice": {plan.Invoice.ValueString()}}})
}

// search walks the links of a project that fit the filters (2.3). It follows the cursor to its end, one way only (4), and
// never relies on an order (row 18).
func (c *client) search(ctx context.Context, project string, filters url.Values) iter.Seq2[Link, error] {
	return paging.All(ctx, func(l Link) string { return l.ID }, "", c.pages(ctx, project, filters))
}

// PageAt is one page of a project's links.
func (c *client) PageAt(ctx context.Context, scope, at string) (paging.Page[Link, string], error) {
	return c.pages(ctx, c.project(scope), nil)(at)
}

// pages reads by cursor.
func (c *client) pages(ctx context.Context, project string, filters url.Values) func(string) (paging.Page[Link, string], error) {
	return func(after string) (paging.Page[Link, string], error) {
		links, next, err := c.page(ctx, project, filters, after)
		page := paging.Page[Link, string]{Links: links}
		if next != "" {
			page.Next = &next
		}
		return page, err
	}
}

// page reads one page, and the cursor of the next; "" for the last.
func (c *client) page(ctx context.Context, project string, filters url.Values, after string) (links []Link, next string, err error) {
	query := url.Values{"limit": {strconv.Itoa(pageSize)}}
	maps.Copy(query, filters)
	if after != "" { // an empty parameter is an error (row 24)
		query.Set("after", after)
	}
	var around listRest
	links, err = rest.Collect[Link](ctx, c.api, rest.Request{Method: http.MethodGet, Path: linksOf(project), Query: query, Out: &around}, "items")
	for i := range links {
		links[i].Project = project
	}
	return links, around.MoreItemsAfter, err
}
