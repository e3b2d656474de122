// Package rest is the one HTTP transport of all vendor clients: authentication, repeats, typed errors, size limits, and
// the masking of what must not be shown. It knows no vendor; what it accepts as an error is every shape they publish.
package rest

import (
	"crypto/tls"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
)

const (
	defaultRequestTimeout = 30 * time.Second
	defaultRetryBudget    = time.Minute
	idleConnections       = 64 // above any usual -parallelism, so that no call pays for a new handshake
	maxHeaderBytes        = 1 << 20
	// idleTimeout is below that of common servers (Node's 5 s is the shortest): a write on a connection that the server
	// just closes is lost in a way that looks like a create whose outcome is unknown.
	idleTimeout = 4 * time.Second
)

// Config is what a [Client] is made of. Only BaseURL is required.
type Config struct {
	BaseURL        string            // scheme, host and path prefix; https unless the host is loopback
	Header         http.Header       // sent with every call
	Auth           Auth              // nil: no Authorization header
	Limiter        *Limiter          // nil: no limit; shared by all clients that are given it
	UserAgent      string            // TF_APPEND_USER_AGENT is appended
	RequestTimeout time.Duration     // of one attempt, reading the answer included; default 30s
	RetryBudget    time.Duration     // for all attempts and waits of one call, or of one Operation; default 1m
	Secrets        []string          // masked in every error text
	Transport      http.RoundTripper // nil: proxy and custom CA by the usual environment variables, TLS 1.2 or later
	Clock          clock.Clock       // nil: clock.System{}
	Jitter         func() float64    // in [0,1); nil: random
}

// Client calls one vendor's API at one address. It is safe for concurrent use.
type Client struct {
	base           *url.URL
	header         http.Header
	auth           Auth
	limiter        *Limiter
	rejections     rejections
	ahead          ahead
	requestTimeout time.Duration
	retryBudget    time.Duration
	secrets        []string
	http           *http.Client
	clock          clock.Clock
	jitter         func() float64
}

// New returns a client, or what is wrong with the address or a header.
func New(config Config) (*Client, error) {
	base, err := parseBaseURL(config.BaseURL)
	if err != nil {
		return nil, err
	}
	header := config.Header.Clone()
	if header == nil {
		header = http.Header{}
	}
	if agent := strings.TrimSpace(config.UserAgent + " " + strings.TrimSpace(os.Getenv("TF_APPEND_USER_AGENT"))); agent != "" {
		header.Set("User-Agent", agent)
	}
	if err := checkHeader(header); err != nil {
		return nil, err
	}
	client := &Client{
		base:           base,
		header:         header,
		auth:           config.Auth,
		limiter:        config.Limiter,
		requestTimeout: config.RequestTimeout,
		retryBudget:    config.RetryBudget,
		secrets:        slices.Clone(config.Secrets),
		http:           &http.Client{Transport: config.Transport, CheckRedirect: checkRedirect},
		clock:          config.Clock,
		jitter:         config.Jitter,
	}
	if client.requestTimeout <= 0 {
		client.requestTimeout = defaultRequestTimeout
	}
	if client.retryBudget <= 0 {
		client.retryBudget = defaultRetryBudget
	}
	if client.http.Transport == nil {
		client.http.Transport = newTransport()
	}
	if client.clock == nil {
		client.clock = clock.System{}
	}
	if client.jitter == nil {
		client.jitter = rand.Float64
	}
	return client, nil
}

// ValidateBaseURL says what is wrong with the address of an API: it must be an absolute URL without user, query and
// fragment, and https unless its host is this machine. The address itself is not repeated, as it may hold a password.
func ValidateBaseURL(text string) error {
	_, err := parseBaseURL(text)
	return err
}

func parseBaseURL(text string) (*url.URL, error) {
	base, err := url.Parse(text)
	switch {
	case err != nil: // its text repeats parts of the address
		return nil, errors.New("the address is malformed; it must be a URL, like https://api.example.com")
	case base.Scheme != "https" && base.Scheme != "http", base.Hostname() == "":
		return nil, errors.New("the address must be an absolute URL, like https://api.example.com")
	case base.User != nil:
		return nil, errors.New("the address must not contain a user or password")
	case base.RawQuery != "" || base.ForceQuery:
		return nil, errors.New("the address must not contain a query (?)")
	case strings.Contains(text, "#"):
		return nil, errors.New("the address must not contain a fragment (#)")
	case hasDots(base.Path):
		return nil, errors.New("the address must not contain . or .. as a part of its path")
	case base.Scheme == "http" && !isLoopback(base.Hostname()):
		return nil, fmt.Errorf("the address must start with https://: credentials are not sent in the clear to %s", base.Hostname())
	}
	return base, nil
}

func hasDots(path string) bool {
	return slices.ContainsFunc(strings.Split(path, "/"), func(segment string) bool { return segment == "." || segment == ".." })
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// newTransport takes Go's own defaults, which honour HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE and SSL_CERT_DIR.
func newTransport() *http.Transport {
	return &http.Transport{
		Proxy:                  proxy,
		DialContext:            (&net.Dialer{Timeout: defaultRequestTimeout, KeepAlive: defaultRequestTimeout}).DialContext,
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
		return nil, errors.New("the proxy address in the environment is not a URL")
	}
	return address, nil
}

// checkHeader refuses values that cannot be sent, before net/http does so at a point that looks like a lost request.
func checkHeader(header http.Header) error {
	for name, values := range header {
		for _, value := range values {
			if strings.ContainsFunc(value, isControl) {
				return fmt.Errorf("the value of the header %s contains a control character", name)
			}
		}
	}
	return nil
}

func isControl(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }
