package rest_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

const hint = "already answered to an earlier call"

// Ten calls at once, whose token and the one after it are rejected: one renewal, no call is sent more than twice, and
// from then on nothing is sent.
func TestRejectedTokenIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	i := newIssuer()
	v := newVendor(t, jsonAnswer(401, `{"code":"unauthorized","message":"never"}`))
	auth := i.auth()
	wantToken(t, auth, "tok-1")
	client := v.client(t, func(c *rest.Config) { c.Auth = auth })
	var group sync.WaitGroup
	for range 10 {
		group.Go(func() {
			if _, err := client.Do(t.Context(), rest.Request{Method: http.MethodPost}); wantError(t, err).Status != 401 {
				t.Errorf("got %v", err)
			}
		})
	}
	group.Wait()
	if n := len(v.seen()); n > 20 {
		t.Errorf("%d requests", n)
	}
	before := len(v.seen())
	for range 300 { // Qonto throttles at 200
		v.clock.Advance(time.Second)
		_, err := client.Do(t.Context(), rest.Request{Path: []string{"links"}})
		failed := wantError(t, err)
		if failed.Status != 401 || failed.Message != "never" || failed.Outcome != rest.NotApplied || failed.Path != "/links" || !strings.Contains(failed.RetryNote, hint) {
			t.Fatalf("got %+v", failed)
		}
	}
	v.wantRequests(t, before)
	if got := i.asked(); !slices.Equal(got, []string{"", "tok-1"}) {
		t.Errorf("asked with %q", got)
	}
}

// A token that comes later, because the rejected one is due, is tried.
func TestNextTokenIsTried(t *testing.T) {
	t.Parallel()
	i := newIssuer()
	v := newVendor(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "Bearer tok-3" {
			jsonAnswer(200, `{}`)(w, r)
			return
		}
		jsonAnswer(401, `{}`)(w, r)
	})
	client := v.client(t, func(c *rest.Config) { c.Auth, c.Clock = i.auth(), i.clock })
	for range 3 {
		if _, err := client.Do(t.Context(), rest.Request{}); err == nil {
			t.Fatal("no error")
		}
	}
	v.wantRequests(t, 2)
	i.clock.Advance(time.Hour)
	if _, err := client.Do(t.Context(), rest.Request{}); err != nil {
		t.Error(err)
	}
	v.wantRequests(t, 3)
}

// A token that replaced a rejected one is renewed once it was good for something, and not before.
func TestReplacementThatWasNeverAccepted(t *testing.T) {
	t.Parallel()
	i := newIssuer()
	auth := i.auth()
	wantToken(t, auth, "tok-1")
	if ok, err := auth.Renew(t.Context(), "tok-1"); !ok || err != nil {
		t.Fatalf("%t, %v", ok, err)
	}
	auth.Accepted("tok-1") // an answer that was under way
	if ok, err := auth.Renew(t.Context(), "tok-2"); ok || err == nil {
		t.Errorf("renewed again: %t, %v", ok, err)
	}
	if ok, err := auth.Renew(t.Context(), "tok-1"); !ok || err != nil {
		t.Errorf("the old token's late 401: %t, %v", ok, err)
	}
	auth.Accepted("tok-2")
	if ok, err := auth.Renew(t.Context(), "tok-2"); !ok || err != nil {
		t.Errorf("not renewed although it was good: %t, %v", ok, err)
	}
	if got := i.asked(); !slices.Equal(got, []string{"", "tok-1", "tok-2"}) {
		t.Errorf("asked with %q", got)
	}
}

// A ready token is given up at once when it was never good; one that was, after ten 401s in a row: it may be that one link
// only is not the account's, and it may be that it has ended.
func TestReadyTokenIsGivenUp(t *testing.T) {
	t.Parallel()
	good, bad := jsonAnswer(200, `{}`), jsonAnswer(401, `{}`)
	tests := map[string]struct {
		script   []http.HandlerFunc
		requests int // of 40 calls
	}{
		"never good":             {[]http.HandlerFunc{bad}, 1},
		"a gateway before":       {[]http.HandlerFunc{jsonAnswer(403, ``), jsonAnswer(501, ``), bad}, 3},
		"good, then ended":       {[]http.HandlerFunc{good, bad}, 11},
		"good by a refusal":      {[]http.HandlerFunc{jsonAnswer(404, ``), bad}, 11},
		"good between":           {[]http.HandlerFunc{good, bad, bad, bad, bad, bad, bad, bad, bad, bad, good, bad}, 21},
		"not good for every one": {slices.Repeat([]http.HandlerFunc{good, bad}, 20), 40},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := newVendor(t, test.script...)
			client := v.client(t, func(c *rest.Config) { c.Auth = rest.Static("tok") })
			var last error
			for range 40 {
				_, last = client.Do(t.Context(), rest.Request{})
			}
			v.wantRequests(t, test.requests)
			if test.requests < 40 && wantError(t, last).Status != 401 {
				t.Errorf("got %v", last)
			}
		})
	}
}

// One call renews once, also where the new token is good for others.
func TestOneCallRenewsOnce(t *testing.T) {
	t.Parallel()
	i := newIssuer()
	auth := i.auth()
	v := newVendor(t, func(w http.ResponseWriter, r *http.Request) {
		if token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "); token != "tok-1" {
			auth.Accepted(token) // by another call's answer
		}
		jsonAnswer(401, `{}`)(w, r)
	})
	_, err := v.client(t, func(c *rest.Config) { c.Auth = auth }).Do(t.Context(), rest.Request{})
	if failed := wantError(t, err); !strings.Contains(failed.RetryNote, "rejected too") {
		t.Errorf("note %q", failed.RetryNote)
	}
	v.wantRequests(t, 2)
	if got := i.asked(); !slices.Equal(got, []string{"", "tok-1"}) {
		t.Errorf("asked with %q", got)
	}
}

// Where the renewal itself fails, the API is not asked again either.
func TestFailedRenewalAsksNothing(t *testing.T) {
	t.Parallel()
	i := newIssuer()
	v := newVendor(t, jsonAnswer(401, `{}`))
	auth := i.auth()
	wantToken(t, auth, "tok-1")
	i.setFail(errors.New("dead refresh token"))
	client := v.client(t, func(c *rest.Config) { c.Auth = auth })
	for range 10 {
		if _, err := client.Do(t.Context(), rest.Request{}); !strings.Contains(wantError(t, err).Detail(), "dead refresh token") {
			t.Errorf("got %v", err)
		}
	}
	v.wantRequests(t, 1)
}
