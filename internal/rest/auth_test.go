package rest_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// Many calls meet a 401 for the same token at once: one renewal serves all.
func TestOneRenewalForParallelCalls(t *testing.T) {
	t.Parallel()
	for name, fails := range map[string]bool{"renewed": false, "not renewed": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := newIssuer()
			const calls = 10
			var first sync.WaitGroup
			first.Add(calls)
			v := newVendor(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Authorization") == "Bearer tok-1" {
					first.Done()
					first.Wait() // all of them are under way with the old token
					jsonAnswer(401, `{"message":"expired"}`)(w, r)
					return
				}
				jsonAnswer(201, `{}`)(w, r)
			})
			auth := i.auth()
			wantToken(t, auth, "tok-1")
			if fails {
				i.setFail(errors.New("dead refresh token"))
			}
			client := v.client(t, func(c *rest.Config) { c.Auth = auth })
			var group sync.WaitGroup
			var failures atomic.Int32
			for range calls {
				group.Go(func() {
					_, err := client.Do(t.Context(), rest.Request{Method: http.MethodPost, Body: 1})
					if failed, ok := rest.AsError(err); ok {
						failures.Add(1)
						if failed.Status != 401 || failed.Outcome != rest.NotApplied || !strings.Contains(failed.Detail(), "dead refresh token") {
							t.Errorf("got %s", failed.Detail())
						}
					}
				})
			}
			group.Wait()
			if got := i.asked(); !slices.Equal(got, []string{"", "tok-1"}) {
				t.Errorf("asked with %q", got)
			}
			wantFailures, wantRequests := 0, 2*calls
			if fails {
				wantFailures, wantRequests = calls, calls
			}
			if int(failures.Load()) != wantFailures {
				t.Errorf("%d failures, want %d", failures.Load(), wantFailures)
			}
			v.wantRequests(t, wantRequests)
		})
	}
}

func TestUnauthorisedTwiceIsTheEnd(t *testing.T) {
	t.Parallel()
	i := newIssuer()
	v := newVendor(t, jsonAnswer(401, `{"message":"never"}`))
	client := v.client(t, func(c *rest.Config) { c.Auth = i.auth() })
	_, err := client.Do(t.Context(), rest.Request{})
	if failed := wantError(t, err); failed.Status != 401 || len(v.clock.Sleeps()) != 0 {
		t.Errorf("got %v", failed)
	}
	v.wantRequests(t, 2)
	if got := i.asked(); !slices.Equal(got, []string{"", "tok-1"}) {
		t.Errorf("asked with %q", got)
	}
	if a, b := v.seen()[0].header.Get("Authorization"), v.seen()[1].header.Get("Authorization"); a != "Bearer tok-1" || b != "Bearer tok-2" {
		t.Errorf("sent %q, then %q", a, b)
	}
}

func TestTokenThatCannotBeHadIsARefusal(t *testing.T) {
	t.Parallel()
	endpoint := newVendor(t, jsonAnswer(404, `{"error":"invalid_client","error_description":"no such app"}`))
	tokens := endpoint.client(t)
	fetch := func(ctx context.Context, _ string) (rest.Token, error) {
		var out struct{ Value string }
		_, err := tokens.Do(ctx, rest.Request{Method: http.MethodPost, Path: []string{"oauth2", "token"}, Out: &out})
		return rest.Token{Value: out.Value}, err
	}
	v := newVendor(t, jsonAnswer(200, `{}`))
	client := v.client(t, func(c *rest.Config) { c.Auth = rest.Fetched(fetch, time.Minute, v.clock) })
	_, err := client.Do(t.Context(), rest.Request{Method: http.MethodPost, Path: []string{"links"}})
	failed := wantError(t, err)
	if failed.Outcome != rest.NotApplied || failed.Path != "/links" || rest.IsNotFound(err) {
		t.Errorf("got %+v", failed)
	}
	for _, want := range []string{"access token", "HTTP 404 Not Found (POST /oauth2/token)", "no such app"} {
		if !strings.Contains(failed.Detail(), want) {
			t.Errorf("%q is not in\n%s", want, failed.Detail())
		}
	}
	for _, once := range []string{"HTTP 404", "invalid_client", "no such app", "/oauth2/token"} {
		if n := strings.Count(failed.Detail(), once); n != 1 {
			t.Errorf("%q is said %d times in\n%s", once, n, failed.Detail())
		}
	}
	v.wantRequests(t, 0)
}
