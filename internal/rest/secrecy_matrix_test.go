package rest_test

import (
	"bytes"
	"context"
	"fmt"
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

// Whatever a server repeats, wherever, however it is spelled and wherever a text is cut: of a credential and of what is sensitive in a
// request, no error and no line of the log shows more than five characters. Nor does one show a new token.
func TestSecrecyMatrix(t *testing.T) {
	t.Parallel()
	cases := 0
	for name, place := range redacttest.Places {
		for spelling, spell := range redacttest.Spellings {
			for i, secret := range redacttest.Secrets {
				paddings := []int{0}
				if place.Padded && (spelling == "plain" || spelling == "twice" || spelling == "HTML, hex" || spelling == "base64") {
					for _, limit := range []int{300, 600, 2000} {
						paddings = append(paddings, limit-100+7*i, limit-len(spell(secret))/2-20)
					}
					if spelling == "plain" && i%4 == 0 {
						paddings = append(paddings, 64<<10-len(secret)/2-20)
					}
				}
				for _, padding := range paddings {
					cases++
					shown := shownBy(t, place, secret, place.Answer(spell(secret), padding), i)
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
func shownBy(t *testing.T, at redacttest.Place, secret string, answer *http.Response, i int) string {
	t.Helper()
	config := rest.Config{
		BaseURL: "https://api.example.com", RetryBudget: 1, Transport: answering{func() *http.Response { return answer }},
	}
	request := rest.Request{Method: http.MethodPost, Path: []string{"links"}, Out: &struct{ A int }{}, AnswersTokens: at.Token}
	var sensitive []string
	switch kind := i % 3; {
	case at.Token && at.Header == "" && !strings.Contains(at.Body, "error_description"): // a new token, of which nobody knows
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
