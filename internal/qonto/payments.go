package qonto

import (
	"context"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"strconv"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
)

// payment is one payment on a link (2.8). paid_at is null until it is paid.
type payment struct {
	ID           string `json:"id"`
	Amount       Amount `json:"amount"`
	Status       string `json:"status"`
	CreatedAt    string `json:"created_at"`
	Method       string `json:"payment_method"`
	PaidAt       string `json:"paid_at"`
	DebitorEmail string `json:"debitor_email"`
}

// The filters of a link's payments (2.8). Its sort field is named otherwise than that of links.
var (
	paymentStatuses = driver.Filter{
		Name: "statuses", Description: "Statuses of the payments to keep.",
		Values: []string{"open", "pending", "authorized", "paid", "canceled", "expired", "failed"},
	}
	paymentOrder = driver.Filter{
		Name: "sort_by", Single: true, Description: "Order of the payments. Without it, Qonto's own.",
		Values: []string{"creation_date:asc", "creation_date:desc"},
	}
)

// payments walks a link's payments, each once.
func (c *client) payments(ctx context.Context, id string, filters url.Values) iter.Seq2[payment, error] {
	return paging.All(ctx, func(p payment) string { return p.ID }, 1, func(number int) (paging.Page[payment, int], error) {
		query := url.Values{"page": {strconv.Itoa(number)}, "per_page": {strconv.Itoa(pageSize)}}
		maps.Copy(query, filters)
		var around listRest
		payments, err := rest.Collect[payment](ctx, c.api, rest.Request{
			Method: http.MethodGet, Path: []string{"v2", "payment_links", id, "payments"}, Query: query, Out: &around,
		}, "payments")
		out := paging.Page[payment, int]{Links: payments}
		around.turn(number, &out.Next, &out.Total)
		return out, err
	})
}
