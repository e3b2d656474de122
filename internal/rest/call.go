package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Request is one request and where its answer goes.
type Request struct {
	Method            string      // default GET
	Path              []string    // each is one segment, escaped here; "", "." and ".." are refused
	Suffix            string      // literal text after the last segment, like ":revoke"
	Query             url.Values  //
	Header            http.Header // added to the client's, and before it where both name one
	Body              any         // sent as JSON; nil: no body
	Form              url.Values  // sent as application/x-www-form-urlencoded, instead of Body
	Sensitive         []string    // values of this request to mask in error texts
	Out               any         // pointer that the JSON of a 2xx is decoded into; nil: not read
	Idempotent        bool        // a write that may be sent again when nobody knows whether it was carried out
	HasIdempotencyKey bool        // a write with an idempotency key: sent again when no answer came, or none that can be read; not after a 5xx
}

// Response is what came beside the body. It is filled, as far as there was an answer, for errors too.
type Response struct {
	Status    int
	Header    http.Header
	Date      time.Time // by the server's clock; zero when it does not say
	RequestID string
}

// prepared is a call made ready once for all its attempts.
type prepared struct {
	method string
	url    *url.URL
	header http.Header
	body   []byte
}

func (c *Client) prepare(call Request) (prepared, error) {
	address, err := c.address(call)
	if err != nil {
		return prepared{}, err
	}
	p := prepared{method: method(call), url: address, header: c.header.Clone()}
	p.header.Set("Accept", "application/json")
	switch {
	case call.Form != nil:
		p.body = []byte(call.Form.Encode())
		p.header.Set("Content-Type", "application/x-www-form-urlencoded")
	case call.Body != nil:
		if p.body, err = encode(call.Body); err != nil {
			return prepared{}, err
		}
		p.header.Set("Content-Type", "application/json")
	}
	for name, values := range call.Header {
		p.header[http.CanonicalHeaderKey(name)] = values
	}
	return p, checkHeader(p.header)
}

func method(call Request) string {
	if call.Method == "" {
		return http.MethodGet
	}
	return call.Method
}

// address joins base and segments. Dots are refused, because servers and proxies resolve them even when escaped.
func (c *Client) address(call Request) (*url.URL, error) {
	var escaped strings.Builder
	escaped.WriteString(strings.TrimSuffix(c.base.EscapedPath(), "/"))
	for _, segment := range call.Path {
		if segment == "" || segment == "." || segment == ".." {
			return nil, fmt.Errorf("%q cannot be a part of an address", segment)
		}
		escaped.WriteString("/" + url.PathEscape(segment))
	}
	escaped.WriteString(call.Suffix)
	path, err := url.PathUnescape(escaped.String())
	if err != nil {
		return nil, errors.New("the path of the address is malformed")
	}
	return &url.URL{
		Scheme: c.base.Scheme, Host: c.base.Host, Path: path, RawPath: escaped.String(), RawQuery: call.Query.Encode(),
	}, nil
}

// encode writes JSON as it is, without the escaping of <, > and & that only HTML needs.
func encode(body any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(body); err != nil {
		return nil, fmt.Errorf("the request cannot be written as JSON: %w", err)
	}
	return bytes.TrimRight(buffer.Bytes(), "\n"), nil
}
