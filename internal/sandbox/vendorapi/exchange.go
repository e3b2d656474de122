// Package exchange is what the sandbox's core and its vendors agree on: a call comes in, a reply goes out whole. Because
// a vendor never touches the connection, every fault can be put on every call from outside.
package vendorapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// ContentTypeJSON is what every vendor's API answers with.
const ContentTypeJSON = "application/json"

// ContentTypeHTML is for checkout pages and for error pages of a front server.
const ContentTypeHTML = "text/html; charset=utf-8"

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

// Committed tells whether the call has changed the vendor's state.
func (c *Call) Committed() bool { return c.committed }

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

// PageOf is what stands in a link's URL after "/pay/{vendor}/"; "" for a URL that leads elsewhere, as those of seeds do.
func PageOf(vendor, address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	page, ok := strings.CutPrefix(u.Path, "/pay/"+vendor+"/")
	if !ok {
		return ""
	}
	return page
}
