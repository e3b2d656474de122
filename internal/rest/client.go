package rest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/ratelimit"
)

// Client calls one vendor's API at one address. It is safe for concurrent use.
type Client struct {
	base           *url.URL
	header         http.Header
	auth           auth.Source
	rejected       auth.Rejected[*Error]
	limiter        *ratelimit.Limiter
	skew           clockSkew
	requestTimeout time.Duration
	retryBudget    time.Duration
	secrets        []string
	redactors      redactorCache // for requests without Sensitive values
	http           *http.Client
	clock          clock.Clock
	jitter         func() float64
}

// New returns a client. Its error says what is wrong with the base URL or a header, and repeats no secret.
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

// ClockSkew returns a lower bound of how far the server's clock is ahead of ours (negative: behind). known is false before the
// first response with a Date.
func (c *Client) ClockSkew() (offset time.Duration, known bool) { return c.skew.get() }

// secretsOf returns everything to redact in the errors and the log of a request.
func (c *Client) secretsOf(r Request) []string {
	secrets := slices.Concat(c.secrets, r.Sensitive)
	if c.auth != nil {
		secrets = append(secrets, c.auth.Secrets()...)
	}
	return secrets
}

const (
	defaultRequestTimeout = 30 * time.Second
	defaultRetryBudget    = time.Minute
)

// Config is what a [Client] is made of. Only BaseURL is required.
type Config struct {
	BaseURL        string             // scheme, host and path prefix; https unless the host is loopback
	Header         http.Header        // sent with every request
	Auth           auth.Source        // nil: no Authorization header
	Limiter        *ratelimit.Limiter // nil: no limit; shared by all clients that are given it
	UserAgent      string             // TF_APPEND_USER_AGENT is appended
	RequestTimeout time.Duration      // of one attempt, reading the response included; default 30s
	RetryBudget    time.Duration      // for all attempts and waits of one request, or of one context of WithRetryBudget; default 1m
	Secrets        []string           // redacted in every error text
	Transport      http.RoundTripper  // nil: proxy and custom CA by the usual environment variables, TLS 1.2 or later
	Clock          clock.Clock        // nil: clock.System{}
	Jitter         func() float64     // in [0,1); nil: random
}

// ValidateBaseURL returns an error unless text can be the base URL of an API: an absolute URL without user, query and fragment, and
// https unless its host is this machine. The error does not repeat the URL, which may hold a password.
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
	case hasDotSegments(base.Path):
		return nil, errors.New("the address must not contain . or .. as a part of its path")
	case base.Scheme == "http" && !isLoopback(base.Hostname()):
		return nil, fmt.Errorf("the address must start with https://: credentials are not sent in the clear to %s", base.Hostname())
	}
	return base, nil
}

func hasDotSegments(path string) bool {
	return slices.ContainsFunc(strings.Split(path, "/"), func(segment string) bool { return segment == "." || segment == ".." })
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// clockSkew estimates the server's clock from the Date of its responses. A Date has no fraction of a second and is older than its
// response: each gives a lower bound, and the highest one is the closest.
type clockSkew struct {
	mu     sync.Mutex
	known  bool
	offset time.Duration
}

// observe records the Date of a response (zero if it has none) and when it was received.
func (s *clockSkew) observe(date, received time.Time) {
	if date.IsZero() {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if offset := date.Sub(received); !s.known || offset > s.offset {
		s.known, s.offset = true, offset
	}
}

func (s *clockSkew) get() (time.Duration, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.offset, s.known
}
