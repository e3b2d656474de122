package gigs_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// TestForeignNotFound: a 404 or 403 under other credentials proves nothing. It is an error, and the state keeps the link.
func TestForeignNotFound(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		then  func(b *bench) object // settings of the refresh
		words []string
		asked []string
	}{
		"another account": {func(*bench) object { return object{"account": "other"} }, []string{`"main"`, `"other"`, "terraform state rm"}, []string{"get"}},
		"another key": {func(b *bench) object {
			key := b.env.Gigs.AddProject("elsewhere")
			b.plant(key)
			return object{"api_key": key}
		}, []string{"403", "permissionDenied", "does not belong to this project"}, []string{"get"}},
		"an unknown key": {func(b *bench) object {
			b.plant("nobodys-key")
			return object{"api_key": "nobodys-key"}
		}, []string{"401", "unauthenticated"}, []string{"get"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state := b.create(stored())
			b.clock.Advance(time.Hour)
			if err := b.env.Gigs.Delete(state.Text("id")); err != nil {
				t.Fatal(err)
			}
			b.server = b.another(test.then(b))
			b.env.ResetRequests()
			after, diags := b.refresh(state)
			b.says(diags, "", test.words...)
			b.asked(test.asked...)
			if !after.Exists() || !after.Raw.Equal(state.Raw) {
				t.Errorf("the state has changed to %s", after.Raw)
			}
		})
	}
	t.Run("another address", func(t *testing.T) {
		t.Parallel()
		b, other := newBench(t), newBench(t)
		state := b.create(stored())
		other.clock.Advance(time.Hour)
		after, diags := other.refresh(state)
		other.says(diags, "", "http://127.0.0.1", state.Text("id"), "terraform state rm")
		if !after.Raw.Equal(state.Raw) {
			t.Error("the state has changed")
		}
	})
}

// TestNotFoundIsConfirmed: a 404 is believed only when the project's list does not show the link either.
func TestNotFoundIsConfirmed(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		list  *sandbox.Fault // nil: the list answers, and shows the link
		words []string
	}{
		"still listed":        {nil, []string{"does not exist, and yet lists it"}},
		"the list is refused": {&sandbox.Fault{Op: "list", Status: http.StatusForbidden}, []string{"Cannot read", "403"}},
		"the list is foreign": {&sandbox.Fault{Op: "list", Status: http.StatusNotFound}, []string{"Cannot read", "404"}},
		"the list is broken":  {&sandbox.Fault{Op: "list", Body: `{"items":[{"id":1}]}`, Status: http.StatusOK}, []string{"Cannot read"}},
		"the list is endless": {&sandbox.Fault{Op: "list", Body: `{"object":"list","items":[],"moreItemsAfter":"pml_1","moreItemsBefore":null}`, Status: http.StatusOK}, []string{"Cannot read", "does not end"}},
		"the list ends early": {&sandbox.Fault{Op: "list", Kind: sandbox.Truncate}, []string{"Cannot read"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state := b.create(stored(object{"replace_when": list{"revoked"}}))
			b.clock.Advance(time.Hour)
			b.env.Inject(sandbox.Fault{Op: "get", Status: http.StatusNotFound, Body: `{"object":"error","type":"notFound","message":"x"}`})
			if test.list != nil {
				b.env.Inject(*test.list)
			}
			after, diags := b.refresh(state)
			b.says(diags, "", test.words...)
			if !after.Exists() || !after.Raw.Equal(state.Raw) {
				t.Error("the state has changed")
			}
		})
	}
}

// TestVanishedAmongMany: the list is walked to its end before a 404 is believed.
func TestVanishedAmongMany(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.create(stored(object{"replace_when": list{"revoked"}}))
	b.clock.Advance(time.Hour)
	var newer []string
	for i := range 401 {
		newer = append(newer, fmt.Sprintf(`{"object":"paymentLink","id":"pml_%d","createdAt":%q,"invoice":"inv_1","status":"active","type":"ebanx"}`,
			i, b.clock.Now().Format(time.RFC3339)))
	}
	if err := b.env.Seed("gigs", []byte("["+strings.Join(newer, ",")+"]")); err != nil {
		t.Fatal(err)
	}
	remove := b.env.Inject(sandbox.Fault{Op: "get", Status: http.StatusNotFound})
	b.env.ResetRequests()
	_, diags := b.refresh(state) // the oldest, on the third page
	b.says(diags, "", "yet lists it")
	b.asked("get", "list", "list", "list")
	remove()
	if err := b.env.Gigs.Delete(state.Text("id")); err != nil {
		t.Fatal(err)
	}
	b.env.ResetRequests()
	gone, diags := b.refresh(state)
	if gone.Exists() || diags.HasError() {
		t.Errorf("still there %t: %s", gone.Exists(), diags)
	}
	b.has(diags.Warnings(), "gone", state.Text("url"))
	b.asked("get", "list", "list", "list")
}

// TestLaggingReads: right after a create a 404 is read again, after 1, 2 and 4 s, before anything is believed.
func TestLaggingReads(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.env.Gigs.Set(func(s *sandbox.GigsSwitches) { s.ReadDelay = 5 * time.Second })
	state := b.create(stored())
	b.env.ResetRequests()
	b.quiet(state, stored())
	b.asked("get", "get", "get", "get")
	if n := len(b.clock.Slept()); n != 3 {
		t.Errorf("slept %v", b.clock.Slept())
	}
}
