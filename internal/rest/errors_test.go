package rest_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// Every published shape, and what gateways and deployments send instead.
func TestEveryPublishedErrorShapeIsRead(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		kind, body string // kind: "" for JSON
		want       rest.Error
	}{
		"errors with sources": {"", `{"errors":[{"code":"invalid","detail":"must be below 1","source":{"pointer":"/payment_link/items/0/vat_rate"}},
			{"code":"not_in_list","detail":"unknown","source":{"parameter":"status"}},{"code":"other","detail":"besides"}],"trace_id":"t-1"}`,
			rest.Error{Code: "invalid", Message: "must be below 1", RequestID: "t-1", Fields: []rest.Field{
				{Pointer: "/payment_link/items/0/vat_rate", Code: "invalid", Message: "must be below 1"},
				{Pointer: "status", Code: "not_in_list", Message: "unknown"}, {Code: "other", Message: "besides"}}}},
		"errors without a source": {"", `{"errors":[{"code":"not_found","detail":"no such link"}]}`, rest.Error{Code: "not_found", Message: "no such link"}},
		"errors as an object":     {"", `{"errors":{"message":"Not found"},"trace_id":"t-2"}`, rest.Error{Message: "Not found", RequestID: "t-2"}},
		"code and message":        {"", `{"code":"sca_required","message":"SCA needed","trace_id":"t-3"}`, rest.Error{Code: "sca_required", Message: "SCA needed", RequestID: "t-3"}},
		"OAuth":                   {"", `{"error":"invalid_grant","error_description":"The refresh token is dead"}`, rest.Error{Code: "invalid_grant", Message: "The refresh token is dead"}},
		"OAuth, bare":             {"", `{"error":"invalid_client"}`, rest.Error{Code: "invalid_client"}},
		"detail with a type": {"", `{"status":400,"code":"11","type":"invalidParam","detail":"duration too short","traceId":"9f0c"}`,
			rest.Error{Code: "11", Type: "invalidParam", Message: "duration too short", RequestID: "9f0c"}},
		"statusCode":          {"", `{"statusCode":400,"error":"Bad Request","message":"duration too short"}`, rest.Error{Type: "Bad Request", Message: "duration too short"}},
		"statusCode, several": {"", `{"statusCode":400,"error":"Bad Request","message":["one","two"]}`, rest.Error{Type: "Bad Request", Message: "one; two"}},
		"gateway":             {"", `{"message":"Forbidden"}`, rest.Error{Message: "Forbidden"}},
		"gateway, undeclared": {"text/plain", `{"message":"Forbidden"}`, rest.Error{Message: "Forbidden"}},
		"details with properties": {"", `{"object":"error","type":"invalid","code":"paymentFailed","message":"Bad user","hint":"Use a CPF.","documentation":["https://example.com/cpf"],
			"details":[{"object":"propertyErrorDetail","code":"propertyRequired","message":"is missing","property":"ebanx.user.taxNumber","suggestion":"add it"}]}`,
			rest.Error{Type: "invalid", Code: "paymentFailed", Message: "Bad user", Hint: "Use a CPF. https://example.com/cpf", Fields: []rest.Field{
				{Pointer: "ebanx.user.taxNumber", Code: "propertyRequired", Message: "is missing; add it"}}}},
		"object error": {"", `{"object":"error","message":"Invalid authorization token","type":"unauthenticated"}`, rest.Error{Type: "unauthenticated", Message: "Invalid authorization token"}},
		"description, number as id": {"", `{"code":"invalidValue","description":"amount is wrong","message":null,"request_id":123456789012345678}`,
			rest.Error{Code: "invalidValue", Message: "amount is wrong", RequestID: "123456789012345678"}},
		"description and message": {"", `{"code":"bug","description":"oops","message":"Try later","request_id":null}`, rest.Error{Code: "bug", Message: "Try later; oops", RequestID: "from-header"}},
		"by field name":           {"", `{"errors":{"b":["too long","odd"],"a":"missing"}}`, rest.Error{Fields: []rest.Field{{Pointer: "a", Message: "missing"}, {Pointer: "b", Message: "too long; odd"}}}},
		"texts":                   {"", `{"errors":["one","two"]}`, rest.Error{Message: "one", Fields: []rest.Field{{Message: "two"}}}},
		"wrapped":                 {"", `{"error":{"code":404,"message":"gone","status":"NOT_FOUND"}}`, rest.Error{Code: "404", Message: "gone"}},
		"unknown JSON":            {"", `{"reason":  "none"}`, rest.Error{Body: `{"reason": "none"}`}},
		"JSON text":               {"", `"nope"`, rest.Error{Body: `"nope"`}},
		"JSON array":              {"", `[{"message":"x"}]`, rest.Error{Body: `[{"message":"x"}]`}},
		"truncated":               {"", `{"message":"For`, rest.Error{Body: `{"message":"For`}},
		"HTML": {"text/html", "<!DOCTYPE html><html><head><title>502 Bad\nGateway</title><style>b{}</style><script>var a='<b>';</script></head><body><!-- no --><h1>Sorry &amp; bye</h1></body></html>",
			rest.Error{Body: "502 Bad Gateway Sorry & bye"}},
		"empty": {"", "", rest.Error{}},
		"long":  {"text/plain", strings.Repeat("ab ", 200), rest.Error{Body: strings.Repeat("ab ", 99) + "..."}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kind := test.kind
			if kind == "" {
				kind = "application/json"
			}
			server := newServer(t, respond(422, kind, test.body, "X-Request-Id", "from-header"))
			_, err := server.client(t).Do(t.Context(), rest.Request{Method: http.MethodPost, Path: []string{"v2", "x"}})
			got, want := wantError(t, err), test.want
			if want.RequestID == "" {
				want.RequestID = "from-header"
			}
			if got.Code != want.Code || got.Type != want.Type || got.Message != want.Message || got.Hint != want.Hint ||
				got.RequestID != want.RequestID || got.Body != want.Body || !slices.Equal(got.Fields, want.Fields) {
				t.Errorf("got  %+v\nwant %+v", *got, want)
			}
			if got.Status != 422 || got.Outcome != rest.NotApplied || got.Method != "POST" || got.Path != "/v2/x" {
				t.Errorf("got %+v", *got)
			}
		})
	}
}

