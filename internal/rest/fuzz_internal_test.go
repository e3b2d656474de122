package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf8"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
)

// seeds adds what vendors answer: the files of their packages.
func seeds(f *testing.F, pattern string, add func(body []byte)) {
	f.Helper()
	files, err := filepath.Glob(filepath.Join("..", "*", "testdata", pattern))
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		add(body)
	}
}

// FuzzElements: a list is handed over element by element as a decoder of the whole would read it, or refused; however
// its bytes arrive.
func FuzzElements(f *testing.F) {
	for _, body := range []string{
		`{"items":[{"id":"a"},{"id":"b"}],"moreItemsAfter":null}`, `{"results":[],"pagination":{"total":0}}`, `[]`, `[1,"a",null,{}]`, `null`, `{"items":null}`,
		`{"items":[1],"items":[2]}`, `{"items":{}}`, `{"items":[1]} {}`, `{"items":[1`, `{"items":[1,]}`, `{"Items":[1]}`, ``, `[`, `[[[[`, `{"items":[1],"n":1e999}`, "\xef\xbb\xbf[]", `[1] [2]`, `[1]]`,
	} {
		f.Add([]byte(body), "items")
		f.Add([]byte(body), "")
	}
	seeds(f, "*list*.json", func(body []byte) { f.Add(body, "items") })
	f.Fuzz(func(t *testing.T, body []byte, field string) {
		got, around, err := streamed(bytes.NewReader(body), field)
		slowly, _, errSlowly := streamed(iotest.OneByteReader(bytes.NewReader(body)), field)
		if (err == nil) != (errSlowly == nil) || len(got) != len(slowly) {
			t.Fatalf("%d elements (%v), byte by byte %d (%v)", len(got), err, len(slowly), errSlowly)
		}
		want, readable := whole(body, field)
		if err != nil {
			var wrong decodeError
			if !errors.As(err, &wrong) && !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Fatalf("neither wrong nor cut short: %v", err)
			}
			if readable && len(body) < MaxElement {
				t.Fatalf("a good list was refused: %v", err)
			}
			return
		}
		if !json.Valid(body) {
			t.Fatalf("no JSON was taken for a list of %d", len(got))
		}
		if field != "" && around == nil {
			t.Fatal("what is beside the list was not decoded")
		}
		if readable && !sameElements(got, want) {
			t.Fatalf("handed over %s, want %s", got, want)
		}
	})
}

func streamed(body io.Reader, field string) (got []json.RawMessage, around map[string]any, err error) {
	response := &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(body)}
	err = streamResponse(response, func(raw json.RawMessage) json.RawMessage { return raw }, field, func(raw json.RawMessage) bool {
		got = append(got, raw)
		return true
	}, &around)
	return got, around, err
}

// whole reads a list at once. Not readable is also what two readers may rightly take for two things: a key that is there
// twice.
func whole(body []byte, field string) (elements []json.RawMessage, readable bool) {
	if field == "" {
		return elements, json.Unmarshal(body, &elements) == nil
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(body, &object) != nil || object[field] == nil || bytes.Count(body, []byte(`"`)) > 2 && keys(body) != len(object) {
		return nil, false
	}
	return elements, json.Unmarshal(object[field], &elements) == nil
}

// keys counts the keys at the top of an object, repetitions included.
func keys(body []byte) (count int) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	if _, err := decoder.Token(); err != nil {
		return 0
	}
	for decoder.More() {
		var value json.RawMessage
		if _, err := decoder.Token(); err != nil || decoder.Decode(&value) != nil {
			return 0
		}
		count++
	}
	return count
}

func sameElements(a, b []json.RawMessage) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !bytes.Equal(bytes.TrimSpace(a[i]), bytes.TrimSpace(b[i])) {
			return false
		}
	}
	return true
}

