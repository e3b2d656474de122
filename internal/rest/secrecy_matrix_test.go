package rest_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact/redacttest"
)

// answering is a transport that gives one answer to everything.
type answering struct{ answer func() *http.Response }

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) {
	response := a.answer()
	response.Request = r
	return response, nil
}

// place is where a server can repeat a value.
type place struct {
	status int
	header string // that holds the value
	kind   string // of the body; default JSON
	body   string // with %s for the value
	token  bool   // of a call for tokens
	padded bool   // the value may be moved to where a text is cut
}

var places = map[string]place{
	"status line":           {status: 403},
	"request id":            {status: 422, header: "X-Request-Id", body: `{}`},
	"content type":          {status: 200, header: "Content-Type", body: `x`},
	"retry after":           {status: 503, header: "Retry-After", body: `{}`},
	"date":                  {status: 409, header: "Date", body: `{}`},
	"redirect":              {status: 307, header: "Location"},
	"JSON, message":         {status: 422, body: `{"code":"bad","message":%s}`, padded: true},
	"JSON, messages":        {status: 422, body: `{"code":"bad","message":["no",%s,"and no"]}`},
	"JSON, code":            {status: 422, body: `{"code":%s,"type":%[1]s,"hint":%[1]s,"trace_id":%[1]s}`},
	"JSON, list":            {status: 422, body: `{"errors":[{"code":%s,"detail":%[1]s,"source":{"pointer":%[1]s}}]}`},
	"JSON, field name":      {status: 422, body: `{"errors":{%s:["is bad"]}}`},
	"JSON, error":           {status: 400, body: `{"error":"invalid_grant","error_description":%s}`},
	"JSON, unknown shape":   {status: 500, body: `{"input":{"x":%s}}`, padded: true},
	"JSON, cut short":       {status: 500, body: `{"input":{"x":%s`, padded: true},
	"JSON, wrong type":      {status: 200, body: `{"a":%s}`},
	"JSON, trailing":        {status: 200, body: `{"a":1} %s`},
	"text":                  {status: 502, kind: "text/plain", body: "refused: %s", padded: true},
	"text, alone":           {status: 502, kind: "text/plain", body: "%s", padded: true},
	"HTML, title":           {status: 403, kind: "text/html", body: "<html><title>%s</title><body>no</body></html>", padded: true},
	"HTML, text":            {status: 502, kind: "text/html", body: "<!doctype html><body><p>The key <b>%s</b> is bad", padded: true},
	"HTML, attribute":       {status: 502, kind: "text/html", body: `<html><body><a href="/?key=%s">x</a>`},
	"HTML, success":         {status: 200, kind: "text/html", body: "<html><title>%s</title></html>", padded: true},
	"token, error":          {status: 400, body: `{"error":"invalid_client","error_description":%s}`, token: true},
	"token, 401":            {status: 401, body: `{"accessToken":%s,"expiresIn":3600}`, token: true},
	"token, 500":            {status: 500, body: `{"accessToken":%s,"expiresIn":3600}`, token: true},
	"token, 503, text":      {status: 503, kind: "text/plain", body: "access_token=%s&expires_in=3600", token: true},
	"token, HTML":           {status: 503, kind: "text/html", body: "<html><title>%s</title>", token: true},
	"token, 200, HTML":      {status: 200, kind: "text/html", body: "<html><title>%s</title>", token: true},
	"token, as a number":    {status: 200, body: `{"a":%s}`, token: true},
	"token, in the request": {status: 500, header: "X-Request-Id", body: `{"accessToken":%s}`, token: true},
}

// write returns the answer that repeats a value, behind so many other characters.
func (p place) write(value string, padding int) *http.Response {
	response := &http.Response{StatusCode: p.status, Status: fmt.Sprintf("%d OK", p.status), Header: http.Header{}, ProtoMajor: 1}
	response.Header.Set("Content-Type", "application/json")
	if p.kind != "" {
		response.Header.Set("Content-Type", p.kind)
	}
	switch {
	case p.header == "Location":
		response.Header.Set(p.header, "https://"+value+".test/"+value)
		if _, err := response.Location(); err != nil { // not every value can be a host
			response.Header.Set(p.header, "https://host.test/"+value)
		}
	case p.header != "":
		response.Header.Set(p.header, value)
	case p.body == "":
		response.Status = fmt.Sprintf("%d %s", p.status, value)
	}
	value = strings.Repeat("x ", padding/2) + value
	if p.kind == "" && p.header == "" {
		if strings.Contains(value, "\n") {
			value = strings.ReplaceAll(value, `\`, `\\`)
		}
		value = `"` + strings.NewReplacer("\n", `\n`, "\r", `\r`, `"`, `\"`).Replace(value) + `"`
	}
	body := p.body
	if strings.Contains(body, "%") {
		body = fmt.Sprintf(body, value)
	}
	response.Body = io.NopCloser(strings.NewReader(body))
	return response
}

// Whatever a server repeats, wherever, however it is spelled and wherever a text is cut: of a credential and of what is sensitive in a
// request, no error and no line of the log shows more than five characters. Nor does one show a new token.
func TestSecrecyMatrix(t *testing.T) {
	t.Parallel()
	cases := 0
	for name, place := range places {
		for spelling, spell := range redacttest.Spellings {
			for i, secret := range redacttest.Secrets {
				paddings := []int{0}
				if place.padded && (spelling == "plain" || spelling == "twice" || spelling == "HTML, hex" || spelling == "base64") {
					for _, limit := range []int{300, 600, 2000} {
						paddings = append(paddings, limit-100+7*i, limit-len(spell(secret))/2-20)
					}
					if spelling == "plain" && i%4 == 0 {
						paddings = append(paddings, 64<<10-len(secret)/2-20)
					}
				}
				for _, padding := range paddings {
					cases++
					shown := shownBy(t, place, secret, place.write(spell(secret), padding), i)
					if part := redacttest.Shown(shown, secret); part != "" {
						t.Fatalf("%s, %s of %q behind %d: %q is shown:\n%.3000s", name, spelling, secret, padding, part, shown)
					}
				}
			}
		}
	}
	if cases < 10_000 {
		t.Errorf("%d cases", cases)
	}
	t.Logf("%d cases", cases)
}

// shownBy returns all that an error and the log show. The i-th secret is a credential or a payer's datum.
func shownBy(t *testing.T, at place, secret string, answer *http.Response, i int) string {
	t.Helper()
	config := rest.Config{
		BaseURL: "https://api.example.com", RetryBudget: 1, Transport: answering{func() *http.Response { return answer }},
	}
	request := rest.Request{Method: http.MethodPost, Path: []string{"links"}, Out: &struct{ A int }{}, AnswersTokens: at.token}
	var sensitive []string
	switch kind := i % 3; {
	case at.token && at.header == "" && !strings.Contains(at.body, "error_description"): // a new token, of which nobody knows
	case kind == 0:
		config.Secrets = []string{secret}
	case kind == 1 && !strings.ContainsAny(secret, " \"äöü"):
		config.Auth = auth.Static(secret)
	default:
		sensitive = []string{secret}
	}
	client, err := rest.New(config)
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	ctx := rest.WithSensitive(tflogtest.RootLogger(context.Background(), &log), func() []string { return sensitive })
	_, err = client.Do(ctx, request)
	failed, ok := rest.AsError(err)
	if !ok { // what has another type counts as left out
		return log.String()
	}
	return strings.Join([]string{failed.Error(), failed.Detail(), fmt.Sprint(failed.Cause), rest.Describe(err), log.String()}, "\n")
}
