package rest

import (
	"errors"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
)

// Half a secret would not be found, so redaction comes before shortening; and a terminal must not be driven by a vendor.
func TestEveryTextOfAnErrorIsRedacted(t *testing.T) {
	t.Parallel()
	const secret = "topsecretvalue"
	inner := &Error{Method: "POST", Path: "/oauth2/token", Status: 400, Message: "bad " + secret}
	cause := errors.Join(inner, errors.New("dial "+secret))
	e := redactError(redact.New([]string{secret}), &Error{
		Method: "GET", Path: "/v2/" + secret, Status: 422, Code: secret, Type: secret, Message: "a\x1b[31m" + secret,
		Hint: secret, RequestID: secret, RetryNote: secret, Fields: []Field{{secret, secret, secret}},
		Body: strings.Repeat("x", maxBody-10) + secret, Cause: cause,
	})
	all := e.Error() + e.Detail() + e.Cause.Error() + e.Code + e.Type + e.Hint + e.Body
	if strings.Contains(all, "topse") || strings.ContainsRune(all, 0x1b) {
		t.Errorf("not redacted: %q", all)
	}
	if len(e.Body) > maxBody || !errors.Is(e, error(inner)) {
		t.Errorf("body of %d, or the cause is lost", len(e.Body))
	}
	if !strings.Contains(e.Detail(), "HTTP 400 Bad Request (POST /oauth2/token)") {
		t.Errorf("the inner error is not shown: %s", e.Detail())
	}
	if !strings.Contains(inner.Message, secret) {
		t.Error("the inner error, which others share, was changed")
	}
}

// Compiling a redactor costs more than the rest of a request: it is done once for each set of secrets, and for a request with
// values of its own apart from the others.
func TestRedactorIsBuiltOnceForASetOfSecrets(t *testing.T) {
	t.Parallel()
	source := &growingSource{Source: auth.Static("first-token")}
	c, err := New(Config{BaseURL: "https://api.example.com", Secrets: []string{"client-secret"}, Auth: source})
	if err != nil {
		t.Fatal(err)
	}
	const text = "client-secret first-token second-token payer-name"
	shown := func(x *execution) string { return x.redactor().Redact(text) }
	sensitive := WithSensitive(t.Context(), func() []string { return []string{"payer-name"} })
	plain, own := newExecution(t.Context(), c, Request{}, nil), newExecution(sensitive, c, Request{}, nil)
	if got := shown(plain); got != "*** *** second-token payer-name" {
		t.Errorf("got %q", got)
	}
	if got := shown(own); got != "*** *** second-token ***" {
		t.Errorf("got %q", got)
	}
	first, firstOwn := plain.redactor(), own.redactor()
	if newExecution(t.Context(), c, Request{}, nil).redactor() != first || own.redactor() != firstOwn {
		t.Error("a redactor of the same secrets is built again")
	}
	source.issued = []string{"second-token"}
	if got := shown(plain); got != "*** *** *** payer-name" {
		t.Errorf("with a new token: %q", got)
	}
}

// growingSource issues further tokens.
type growingSource struct {
	auth.Source
	issued []string
}

func (s *growingSource) Secrets() []string { return append(s.Source.Secrets(), s.issued...) }