func TestDetailShowsEverything(t *testing.T) {
	t.Parallel()
	e := &rest.Error{
		Method: "POST", Path: "/v2/x", Status: 422, Code: "c", Type: "ty", Message: "first", Hint: "do", RequestID: "r", Body: "rest", RetryNote: "Why.",
		Fields: []rest.Field{{"/a", "x", "second"}, {"/b", "", ""}, {"", "z", ""}},
	}
	want := strings.Join([]string{"HTTP 422 Unprocessable Entity (POST /v2/x)", "Code: c", "Type: ty", "Message: first",
		"- /a: second (x)", "- /b", "- (z)", "Hint: do", "Answer: rest", "Request ID: r", "Why."}, "\n")
	if got := e.Detail(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got, want := e.Error(), "POST /v2/x: HTTP 422 Unprocessable Entity: c: first (request ID r)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Go's own words for the end of a context say nothing to who reads them.
func TestDetailHidesGoErrorText(t *testing.T) {
	t.Parallel()
	for want, cause := range map[string]error{
		"Cause: no complete response within 30s":                                      fmt.Errorf("no complete response within 30s: %w", context.DeadlineExceeded),
		"Cause: the time allowed for the operation has elapsed":                       context.DeadlineExceeded,
		"Cause: while waiting for requests_per_minute: the operation was interrupted": fmt.Errorf("while waiting for requests_per_minute: %w", context.Canceled),
	} {
		e := &rest.Error{Method: "GET", Path: "/v2/x", Outcome: rest.Unknown, Cause: cause}
		if got := e.Detail(); got != "no response (GET /v2/x)\n"+want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestLargeErrorBodyIsCut(t *testing.T) {
	t.Parallel()
	server := newServer(t, respond(400, "text/html", "<html><script>"+strings.Repeat("x", 1<<20)+"</script>too late"))
	_, err := server.client(t).Do(t.Context(), rest.Request{})
	if failed := wantError(t, err); failed.Body != "" {
		t.Errorf("got %q", failed.Body)
	}
}

func TestOnlyA404OfTheRequestItselfIsNotFound(t *testing.T) {
	t.Parallel()
	inner := &rest.Error{Status: 404}
	if !rest.IsNotFound(inner) || rest.IsNotFound(nil) || rest.IsNotFound(&rest.Error{Status: 410}) {
		t.Error("404 and nothing else is not found")
	}
	if rest.IsNotFound(&rest.Error{Cause: inner}) {
		t.Error("a token endpoint's 404 must not pass for a missing link")
	}
}

func TestAddHintKeepsTheVendorsHint(t *testing.T) {
	t.Parallel()
	e := &rest.Error{}
	e.AddHint("Ours.")
	e.AddHint("More.\n")
	if e.Hint != "Ours. More." {
		t.Errorf("got %q", e.Hint)
	}
}
