package settings

import (
	"context"
	"net/http"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
)

// Authorization is how a person lets an application act at a vendor (OAuth 2.0, authorization code), and the file that holds the
// tokens. Command token carries it out; the provider only renews what is in the file.
type Authorization struct {
	// FileSetting is the setting with the file's path, "token_file".
	FileSetting         string
	AuthPath, TokenPath string // below TokenHost.URL
	Scopes              []string
	// RefreshLife is how long a refresh token lives, from its last renewal on.
	RefreshLife time.Duration
	// Host returns where applications are authorised. setting returns a setting of the object, from its environment variable.
	Host func(setting func(name string) string) (TokenHost, error)
	// Read reads the tokens of a file. Its errors show nothing of it.
	Read func(path string) (Tokens, error)
	// Write writes the tokens that fetch gets, readable by the owner only and under the file's lock. fetch is called once it is certain
	// that they can be written. A file that does not exist is made.
	Write func(ctx context.Context, path string, fetch func(context.Context) (Tokens, error)) error
	// Renew renews the tokens of a file, however long they still live.
	Renew func(ctx context.Context, path string, host TokenHost, clk clock.Clock) error
}

// TokenHost is where tokens come from.
type TokenHost struct {
	URL    string      // scheme, host and path prefix
	Header http.Header // that it wants with every request for tokens
}

// Tokens is the content of a token file.
type Tokens struct {
	ClientID     string    `json:"client_id"`
	ClientSecret string    `json:"client_secret"`
	AccessToken  string    `json:"access_token"`
	RefreshToken string    `json:"refresh_token"`
	ExpiresAt    time.Time `json:"expires_at,omitzero"` // of the access token; zero: it counts until it is rejected
}
