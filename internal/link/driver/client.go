package driver

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"
)

// Base is what every vendor's client consists of. A client that embeds it is a ClockSkewer.
type Base struct {
	API     *rest.Client
	account Account
}

// NewBase returns the Base of a client that manages an account's links.
func NewBase(api *rest.Client, account Account) Base { return Base{api, account} }

// Account returns the account as it was configured.
func (b Base) Account() Account { return b.account }

// ClockSkew returns by how much the vendor's clock is ahead of ours, at least and at most; false before the first answer.
func (b Base) ClockSkew() (least, most time.Duration, known bool) { return b.API.ClockSkew() }

// RequestLink sends a request that is answered with one link, and decodes the answer. An answer in which id finds no id is an error
// whose outcome is unknown, and which names collection, the path of the vendor's links. The request is not sent again for it, unless
// it has an idempotency key: then such an answer is one that cannot be read.
func RequestLink[A any](ctx context.Context, api *rest.Client, request rest.Request, collection string, id func(A) string) (A, error) {
	var none, answer A
	request.Out = &answer
	if request.HasIdempotencyKey {
		request.Out = &linkResponse[A]{&answer, id}
	}
	response, err := api.Do(ctx, request)
	if err == nil && id(answer) == "" {
		err = &rest.Error{
			Method: request.Method, Path: collection, Status: response.Status, RequestID: response.RequestID,
			Message: "the response contains no payment link", Outcome: rest.Unknown,
		}
	}
	if err != nil {
		return none, err
	}
	return answer, nil
}

// TakenError is a refused create whose vendor, or whose client by a look, names the link that holds what must be unique.
type TakenError struct {
	Holder  Key   // without an ID, if no link held it any more when the client looked
	Refusal error // an [*rest.Error]
}

// Error returns the refusal.
func (e *TakenError) Error() string { return e.Refusal.Error() }

// Unwrap returns the refusal.
func (e *TakenError) Unwrap() error { return e.Refusal }

// RequestNoContent sends a write that the vendor answers with 204. Another success proves nothing: it is an error whose outcome is
// unknown.
func RequestNoContent(ctx context.Context, api *rest.Client, request rest.Request) error {
	response, err := api.Do(ctx, request)
	if err == nil && response.Status != http.StatusNoContent {
		err = &rest.Error{
			Method: request.Method, Path: "/" + strings.Join(request.Path, "/") + request.Suffix, Status: response.Status, RequestID: response.RequestID,
			Message: "the response is not the documented one", Outcome: rest.Unknown,
		}
	}
	return err
}

// linkResponse decodes an answer that holds a link; another one is an error.
type linkResponse[A any] struct {
	answer *A
	id     func(A) string
}

func (r *linkResponse[A]) UnmarshalJSON(data []byte) error {
	if err := lenient.Unmarshal(data, r.answer); err != nil {
		return err
	}
	if r.id(*r.answer) == "" {
		return errors.New("it contains no payment link")
	}
	return nil
}

// Parameters returns the query's filters as the parameters of the vendor's list call, by Filter.Parameter. separator stands
// between several values of one parameter; where it is empty, the parameter is repeated. Filters without values, and those
// without a Parameter, are left out.
func (q Query) Parameters(filters []Filter, separator string) url.Values {
	out := url.Values{}
	for _, f := range filters {
		values := q.Filters[f.Name]
		switch {
		case len(values) == 0 || f.Parameter == "":
		case separator == "":
			out[f.Parameter] = values
		default:
			out.Set(f.Parameter, strings.Join(values, separator))
		}
	}
	return out
}
