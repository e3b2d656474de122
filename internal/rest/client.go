package rest

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
)

// Client calls one vendor's API at one address. It is safe for concurrent use.
type Client struct {
	config      Config // with its defaults
	base        *url.URL
	header      http.Header
	rejected    auth.Rejected[*Error]
	skew        clockSkew
	unreachable unreachable
	redactors   redactorCache // for requests without sensitive values
	stored      redactorCache // for what would be stored
	http        *http.Client
}

// New returns a client. Its error says what is wrong with the base URL or a header, and repeats no secret.
func New(config Config) (*Client, error) {
	base, err := parseBaseURL(config.BaseURL)
	if err != nil {
		return nil, err
	}
	header := http.Header{}
	maps.Copy(header, config.Header)
	if agent := strings.TrimSpace(config.UserAgent + " " + strings.TrimSpace(os.Getenv("TF_APPEND_USER_AGENT"))); agent != "" {
		header.Set("User-Agent", agent)
	}
	if err := checkHeader(header); err != nil {
		return nil, err
	}
	config.RequestTimeout = cmp.Or(max(0, config.RequestTimeout), defaultRequestTimeout)
	config.RetryBudget = cmp.Or(max(0, config.RetryBudget), defaultRetryBudget)
	config.Secrets = slices.Clone(config.Secrets)
	config.Transport = cmp.Or[http.RoundTripper](config.Transport, newTransport())
	config.Clock = cmp.Or[clock.Clock](config.Clock, clock.System{})
	if config.Jitter == nil {
		config.Jitter = rand.Float64
	}
	return &Client{config: config, base: base, header: header, http: &http.Client{Transport: config.Transport, CheckRedirect: checkRedirect}}, nil
}

// ClockSkew returns by how much the server's clock is ahead of ours (negative: behind), at least and at most. known is false before
// the first response with a Date.
func (c *Client) ClockSkew() (least, most time.Duration, known bool) { return c.skew.get() }

func (c *Client) now() time.Time { return c.config.Clock.Now() }

// credentials returns the secrets of the configuration, and the tokens.
func (c *Client) credentials() []string {
	secrets := slices.Clone(c.config.Secrets)
	if c.config.Auth != nil {
		secrets = append(secrets, c.config.Auth.Secrets()...)
	}
	return secrets
}

// clockSkew estimates the server's clock from the Date of its responses. A Date has no fraction of a second, and is of some moment
// between request and response: each gives two bounds, and all together narrower ones.
type clockSkew struct {
	mu          sync.Mutex
	known       bool
	least, most time.Duration
}

// observe records the Date of a response (zero if it has none), and when its request was sent and it was received.
func (s *clockSkew) observe(date, sent, received time.Time) {
	if date.IsZero() {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	least, most := date.Sub(received), date.Add(time.Second).Sub(sent)
	if s.known && least <= s.most && s.least <= most { // else one of the clocks was set
		least, most = max(least, s.least), min(most, s.most)
	}
	s.known, s.least, s.most = true, least, most
}

func (s *clockSkew) get() (least, most time.Duration, known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.least, s.most, s.known
}