// FuzzErrorBody: whatever a vendor answers instead of a success, what is shown of it is bounded, has no control
// characters, and never holds a secret.
func FuzzErrorBody(f *testing.F) {
	const secret = "s3cr3t-t0ken"
	for _, body := range []string{
		`{"errors":[{"code":"invalid","detail":"s3cr3t-t0ken","source":{"pointer":"/payment_link/items/0"}}],"trace_id":"1"}`,
		`{"error":"invalid_grant","error_description":"S3CR3T-T0KEN"}`, `{"statusCode":400,"error":"Bad Request","message":["a","s3cr3t-t0ken b"]}`,
		`{"object":"error","type":"invalidParam","message":"m","documentation":["https://x"],"details":[{"property":"ebanx.user","message":"s3cr3t-t0ken"}]}`,
		`{"code":"x","description":"d","message":"s\u0033cr3t-t0ken","request_id":12}`, `{"errors":{"s3cr3t-t0ken":["no"]}}`, `{"error":{"error":{"message":"deep"}}}`,
		`<html><title>s3cr3t-t0ken</title><p>s3cr3t<b>-t0ken</b> &#115;3cr3t-t0ken</p>`, `s3cr3t-t0ken`, "\x1b[31ms3cr3t\x00-t0ken", `"s3cr3t-t0ken"`, `[]`, ``, `{`, `null`,
		strings.Repeat("long ", 1000) + "s3cr3t-t0ken", `{"message":"` + strings.Repeat("s3cr3t-t0ken", 500) + `"}`,
	} {
		f.Add([]byte(body), secret)
	}
	seeds(f, "refused.json", func(body []byte) { f.Add(body, "invoice") })
	f.Fuzz(func(t *testing.T, body []byte, secret string) {
		if !plain(secret) {
			secret = "s3cr3t-t0ken"
		}
		r := redact.New([]string{secret})
		e := &Error{Method: http.MethodPost, Path: "/links", Status: 422}
		parseErrorBody(e, body, r)
		e = redactError(r, e)
		shown(t, "body", e.Body, maxBody, secret)
		for _, text := range []string{e.Code, e.Type, e.Message, e.Hint, e.RequestID} {
			shown(t, "text", text, maxText, secret)
		}
		for _, field := range e.Fields {
			for _, text := range []string{field.Pointer, field.Code, field.Message} {
				shown(t, "field", text, maxText, secret)
			}
		}
		if e.Error() == "" || e.Detail() == "" {
			t.Fatal("an error without words")
		}
	})
}

// plain: the secret is long enough to be found anywhere, and is not a part of what stands for a secret or a cut.
func plain(secret string) bool {
	letters := strings.Trim(secret, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=+/~")
	return letters == "" && len(secret) >= 4
}

func shown(t *testing.T, name, text string, limit int, secret string) {
	t.Helper()
	if utf8.RuneCountInString(text) > limit {
		t.Fatalf("%s: %d characters are shown", name, utf8.RuneCountInString(text))
	}
	if strings.Contains(strings.ToLower(text), strings.ToLower(secret)) {
		t.Fatalf("%s shows the secret %q: %q", name, secret, text)
	}
	if redact.StripControl(text) != text {
		t.Fatalf("%s could move a cursor: %q", name, text)
	}
}

// FuzzRetryAfter: the wait that a server asks for is never negative, is what it says in seconds or until its date, and is
// never taken when the budget is shorter.
func FuzzRetryAfter(f *testing.F) {
	for _, text := range []string{
		"0", "1", "120", "-1", "+3", " 5 ", "1.5", "9223372036854775807", "99999999999999999999", "", "soon", "0x10",
		"Sun, 01 Mar 2026 12:00:30 GMT", "Sunday, 01-Mar-26 12:00:30 GMT", "Sun Mar  1 12:00:30 2026", "Thu, 01 Jan 0000 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT",
	} {
		f.Add(text, "", int64(1772366400))
		f.Add(text, "Sun, 01 Mar 2026 12:00:00 GMT", int64(0))
	}
	f.Fuzz(func(t *testing.T, text, date string, unix int64) {
		now := time.Unix(unix%(1<<40), 0)
		header := http.Header{"Retry-After": {text}}
		if date != "" {
			header.Set("Date", date)
		}
		wait := retryAfter(header, now)
		if wait < 0 || wait != retryAfter(header, now) {
			t.Fatalf("%q: %s", text, wait)
		}
		if at, err := http.ParseTime(strings.TrimSpace(text)); err == nil {
			from := now
			if own, err := http.ParseTime(date); err == nil {
				from = own
			}
			if want := max(0, at.Sub(from)); wait != want {
				t.Fatalf("%q at %s: %s, want %s", text, from, wait, want)
			}
		}
		const budget = time.Minute
		decision := decide(attemptFacts{method: http.MethodGet, status: http.StatusTooManyRequests, number: 1, remaining: budget, retryAfter: wait})
		if decision.wait < 0 || decision.wait >= budget || decision.retry && wait > 0 && decision.wait != wait {
			t.Fatalf("%q: the decision is %+v", text, decision)
		}
	})
}
