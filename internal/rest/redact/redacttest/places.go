package redacttest

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Place is where a server can repeat a value.
type Place struct {
	Status int
	Header string // that holds the value
	Type   string // of the body; default JSON
	Body   string // with %s for the value; without a header and a body the status line holds it
	Token  bool   // of a call for tokens
	Padded bool   // the value may be moved to where a text is cut
}

// Places are where servers repeat values, by name.
var Places = map[string]Place{
	"status line":           {Status: 403},
	"request id":            {Status: 422, Header: "X-Request-Id", Body: `{}`},
	"content type":          {Status: 200, Header: "Content-Type", Body: `x`},
	"retry after":           {Status: 503, Header: "Retry-After", Body: `{}`},
	"date":                  {Status: 409, Header: "Date", Body: `{}`},
	"redirect":              {Status: 307, Header: "Location"},
	"JSON, message":         {Status: 422, Body: `{"code":"bad","message":%s}`, Padded: true},
	"JSON, messages":        {Status: 422, Body: `{"code":"bad","message":["no",%s,"and no"]}`},
	"JSON, code":            {Status: 422, Body: `{"code":%s,"type":%[1]s,"hint":%[1]s,"trace_id":%[1]s}`},
	"JSON, list":            {Status: 422, Body: `{"errors":[{"code":%s,"detail":%[1]s,"source":{"pointer":%[1]s}}]}`},
	"JSON, field name":      {Status: 422, Body: `{"errors":{%s:["is bad"]}}`},
	"JSON, error":           {Status: 400, Body: `{"error":"invalid_grant","error_description":%s}`},
	"JSON, unknown shape":   {Status: 500, Body: `{"input":{"x":%s}}`, Padded: true},
	"JSON, cut short":       {Status: 500, Body: `{"input":{"x":%s`, Padded: true},
	"JSON, wrong type":      {Status: 200, Body: `{"a":%s}`},
	"JSON, trailing":        {Status: 200, Body: `{"a":1} %s`},
	"text":                  {Status: 502, Type: "text/plain", Body: "refused: %s", Padded: true},
	"text, alone":           {Status: 502, Type: "text/plain", Body: "%s", Padded: true},
	"HTML, title":           {Status: 403, Type: "text/html", Body: "<html><title>%s</title><body>no</body></html>", Padded: true},
	"HTML, text":            {Status: 502, Type: "text/html", Body: "<!doctype html><body><p>The key <b>%s</b> is bad", Padded: true},
	"HTML, attribute":       {Status: 502, Type: "text/html", Body: `<html><body><a href="/?key=%s">x</a>`},
	"HTML, success":         {Status: 200, Type: "text/html", Body: "<html><title>%s</title></html>", Padded: true},
	"token, error":          {Status: 400, Body: `{"error":"invalid_client","error_description":%s}`, Token: true},
	"token, 401":            {Status: 401, Body: `{"accessToken":%s,"expiresIn":3600}`, Token: true},
	"token, 500":            {Status: 500, Body: `{"accessToken":%s,"expiresIn":3600}`, Token: true},
	"token, 503, text":      {Status: 503, Type: "text/plain", Body: "access_token=%s&expires_in=3600", Token: true},
	"token, HTML":           {Status: 503, Type: "text/html", Body: "<html><title>%s</title>", Token: true},
	"token, 200, HTML":      {Status: 200, Type: "text/html", Body: "<html><title>%s</title>", Token: true},
	"token, as a number":    {Status: 200, Body: `{"a":%s}`, Token: true},
	"token, in the request": {Status: 500, Header: "X-Request-Id", Body: `{"accessToken":%s}`, Token: true},
}

// Answer returns the answer that repeats a value, behind so many other characters.
func (p Place) Answer(value string, padding int) *http.Response {
	response := &http.Response{StatusCode: p.Status, Status: fmt.Sprintf("%d OK", p.Status), Header: http.Header{}, ProtoMajor: 1}
	response.Header.Set("Content-Type", "application/json")
	if p.Type != "" {
		response.Header.Set("Content-Type", p.Type)
	}
	switch {
	case p.Header == "Location":
		response.Header.Set(p.Header, "https://"+value+".test/"+value)
		if _, err := url.Parse(response.Header.Get(p.Header)); err != nil { // not every value can be a host
			response.Header.Set(p.Header, "https://host.test/"+value)
		}
	case p.Header != "":
		response.Header.Set(p.Header, value)
	case p.Body == "":
		response.Status = fmt.Sprintf("%d %s", p.Status, value)
	}
	value = strings.Repeat("x ", padding/2) + value
	if p.Type == "" && p.Header == "" {
		if strings.Contains(value, "\n") {
			value = strings.ReplaceAll(value, `\`, `\\`)
		}
		value = `"` + strings.NewReplacer("\n", `\n`, "\r", `\r`, `"`, `\"`).Replace(value) + `"`
	}
	body := p.Body
	if strings.Contains(body, "%") {
		body = fmt.Sprintf(body, value)
	}
	response.Body = io.NopCloser(strings.NewReader(body))
	return response
}
