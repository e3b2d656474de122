package gigs

import (
	"cmp"
	"context"
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
)

type client struct {
	driver.Base
	project             string // the provider's
	usesIdempotencyKeys bool   // creates carry an Idempotency-Key (contract 8.13)
}

var (
	_ driver.Client[model, Link]          = (*client)(nil)
	_ driver.Lister[Link]                 = (*client)(nil)
	_ driver.Pager[Link]                  = (*client)(nil)
	_ driver.CandidateLister[model, Link] = (*client)(nil)
	_ driver.Idempotent                   = (*client)(nil)
	_ driver.Scoped                       = (*client)(nil)
	_ driver.ClockSkewer                  = (*client)(nil)
)

func (c *client) DefaultScope() string { return c.project }

// UsesIdempotencyKey reports whether creates carry their key: unless the user switched the keys off, they do.
func (c *client) UsesIdempotencyKey() bool { return c.usesIdempotencyKeys }

// linksPath returns the path of a project's links, or of one link. Without a project it is the provider's.
func (c *client) linksPath(project string, id ...string) []string {
	return append([]string{"projects", cmp.Or(project, c.project), "paymentLinks"}, id...)
}

// Create sends one POST. With a key it may be sent again as it is: Gigs answers the repetition of a success with that
// success, for 24 hours (contract 6.6). The key is new for each create (contract 8.14). After a 5xx it is not sent again
// here: a failure is not remembered, so that the first request has to be looked for.
func (c *client) Create(ctx context.Context, plan, config *model, key string) (Link, error) {
	request := rest.Request{Method: http.MethodPost, Path: c.linksPath(plan.Project.ValueString()), Body: plan.request(config)}
	if c.usesIdempotencyKeys {
		request.Header = http.Header{"Idempotency-Key": {key}}
		request.HasIdempotencyKey = true
	}
	l, err := c.requestLink(ctx, request)
	failed, ok := rest.AsError(err)
	if ok && c.usesIdempotencyKeys && failed.Status/100 == 4 && !slices.ContainsFunc(failed.Fields, func(f rest.Field) bool { return f.Pointer != "" }) {
		failed.AddHint(idempotencyKeyHint)
	}
	return l, err
}

// idempotencyKeyHint tells of the switch where a create with a key was refused: an older text of the vendor's lets such requests
// fail, with any status, in projects that were not admitted to idempotency (contract 6.7). A refusal that names a field is not about the key.
const idempotencyKeyHint = "The request carried an Idempotency-Key, which Gigs may reject in projects without access to that feature. " +
	"If it was rejected because of the key, set `idempotency_keys = false` in the provider's `gigs` object."

func (c *client) Get(ctx context.Context, key driver.Key) (Link, error) {
	return c.requestLink(ctx, rest.Request{Method: http.MethodGet, Path: c.linksPath(key.Scope, key.ID)})
}

// requestLink sends a request that is answered with one link. What holds none is no answer, though it be JSON (contract 8.2): a
// create with a key is then sent again.
func (c *client) requestLink(ctx context.Context, request rest.Request) (Link, error) {
	l, err := driver.RequestLink(ctx, c.API, request, "/"+strings.Join(request.Path[:3], "/"), idOf)
	l.Project = request.Path[1]
	return l, err
}

func idOf(l Link) string { return driver.IDOf(l.ID, nil) }

// List sends several statuses as one text (contract 2.3). An empty parameter is an error (contract 8.24).
func (c *client) List(ctx context.Context, query driver.Query) iter.Seq2[Link, error] {
	return c.search(ctx, query.Scope, query.Parameters(filters, ","))
}

// ListCandidates lists the invoice's links.
func (c *client) ListCandidates(ctx context.Context, plan *model) iter.Seq2[Link, error] {
	return c.search(ctx, plan.Project.ValueString(), url.Values{invoiceParameter: {plan.Invoice.ValueString()}})
}

// search ranges over the links of a project that fit the parameters (contract 2.3). It follows the cursor to its end, one way only
// (contract 5.1), and never relies on an order (contract 8.18).
func (c *client) search(ctx context.Context, project string, parameters url.Values) iter.Seq2[Link, error] {
	return paging.All(ctx, idOf, "", c.pages(project, parameters))
}

func (c *client) PageAt(ctx context.Context, scope, at string, each func(string, func() Link)) (paging.Page[Link, string], error) {
	return paging.Each(ctx, at, c.pages(scope, nil), idOf, each)
}

// pageSize is the most that one page may hold (contract 5.1).
const pageSize = 200

// pages reads a project's links by cursor; "" is that of the first page.
func (c *client) pages(project string, parameters url.Values) func(context.Context, string) (paging.Page[Link, string], error) {
	return func(ctx context.Context, after string) (paging.Page[Link, string], error) {
		request := rest.Request{Method: http.MethodGet, Path: c.linksPath(project), Query: url.Values{"limit": {strconv.Itoa(pageSize)}}}
		maps.Copy(request.Query, parameters)
		if after != "" { // an empty parameter is an error (contract 8.24)
			request.Query.Set("after", after)
		}
		var list listMeta
		request.Out = &list
		links, err := rest.Collect[Link](ctx, c.API, request, "items")
		for i := range links {
			links[i].Project = request.Path[1]
		}
		page := paging.Page[Link, string]{Links: links}
		if list.MoreItemsAfter != "" {
			page.Next = &list.MoreItemsAfter
		}
		return page, err
	}
}
