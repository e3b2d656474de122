package qonto

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
)

// tokens is the content of a token file.
type tokens struct {
	ClientID     string    `json:"client_id"`
	ClientSecret string    `json:"client_secret"`
	AccessToken  string    `json:"access_token"`
	RefreshToken string    `json:"refresh_token"`
	ExpiresAt    time.Time `json:"expires_at,omitzero"` // zero: it counts until it is rejected
}

func (t tokens) token() auth.Token { return auth.Token{Value: t.AccessToken, Expires: t.ExpiresAt} }

// isUsable reports whether there is an access token that was not rejected and does not end before a moment.
func (t tokens) isUsable(rejected string, until time.Time) bool {
	return t.AccessToken != "" && t.AccessToken != rejected && (t.ExpiresAt.IsZero() || !until.After(t.ExpiresAt))
}

// readTokens reads a token file. A byte order mark is no part of it. Its errors tell what is wrong and show nothing of it.
func readTokens(path string) (tokens, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return tokens{}, err
	}
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) || bytes.IndexByte(data, 0) >= 0 {
		return tokens{}, fmt.Errorf("%s is UTF-16 text, as PowerShell writes it. Save it as UTF-8", path)
	}
	var raw struct {
		tokens
		ExpiresAt json.RawMessage `json:"expires_at"`
	}
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), &raw); err != nil {
		return tokens{}, fmt.Errorf("%s is not the JSON of a token file: client_id, client_secret, access_token, refresh_token, expires_at (RFC 3339) are expected", path)
	}
	content := raw.tokens
	if len(raw.ExpiresAt) > 0 && json.Unmarshal(raw.ExpiresAt, &content.ExpiresAt) != nil {
		return tokens{}, fmt.Errorf("expires_at in %s is not a date with its time zone. Write it as in 2026-01-31T12:00:00Z (RFC 3339)", path)
	}
	for _, field := range []struct{ name, text string }{
		{"client_id", content.ClientID}, {"client_secret", content.ClientSecret}, {"refresh_token", content.RefreshToken}, {"access_token", content.AccessToken},
	} {
		switch {
		case field.text == "" && field.name != "access_token":
			return tokens{}, fmt.Errorf("%s lacks %s", path, field.name)
		case settings.HasControl(field.text):
			return tokens{}, fmt.Errorf("%s in %s holds a line break or another control character", field.name, path)
		}
	}
	return content, nil
}
