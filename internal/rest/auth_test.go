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
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth/authtest"
)

// firstToken makes the source fetch its first token, tok-1.
func firstToken(t *testing.T, source auth.Source) {
	t.Helper()
	if got, err := source.Token(t.Context()); err != nil || got != "tok-1" {
		t.Fatalf("token %q, %v", got, err)
	}
}

func wantTokenRequests(t *testing.T, i *authtest.FakeIssuer, want ...string) {
	t.Helper()
	if got := i.Requests(); !slices.Equal(got, want) {
		t.Errorf("tokens were asked for with %q, want %q", got, want)
	}
}

// Many requests meet a 401 for the same token at once: one refresh serves all.
func TestParallelRequestsShareOneRefresh(t *testing.T) {
	t.Parallel()
	for name, fails := range map[string]bool{"refreshed": false, "not refreshed": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := authtest.NewFakeIssuer()
			const requests = 10
			var first sync.WaitGroup
			first.Add(requests)
			server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Authorization") == "Bearer tok-1" {
					first.Done()
					first.Wait() // all of them are under way with the old token
					respondJSON(401, `{"message":"expired"}`)(w, r)
					return
				}
				respondJSON(201, `{}`)(w, r)
			})
			source := i.Source()
			firstToken(t, source)
			if fails {
				i.Fail(errors.New("dead refresh token"))
			}
			client := server.client(t, func(c *rest.Config) { c.Auth = source })
			var group sync.WaitGroup
			var failures atomic.Int32
			for range requests {
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
			wantTokenRequests(t, i, "", "tok-1")
			wantFailures, wantRequests := 0, 2*requests
			if fails {
				wantFailures, wantRequests = requests, requests
			}
			if int(failures.Load()) != wantFailures {
				t.Errorf("%d failures, want %d", failures.Load(), wantFailures)
			}
			server.wantRequests(t, wantRequests)
		})
	}
}

func TestRequestIsSentWithOneOtherTokenAtMost(t *testing.T) {
	t.Parallel()
	i := authtest.NewFakeIssuer()
	server := newServer(t, respondJSON(401, `{"message":"never"}`))
	client := server.client(t, func(c *rest.Config) { c.Auth = i.Source() })
	_, err := client.Do(t.Context(), rest.Request{})
	if failed := wantError(t, err); failed.Status != 401 || len(server.clock.Sleeps()) != 0 {
		t.Errorf("got %v", failed)
	}
	server.wantRequests(t, 2)
	wantTokenRequests(t, i, "", "tok-1")
	if a, b := server.recorded()[0].header.Get("Authorization"), server.recorded()[1].header.Get("Authorization"); a != "Bearer tok-1" || b != "Bearer tok-2" {
		t.Errorf("sent %q, then %q", a, b)
	}
}

func TestFailedFetchOfATokenIsNotApplied(t *testing.T) {
	t.Parallel()
	endpoint := newServer(t, respondJSON(404, `{"error":"invalid_client","error_description":"no such app"}`))
	tokens := endpoint.client(t)
	fetch := func(ctx context.Context, _ string) (auth.Token, error) {
		var out struct {
			Value string `json:"value"`
		}
		_, err := tokens.Do(ctx, rest.Request{Method: http.MethodPost, Path: []string{"oauth2", "token"}, Out: &out})
		return auth.Token{Value: out.Value}, err
	}
	server := newServer(t, respondJSON(200, `{}`))
	client := server.client(t, func(c *rest.Config) { c.Auth = auth.NewRefreshing(fetch, time.Minute, server.clock) })
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
	for _, single := range []string{"HTTP 404", "invalid_client", "no such app", "/oauth2/token"} {
		if n := strings.Count(failed.Detail(), single); n != 1 {
			t.Errorf("%q stands %d times in\n%s", single, n, failed.Detail())
		}
	}
	server.wantRequests(t, 0)
}

const rejectionNote = "already rejected an earlier request"

// Ten requests at once, whose token and the one after it are rejected: one refresh, no request is sent more than twice, and
// from then on nothing is sent.
func TestRejectedTokenIsNotSentAgain(t *testing.T) {
	t.Parallel()
	i := authtest.NewFakeIssuer()
	server := newServer(t, respondJSON(401, `{"code":"unauthorized","message":"never"}`))
	source := i.Source()
	firstToken(t, source)
	client := server.client(t, func(c *rest.Config) { c.Auth = source })
	var group sync.WaitGroup
	for range 10 {
		group.Go(func() {
			if _, err := client.Do(t.Context(), rest.Request{Method: http.MethodPost}); wantError(t, err).Status != 401 {
				t.Errorf("got %v", err)
			}
		})
	}
	group.Wait()
	if n := len(server.recorded()); n > 20 {
		t.Errorf("%d requests", n)
	}
	before := len(server.recorded())
	for range 300 { // a vendor throttles at 200
		server.clock.Advance(time.Second)
		_, err := client.Do(t.Context(), rest.Request{Path: []string{"links"}})
		failed := wantError(t, err)
		if failed.Status != 401 || failed.Message != "never" || failed.Outcome != rest.NotApplied || failed.Path != "/links" || !strings.Contains(failed.RetryNote, rejectionNote) {
			t.Fatalf("got %+v", failed)
		}
	}
	server.wantRequests(t, before)
	wantTokenRequests(t, i, "", "tok-1")
}

