package rest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Request is one request to the vendor, sent in one or more attempts, and where its response goes.
type Request struct {
	Method string   // default GET
	Path   []string // each is one segment, escaped here; "", "." and ".." are refused
	Suffix string   // literal text after the last segment, like ":revoke"
	Query  url.Values
	Header http.Header // added to the client's; wins where both have one
	Body   any         // sent as JSON; nil: no body
	Form   url.Values  // sent as application/x-www-form-urlencoded, instead of Body
	// AnswersTokens marks a call for tokens. Of its answers nothing is shown but the fields of an error, and no token in them.
	AnswersTokens bool
	Out           any // pointer that the JSON of a 2xx is decoded into; nil: not read

	// Idempotent marks a write that does no harm if it is carried out twice. It is repeated when its outcome is unknown.
	Idempotent bool
	// Observable marks an idempotent write whose effect shows at the object that it changes. A success that cannot be read is then
	// not repeated: a look tells more.
	Observable bool
	// HasIdempotencyKey marks a write with an idempotency key in its Header. It is repeated when no response came, or none that
	// can be read, but not after a 5xx: vendors may remember successes only.
	HasIdempotencyKey bool
	// ConflictCodes are the vendor's codes or types of a 409 that says what is taken already, and so refuses the request. Any other
	// 409 leaves open whether a write was carried out.
	ConflictCodes []string
}

func (r Request) method() string { return cmp.Or(r.Method, http.MethodGet) }

// preparedRequest is what all attempts of a request send.
type preparedRequest struct {
	method string
	url    *url.URL
	header http.Header
	body   []byte
}

// prepare combines a request with a client's base URL and header.
func prepare(base *url.URL, header http.Header, r Request) (preparedRequest, error) {
	target, err := buildURL(base, r)
	if err != nil {
		return preparedRequest{}, err
	}
	p := preparedRequest{method: r.method(), url: target, header: header.Clone()}
	p.header.Set("Accept", "application/json")
	switch {
	case r.Form != nil:
		p.body = []byte(r.Form.Encode())
		p.header.Set("Content-Type", "application/x-www-form-urlencoded")
	case r.Body != nil:
		if p.body, err = encodeJSON(r.Body); err != nil {
			return preparedRequest{}, err
		}
		p.header.Set("Content-Type", "application/json")
	}
	for name, values := range r.Header {
		p.header[http.CanonicalHeaderKey(name)] = values
	}
	return p, checkHeader(p.header)
}

// buildURL appends the path segments to base. Dot segments are refused: servers and proxies resolve them even when escaped.
func buildURL(base *url.URL, r Request) (*url.URL, error) {
	var escaped strings.Builder
	escaped.WriteString(strings.TrimSuffix(base.EscapedPath(), "/"))
	for _, segment := range r.Path {
		if segment == "" || isDotSegment(segment) {
			return nil, fmt.Errorf("%q cannot be part of a URL path", segment)
		}
		escaped.WriteString("/" + url.PathEscape(segment))
	}
	escaped.WriteString(r.Suffix)
	path, err := url.PathUnescape(escaped.String())
	if err != nil {
		return nil, errors.New("the path of the URL is malformed")
	}
	return &url.URL{
		Scheme: base.Scheme, Host: base.Host, Path: path, RawPath: escaped.String(), RawQuery: r.Query.Encode(),
	}, nil
}

// encodeJSON writes JSON as it is, without the escaping of <, > and & that only HTML needs.
func encodeJSON(body any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(body); err != nil {
		return nil, fmt.Errorf("the request cannot be encoded as JSON: %w", err)
	}
	return bytes.TrimRight(buffer.Bytes(), "\n"), nil
}

// checkHeader refuses values that cannot be sent. net/http would refuse them later, in a way that looks like a lost request.
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
