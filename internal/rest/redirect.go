package rest

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
)

const maxRedirects = 5

// checkRedirect follows a read to the same scheme and host only: Go would send custom headers, which hold credentials,
// to any host, and a POST that was answered with 307 a second time.
func checkRedirect(next *http.Request, via []*http.Request) error {
	first := via[0]
	if !isRead(first.Method) || !sameOrigin(first.URL, next.URL) || len(via) > maxRedirects {
		return http.ErrUseLastResponse
	}
	return nil
}

func sameOrigin(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && strings.EqualFold(a.Host, b.Host)
}

// redirectError names the host that an answer points to, unless it holds a part of a secret. The path and query are left out: they may
// hold anything.
func redirectError(response *http.Response, redactor *redact.Redactor) error {
	target, err := response.Location()
	if err != nil {
		return errors.New("the server redirects and does not say where to")
	}
	origin := target.Scheme + "://" + target.Host
	if whole := target.String(); !strings.HasPrefix(redactor.Redact(whole), origin) {
		origin = "an address that is not shown"
	}
	return fmt.Errorf("the server redirects to %s, and a redirect is followed only for reads, to the same host, and %d times at most; check the address of the API",
		origin, maxRedirects)
}