// A token that comes later, because the rejected one is due, is tried.
func TestTokenAfterARejectedOneIsSent(t *testing.T) {
	t.Parallel()
	i := authtest.NewFakeIssuer()
	server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "Bearer tok-3" {
			respondJSON(200, `{}`)(w, r)
			return
		}
		respondJSON(401, `{}`)(w, r)
	})
	client := server.client(t, func(c *rest.Config) { c.Auth, c.Clock = i.Source(), i.Clock })
	for range 3 {
		if _, err := client.Do(t.Context(), rest.Request{}); err == nil {
			t.Fatal("no error")
		}
	}
	server.wantRequests(t, 2)
	i.Clock.Advance(time.Hour)
	if _, err := client.Do(t.Context(), rest.Request{}); err != nil {
		t.Error(err)
	}
	server.wantRequests(t, 3)
}

// A static token is given up at once when it was never good; one that was, after ten 401s in a row: it may be that one link
// only is not the account's, and it may be that it has ended.
func TestStaticTokenIsGivenUp(t *testing.T) {
	t.Parallel()
	good, bad := respondJSON(200, `{}`), respondJSON(401, `{}`)
	tests := map[string]struct {
		script   []http.HandlerFunc
		requests int // of 40
	}{
		"never good":             {[]http.HandlerFunc{bad}, 1},
		"a gateway before":       {[]http.HandlerFunc{respondJSON(403, ``), respondJSON(501, ``), bad}, 3},
		"good, then ended":       {[]http.HandlerFunc{good, bad}, 11},
		"good by a refusal":      {[]http.HandlerFunc{respondJSON(404, ``), bad}, 11},
		"good between":           {[]http.HandlerFunc{good, bad, bad, bad, bad, bad, bad, bad, bad, bad, good, bad}, 21},
		"not good for every one": {slices.Repeat([]http.HandlerFunc{good, bad}, 20), 40},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newServer(t, test.script...)
			client := server.client(t, func(c *rest.Config) { c.Auth = auth.Static("tok") })
			var last error
			for range 40 {
				_, last = client.Do(t.Context(), rest.Request{})
			}
			server.wantRequests(t, test.requests)
			if test.requests < 40 && wantError(t, last).Status != 401 {
				t.Errorf("got %v", last)
			}
		})
	}
}

// What a caller adds to the error of its call is not part of what the vendor answered, for the others.
func TestRememberedRejectionIsWhatTheVendorAnswered(t *testing.T) {
	t.Parallel()
	client := newServer(t, respondJSON(401, `{}`)).client(t, func(c *rest.Config) { c.Auth = auth.Static("tok") })
	_, err := client.Do(t.Context(), rest.Request{Method: http.MethodPost})
	added := make(chan struct{})
	go func() {
		wantError(t, err).AddHint("It is the create.")
		close(added)
	}()
	_, again := client.Do(t.Context(), rest.Request{})
	<-added
	_, later := client.Do(t.Context(), rest.Request{})
	for _, err := range []error{again, later} {
		if failed := wantError(t, err); failed.Status != 401 || failed.Hint != "" {
			t.Errorf("status %d, hint %q", failed.Status, failed.Hint)
		}
	}
}

// One request refreshes once, also where the new token is good for others.
func TestOneRequestRefreshesOnce(t *testing.T) {
	t.Parallel()
	i := authtest.NewFakeIssuer()
	source := i.Source()
	server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		if token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "); token != "tok-1" {
			source.Confirm(token) // by another request's response
		}
		respondJSON(401, `{}`)(w, r)
	})
	_, err := server.client(t, func(c *rest.Config) { c.Auth = source }).Do(t.Context(), rest.Request{})
	if failed := wantError(t, err); !strings.Contains(failed.RetryNote, "rejected too") {
		t.Errorf("note %q", failed.RetryNote)
	}
	server.wantRequests(t, 2)
	wantTokenRequests(t, i, "", "tok-1")
}

// Where the refresh itself fails, the API is not asked again either.
func TestNothingIsSentAfterAFailedRefresh(t *testing.T) {
	t.Parallel()
	i := authtest.NewFakeIssuer()
	server := newServer(t, respondJSON(401, `{}`))
	source := i.Source()
	firstToken(t, source)
	i.Fail(errors.New("dead refresh token"))
	client := server.client(t, func(c *rest.Config) { c.Auth = source })
	for range 10 {
		if _, err := client.Do(t.Context(), rest.Request{}); !strings.Contains(wantError(t, err).Detail(), "dead refresh token") {
			t.Errorf("got %v", err)
		}
	}
	server.wantRequests(t, 1)
}
