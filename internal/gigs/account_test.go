package gigs_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	gigssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
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
			key := gigssandbox.From(b.Sandbox).AddProject("elsewhere")
			b.AddSecrets(key)
			return object{"api_key": key}
		}, []string{"403", "permissionDenied", "does not belong to this project", "an API key of the link's own project"}, []string{"get"}},
		"an unknown key": {func(b *bench) object {
			b.AddSecrets("nobodys-key")
			return object{"api_key": "nobodys-key"}
		}, []string{"401", "unauthenticated", "Gigs does not accept the credentials"}, []string{"get"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state := b.Create(stored())
			b.Clock.Advance(time.Hour)
			if err := gigssandbox.From(b.Sandbox).Delete(state.Text("id")); err != nil {
				t.Fatal(err)
			}
			b.Server = b.NewProvider(test.then(b))
			b.ResetCalls()
			after, diags := b.Refresh(state)
			b.RequireErrors(diags, "", test.words...)
			b.RequireCalls(test.asked...)
			if !after.Exists() || !after.Raw.Equal(state.Raw) {
				t.Errorf("the state has changed to %s", after.Raw)
			}
		})
	}
	t.Run("another address", func(t *testing.T) {
		t.Parallel()
		b, other := newBench(t), newBench(t)
		state := b.Create(stored())
		other.Clock.Advance(time.Hour)
		after, diags := other.Refresh(state)
		other.RequireErrors(diags, "", "http://127.0.0.1", state.Text("id"), "terraform state rm")
		if !after.Raw.Equal(state.Raw) {
			t.Error("the state has changed")
		}
	})
}

// TestNotFoundIsConfirmed: a 404 is believed only when the project's list does not show the link either.
func TestNotFoundIsConfirmed(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		list  *fault.Fault // nil: the list answers, and shows the link
		words []string
	}{
		"still listed":        {nil, []string{"does not exist, and yet lists it"}},
		"the list is refused": {&fault.Fault{Op: "list", Status: http.StatusForbidden}, []string{"Cannot read", "403"}},
		"the list is foreign": {&fault.Fault{Op: "list", Status: http.StatusNotFound}, []string{"Cannot read", "404"}},
		"the list is broken":  {&fault.Fault{Op: "list", Body: `{"items":[{"id":1}]}`, Status: http.StatusOK}, []string{"Cannot read"}},
		"the list is endless": {&fault.Fault{Op: "list", Body: `{"object":"list","items":[],"moreItemsAfter":"pml_1","moreItemsBefore":null}`, Status: http.StatusOK}, []string{"Cannot read", "does not end"}},
		"the list ends early": {&fault.Fault{Op: "list", Kind: fault.Truncate}, []string{"Cannot read"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state := b.Create(stored(object{"replace_when": list{"revoked"}}))
			b.Clock.Advance(time.Hour)
			b.Sandbox.Inject(fault.Fault{Op: "get", Status: http.StatusNotFound, Body: `{"object":"error","type":"notFound","message":"x"}`})
			if test.list != nil {
				b.Sandbox.Inject(*test.list)
			}
			after, diags := b.Refresh(state)
			b.RequireErrors(diags, "", test.words...)
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
	state := b.Create(stored(object{"replace_when": list{"revoked"}}))
	b.Clock.Advance(time.Hour)
	var newer []string
	for i := range 401 {
		newer = append(newer, fmt.Sprintf(`{"object":"paymentLink","id":"pml_%d","createdAt":%q,"invoice":"inv_1","status":"active","type":"ebanx"}`,
			i, b.Clock.Now().Format(time.RFC3339)))
	}
	if err := b.Sandbox.Seed("gigs", []byte("["+strings.Join(newer, ",")+"]")); err != nil {
		t.Fatal(err)
	}
	remove := b.Sandbox.Inject(fault.Fault{Op: "get", Status: http.StatusNotFound})
	b.ResetCalls()
	_, diags := b.Refresh(state) // the oldest, on the third page
	b.RequireErrors(diags, "", "yet lists it")
	b.RequireCalls("get", "list", "list", "list")
	remove()
	if err := gigssandbox.From(b.Sandbox).Delete(state.Text("id")); err != nil {
		t.Fatal(err)
	}
	b.ResetCalls()
	gone, diags := b.Refresh(state)
	if gone.Exists() || diags.HasError() {
		t.Errorf("still there %t: %s", gone.Exists(), diags)
	}
	b.RequireText(diags.Warnings(), "gone", state.Text("url"))
	b.RequireCalls("get", "list", "list", "list")
}

// TestLaggingReads: right after a create a 404 is read again, after 1, 2 and 4 s, before anything is believed.
func TestLaggingReads(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	gigssandbox.From(b.Sandbox).Set(func(s *gigssandbox.Switches) { s.ReadDelay = vendorapi.Duration(5 * time.Second) })
	state := b.Create(stored())
	b.ResetCalls()
	b.RequireNoDrift(state, stored())
	b.RequireCalls("get", "get", "get", "get")
	if n := len(b.Clock.Sleeps()); n != 3 {
		t.Errorf("slept %v", b.Clock.Sleeps())
	}
}
