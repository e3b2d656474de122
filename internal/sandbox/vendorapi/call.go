// Package vendorapi is what the sandbox and its vendors agree on: a call comes in, a reply goes out whole. Because a vendor
// never touches the connection, every fault can be put on every call from outside. Base is what all vendors are built on.
package vendorapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// ContentTypeJSON is what every vendor's API answers with.
const ContentTypeJSON = "application/json"

// ContentTypeHTML is for checkout pages and for error pages of a front server.
const ContentTypeHTML = "text/html; charset=utf-8"

// PublicClient is the id, and the secret, of an OAuth client that everybody knows: people authorise it, for the first account (own
// choice).
const PublicClient = "sandbox"

// Call is one request to a vendor.
type Call struct {
	Vendor string
	Op     string // what the route means ("create", "get" and so on); "" for an unknown route
	Method string
	Path   []string // the unescaped segments after the vendor's prefix
	Query  url.Values
	Header http.Header
	Body   []byte
	Origin string // scheme and host under which the sandbox is reached

	committed bool
}

// Commit notes that the call has changed the vendor's state.
func (c *Call) Commit() { c.committed = true }

// Committed reports whether the call has changed the vendor's state.
func (c *Call) Committed() bool { return c.committed }

// IsJSON reports whether the call says that its body is JSON.
func (c *Call) IsJSON() bool {
	media, _, err := mime.ParseMediaType(c.Header.Get("Content-Type"))
	return err == nil && media == ContentTypeJSON
}

// Bearer returns the bearer token of the call's Authorization header (RFC 6750, with the scheme spelled as there), and whether
// there is one.
func (c *Call) Bearer() (secret string, ok bool) {
	return strings.CutPrefix(c.Header.Get("Authorization"), "Bearer ")
}

// Reply is a whole answer, not yet sent.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
}

// JSON makes a reply of a value that always marshals.
func JSON(status int, value any) Reply {
	body, err := json.Marshal(value)
	if err != nil {
		return Text(http.StatusInternalServerError, "text/plain; charset=utf-8", "sandbox: "+err.Error())
	}
	return Text(status, ContentTypeJSON, string(body))
}

// Text makes a reply of a ready body.
func Text(status int, contentType, body string) Reply {
	return Reply{Status: status, Header: http.Header{"Content-Type": {contentType}}, Body: []byte(body)}
}

// RetryAfter sets the reply's Retry-After, in whole seconds, rounded up.
func (r Reply) RetryAfter(wait time.Duration) Reply {
	r.Header.Set("Retry-After", strconv.Itoa(int((wait+time.Second-1)/time.Second)))
	return r
}

// Null is the JSON text of null.
var Null = json.RawMessage("null")

// Raw marshals a value of the sandbox's own, which never fails.
func Raw(value any) json.RawMessage {
	raw, _ := json.Marshal(value)
	return raw
}

// UnmarshalStrict is json.Unmarshal that refuses unknown keys.
func UnmarshalStrict(data []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

// Segments splits an escaped path into unescaped segments: "/v2/a%2Fb" is "v2", "a/b". A trailing slash leaves an empty
// last segment, so that it is another route.
func Segments(escaped string) ([]string, error) {
	parts := strings.Split(strings.TrimPrefix(escaped, "/"), "/")
	for i, part := range parts {
		plain, err := url.PathUnescape(part)
		if err != nil {
			return nil, fmt.Errorf("path segment %q: %w", part, err)
		}
		parts[i] = plain
	}
	return parts, nil
}
