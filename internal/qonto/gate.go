package qonto

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// stagingGate recognises how the sandbox answers without a valid staging token (contract 1.5): a redirect to a log-in page, which
// nothing else sends, or an HTML page, which others send too.
func stagingGate(response rest.Response) (hint string, refused bool) {
	target, err := url.Parse(response.Header.Get("Location"))
	redirected := err == nil && response.Status/100 == 3 && strings.HasSuffix("."+target.Hostname(), ".onelogin.com")
	page := response.Status/100 == 2 && strings.HasPrefix(response.Header.Get("Content-Type"), "text/html")
	if !redirected && !page {
		return "", false
	}
	return gateHint, redirected
}

const gateHint = "Qonto's sandbox responds like this when the staging token is missing or wrong; the request had no effect: " +
	"check `staging_token` in the provider's `qonto` object (or QONTO_STAGING_TOKEN)."

// settleGated tells whether a create that was answered with a page was refused by the gate: then a read is, too. A page may also take
// the place of the answer to a create that was carried out.
func (c *client) settleGated(ctx context.Context, err error) {
	failed, ok := rest.AsError(err)
	if !ok || !failed.Gated || failed.Outcome == rest.NotApplied {
		return
	}
	query := url.Values{"page": {"1"}, "per_page": {"1"}}
	_, err = c.API.Do(ctx, rest.Request{Method: http.MethodGet, Path: linksPath(), Query: query})
	if again, ok := rest.AsError(err); ok && again.Gated {
		failed.Outcome = rest.NotApplied
	} else if err == nil {
		failed.Hint = strings.TrimSpace(strings.Replace(failed.Hint, gateHint, "", 1)) // the token is good
	}
}
