package qonto

import (
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
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// client makes the calls of the configured account.
type client struct {
	driver.Base
	isFraction bool // the wire's vat_rate is a fraction (contract 8.1)
}

var (
	_ driver.Client[model, Link]          = (*client)(nil)
	_ driver.Lister[Link]                 = (*client)(nil)
	_ driver.Pager[Link]                  = (*client)(nil)
	_ driver.CandidateLister[model, Link] = (*client)(nil)
	_ driver.Revoker[Link]                = (*client)(nil)
	_ driver.ClockSkewer                  = (*client)(nil)
)

// linksPath returns the path of the links, or of what is below it.
func linksPath(below ...string) []string { return append([]string{"v2", "payment_links"}, below...) }

// Create sends one POST. The idempotency key is sent although nothing promises that it works here (contract 6.1).
func (c *client) Create(ctx context.Context, plan, _ *model, key string) (Link, error) {
	l, err := c.requestLink(ctx, rest.Request{
		Method: http.MethodPost,
		Path:   linksPath(),
		Header: http.Header{"X-Qonto-Idempotency-Key": {key}},
		Body:   plan.request(c.isFraction),
	})
	c.settleGated(ctx, err)
	explainRate(err)
	return l, err
}

// explainRate names the setting that decides about the unit where Qonto refuses a rate (contract 8.1).
func explainRate(err error) {
	if failed, ok := rest.AsError(err); ok && slices.ContainsFunc(failed.Fields, func(f rest.Field) bool { return strings.HasSuffix(f.Pointer, "vat_rate") }) {
		failed.AddHint("If the rate is correct, Qonto reads `vat_rate` in another unit: check `vat_rate_unit` in the provider's `qonto` object (percent or fraction).")
	}
}

func (c *client) Get(ctx context.Context, key driver.Key) (Link, error) {
	return c.requestLink(ctx, rest.Request{Method: http.MethodGet, Path: linksPath(key.ID)})
}

// Revoke deactivates the link (contract 2.7). A repetition does no harm: it is refused, and then the link is looked at.
func (c *client) Revoke(ctx context.Context, key driver.Key) (*Link, error) {
	l, err := c.requestLink(ctx, rest.Request{Method: http.MethodPatch, Path: linksPath(key.ID, "deactivate"), Idempotent: true, Observable: true})
	return &l, err
}

// requestLink sends a request that is answered with one link.
func (c *client) requestLink(ctx context.Context, request rest.Request) (Link, error) {
	response, err := driver.RequestLink(ctx, c.API, request, "/v2/payment_links", linkResponse.id)
	l := response.link()
	c.toPercent(&l)
	return l, err
}

// toPercent turns the wire's vat_rate into a percentage: from the configured unit, unless the gross proves that it came in the other
// (contract 8.1).
func (c *client) toPercent(l *Link) {
	unit, other := percent, fraction
	if c.isFraction {
		unit, other = fraction, percent
	}
	if gross, err := money.Parse(l.Amount.Value); err == nil && len(l.Items) > 0 {
		items := tfvalue.ObjectList(itemTypes(), l.Items, itemObject)
		if expected, ok := readBasket(items, shiftToPercent(unit)); ok && !expected.comesTo(gross) {
			if instead, _ := readBasket(items, shiftToPercent(other)); instead.comesTo(gross) {
				unit, l.otherUnit = other, other
			}
		}
	}
	for i := range l.Items {
		if unit == fraction {
			l.Items[i].VATRate = shiftDecimal(l.Items[i].VATRate, shiftToPercent(unit))
		}
	}
}

func shiftToPercent(unit string) int32 {
	if unit == fraction {
		return 2
	}
	return 0
}

// List sends each filter as Qonto names it (contract 2.5).
func (c *client) List(ctx context.Context, query driver.Query) iter.Seq2[Link, error] {
	return paging.All(ctx, idOf, 1, c.pages(query.Parameters(filters, "")))
}

func idOf(l Link) string { return driver.IDOf(l.ID, driver.ValidateUUID) }

func (c *client) PageAt(ctx context.Context, _, at string, each func(string, func() Link)) (paging.Page[Link, string], error) {
	return paging.NumberedPage(ctx, at, 1, c.pages(nil), idOf, each)
}

// ListCandidates lists the open links: nobody has the URL of a link whose create was not answered, so that it is still open (contract 8.8).
func (c *client) ListCandidates(ctx context.Context, _ *model) iter.Seq2[Link, error] {
	return paging.SinglePass(ctx, idOf, 1, c.pages(url.Values{statusParameter: {statusOpen}}))
}

// pages reads the links by page number.
func (c *client) pages(parameters url.Values) func(context.Context, int) (paging.Page[Link, int], error) {
	return func(ctx context.Context, number int) (paging.Page[Link, int], error) {
		page, err := readPage[Link](ctx, c, linksPath(), "payment_links", parameters, number)
		for i := range page.Links {
			c.toPercent(&page.Links[i])
		}
		return page, err
	}
}

// pageSize is the most that one page may hold (contract 5.1).
const pageSize = 100

// readPage reads one page of a list, whose elements stand under field. It names as the next only a later page (contract 5.2).
func readPage[T any](ctx context.Context, c *client, path []string, field string, parameters url.Values, number int) (paging.Page[T, int], error) {
	query := url.Values{"page": {strconv.Itoa(number)}, "per_page": {strconv.Itoa(pageSize)}}
	maps.Copy(query, parameters)
	var list listMeta
	elements, err := rest.Collect[T](ctx, c.API, rest.Request{Method: http.MethodGet, Path: path, Query: query, Out: &list}, field)
	page := paging.Page[T, int]{Links: elements, Total: list.Meta.TotalCount}
	if list.Meta.NextPage > number {
		page.Next = &list.Meta.NextPage
	}
	if total := list.Meta.TotalCount; total != nil && len(elements) > 0 && list.Meta.NextPage == number+1 {
		page.Following = paging.Following(number+1, 1, 1+(*total+len(elements)-1)/len(elements))
	}
	return page, err
}

// notConnected is Qonto's word (contract 2.1), which its answer to who never connected does not hold (contract 2.2).
const notConnected = "not_connected"

// connection reads the organisation's connection. A 404 says that there never was one.
func (c *client) connection(ctx context.Context) (connection, error) {
	var got connection
	_, err := c.API.Do(ctx, rest.Request{Method: http.MethodGet, Path: linksPath("connections"), Out: &got})
	if rest.IsNotFound(err) {
		return connection{Status: notConnected}, nil
	}
	return got, err
}

func (c *client) paymentMethods(ctx context.Context) ([]paymentMethod, error) {
	var got struct {
		Methods []paymentMethod `json:"payment_link_payment_methods"`
	}
	_, err := c.API.Do(ctx, rest.Request{Method: http.MethodGet, Path: linksPath("payment_methods"), Out: &got})
	return got.Methods, err
}

// payments ranges over a link's payments, each once.
func (c *client) payments(ctx context.Context, id string, parameters url.Values) iter.Seq2[payment, error] {
	return paging.All(ctx, func(p payment) string { return p.ID }, 1, func(ctx context.Context, number int) (paging.Page[payment, int], error) {
		return readPage[payment](ctx, c, linksPath(id, "payments"), "payments", parameters, number)
	})
}
