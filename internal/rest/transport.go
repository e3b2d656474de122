package rest

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
)

const (
	dialTimeout     = 30 * time.Second
	idleConnections = 64 // above any usual -parallelism, so that no request pays for a new handshake
	maxHeaderBytes  = 1 << 20
	// idleTimeout is below that of common servers (Node's 5 s is the shortest): a write on a connection that the server
	// just closes is lost in a way that looks like a create whose outcome is unknown.
	idleTimeout = 4 * time.Second
)

// newTransport takes Go's own defaults, which honour HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE and SSL_CERT_DIR.
func newTransport() *http.Transport {
	return &http.Transport{
		Proxy:                  proxy,
		DialContext:            (&net.Dialer{Timeout: dialTimeout, KeepAlive: dialTimeout}).DialContext,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           2 * idleConnections,
		MaxIdleConnsPerHost:    idleConnections,
		IdleConnTimeout:        idleTimeout,
		TLSHandshakeTimeout:    10 * time.Second,
		ExpectContinueTimeout:  time.Second,
		MaxResponseHeaderBytes: maxHeaderBytes,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
	}
}

// proxy hides the text of a malformed proxy address, which may hold a password.
func proxy(request *http.Request) (*url.URL, error) {
	address, err := http.ProxyFromEnvironment(request)
	if err != nil {
		return nil, errors.New("the proxy in the environment is not a valid URL")
	}
	return address, nil
}

const maxRedirects = 5

// checkRedirect follows a read to the same scheme and host only: Go would send custom headers, which hold credentials,
// to any host, and a POST that was answered with 307 a second time.
func checkRedirect(next *http.Request, via []*http.Request) error {
	first := via[0]
	if !isRead(first.Method) || first.URL.Scheme != next.URL.Scheme || !strings.EqualFold(first.URL.Host, next.URL.Host) || len(via) > maxRedirects {
		return http.ErrUseLastResponse
	}
	return nil
}

// redirectError names the host that an answer points to, unless it holds a part of a secret. The path and query are left out: they may
// hold anything.
func redirectError(response *http.Response, redactor *redact.Redactor) error {
	target, err := response.Location()
	if err != nil {
		return errors.New("the server redirects without a location")
	}
	origin := target.Scheme + "://" + target.Host
	if whole := target.String(); !strings.HasPrefix(redactor.Redact(whole), origin) {
		origin = "a URL that is not shown"
	}
	return fmt.Errorf("the server redirects to %s, and a redirect is followed only for reads, to the same host, and %d times at most; check the endpoint",
		origin, maxRedirects)
}
