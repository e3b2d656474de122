package rest

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/ratelimit"
)

const (
	defaultRequestTimeout = 30 * time.Second
	defaultRetryBudget    = 2 * time.Minute
)

// Config is what a [Client] is made of. Only BaseURL is required.
type Config struct {
	BaseURL        string             // scheme, host and path prefix; https unless the host is loopback
	Header         http.Header        // sent with every request
	Auth           auth.Source        // nil: no Authorization header
	Limiter        *ratelimit.Limiter // nil: no limit; shared by all clients that are given it
	UserAgent      string             // TF_APPEND_USER_AGENT is appended
	RequestTimeout time.Duration      // of one attempt, reading the response included; default 30s
	RetryBudget    time.Duration      // for all attempts and waits of one request, or of one context of WithRetryBudget; default 2m
	Secrets        []string           // redacted in every error text
	// Gate recognises an answer of what stands before the vendor: hint tells what it means, and is empty for any other answer; refused
	// says that nothing was carried out for certain. Such a request is not repeated, or else once. nil: there is no gate.
	Gate      func(Response) (hint string, refused bool)
	Transport http.RoundTripper // nil: proxy and custom CA by the usual environment variables, TLS 1.2 or later
	Clock     clock.Clock       // nil: clock.System{}
	Jitter    func() float64    // in [0,1); nil: random
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
		return nil, errors.New("the URL is malformed; use a URL such as https://api.example.com")
	case base.Scheme != "https" && base.Scheme != "http", base.Hostname() == "":
		return nil, errors.New("it must be an absolute URL, such as https://api.example.com")
	case base.User != nil:
		return nil, errors.New("the URL must not contain a user or password")
	case base.RawQuery != "" || base.ForceQuery:
		return nil, errors.New("the URL must not contain a query (?)")
	case strings.Contains(text, "#"):
		return nil, errors.New("the URL must not contain a fragment (#)")
	case slices.ContainsFunc(strings.Split(base.Path, "/"), isDotSegment):
		return nil, errors.New("the URL must not contain . or .. in its path")
	case base.Scheme == "http" && !IsLoopback(base.Hostname()):
		return nil, fmt.Errorf("the URL must start with https://: credentials are not sent unencrypted to %s", base.Hostname())
	}
	return base, nil
}

func isDotSegment(segment string) bool { return segment == "." || segment == ".." }

// IsLoopback reports whether a host is this machine.
func IsLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
