package conformance_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// linkPlaces are where a vendor's answers hold a link, as JSON pointers by the name of the call; in a list it is the first.
func linkPlaces(t *testing.T, d descriptor.Descriptor) map[string]string {
	t.Helper()
	f := newFixture(t, d)
	var mu sync.Mutex
	replies := map[string][]byte{}
	f.Sandbox.StartChaos(fault.Chaos{After: func(e fault.Event) {
		mu.Lock()
		defer mu.Unlock()
		replies[e.Op] = e.Reply
	}})
	state := f.Create(d.Config)
	f.Refresh(state)
	calls := []string{d.Operations.Create, d.Operations.Get}
	if d.List != nil {
		f.ReadDataSource(d.LinksType(), nil)
		calls = append(calls, d.Operations.List)
	}
	mu.Lock()
	defer mu.Unlock()
	places := map[string]string{}
	for _, op := range calls {
		var body any
		decoder := json.NewDecoder(bytes.NewReader(replies[op]))
		decoder.UseNumber() // an id may be one
		if err := decoder.Decode(&body); err != nil {
			t.Fatalf("%s: %s", op, err)
		}
		place, ok := placeOf(body, state.Text("id"))
		if !ok {
			t.Fatalf("%s: no link in %s", op, replies[op])
		}
		places[op] = place
	}
	return places
}

// placeOf finds the object with an id.
func placeOf(in any, id string) (pointer string, ok bool) {
	step := func(name string, inner any) bool {
		var below string
		if below, ok = placeOf(inner, id); ok {
			pointer = "/" + name + below
		}
		return ok
	}
	switch in := in.(type) {
	case map[string]any:
		for name, inner := range in {
			if fmt.Sprint(inner) == id {
				return "", true
			}
			if step(name, inner) {
				break
			}
		}
	case []any:
		for i, inner := range in {
			if step(strconv.Itoa(i), inner) {
				break
			}
		}
	}
	return pointer, ok
}

// Whatever a field of an answer holds, the link is in state, and once at the vendor; an import and a list have it. What cannot be read
// is named once, and nothing else is said.
func TestUnexpectedFieldsCostNoLink(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		places := linkPlaces(f.T, f.d)
		inputs := append([]descriptor.Unexpected{{Field: "/" + strings.ToUpper(f.d.IDKey), Value: `"another"`}, {Field: "/unheard_of", Value: `[{"id":1}]`}}, f.d.Unexpected...)
		for _, in := range inputs {
			f.Run(strings.TrimPrefix(in.Field, "/")+" "+in.Value, func(t *testing.T) {
				t.Parallel()
				f := f.again(t)
				deviate := func(op string) (remove func()) {
					return f.Sandbox.Inject(fault.Fault{Vendor: f.d.Name, Op: op, Kind: fault.Deviate, Pointer: places[op] + in.Field, Value: in.Value})
				}
				remove := deviate(f.d.Operations.Create)
				state, _, diags := f.ApplyConfig(protocoltest.State{}, f.d.Config)
				remove()
				links := f.Sandbox.Overview()
				if len(links) != 1 || state.Text("id") != links[0].ID || f.CallCount(f.d.Operations.Create) != 1 {
					f.Fatalf("in state %q, at the vendor %v: %s", state.Text("id"), links, diags)
				}
				f.requireUnread("create", in, diags)
				f.requireSettled(state, f.d.Config)

				remove = deviate(f.d.Operations.Get)
				imported, diags := f.ImportByID(state.Text("id"))
				remove()
				if imported.Text("id") != state.Text("id") || imported.Text("url") != state.Text("url") {
					f.Errorf("imported %q", imported.Text("id"))
				}
				f.requireUnread("import", in, diags)
				if f.d.List == nil {
					return
				}
				other := f.Create(f.d.Copy("another"))
				defer deviate(f.d.Operations.List)()
				found, diags := f.Server.List(f.Context(), f.d.ResourceType(), protocoltest.ListRequest{IncludeResource: true})
				f.requireUnread("list", in, f.Record(diags))
				read, diags := f.ReadDataSource(f.d.LinksType(), nil)
				f.requireUnread("data source", in, diags)
				if len(found) != 2 || len(read.List("links")) != 2 {
					f.Errorf("%d links and %d, want %s and %s", len(found), len(read.List("links")), state.Text("id"), other.Text("id"))
				}
			})
		}
	})
}

// requireUnread expects one warning that names the field, or nothing where its meaning is plain.
func (f *fixture) requireUnread(op string, in descriptor.Unexpected, diags protocoltest.Diagnostics) {
	f.Helper()
	if in.Unread == "" && len(diags) > 0 || in.Unread != "" && (len(diags) != 1 || diags.HasError() || !strings.Contains(diags[0].Detail, "`"+in.Unread+"`")) {
		f.Errorf("%s: want %q named once, said: %s", op, in.Unread, diags)
	}
}

// An entry of a list that is no link is named, and the others are used.
func TestUnreadableEntryFailsNoList(t *testing.T) {
	forEachList(t, func(f *fixture) {
		places := linkPlaces(f.T, f.d)
		for _, test := range []struct{ field, value string }{{"", `"a link"`}, {"", `7`}, {"", `null`}, {"", `{}`}, {"/" + f.d.IDKey, `{"is":1}`}, {"/" + f.d.IDKey, `null`}} {
			f.Run(test.field+" "+test.value, func(t *testing.T) {
				t.Parallel()
				f := f.again(t)
				f.Create(f.d.Config)
				f.Create(f.d.Copy("another"))
				defer f.Sandbox.Inject(fault.Fault{Vendor: f.d.Name, Op: f.d.Operations.List, Kind: fault.Deviate, Pointer: places[f.d.Operations.List] + test.field, Value: test.value})()
				found, said := f.Server.List(f.Context(), f.d.ResourceType(), protocoltest.ListRequest{IncludeResource: true})
				f.Record(said)
				read, diags := f.ReadDataSource(f.d.LinksType(), nil)
				all, more := f.ReadDataSource("paymentlinks_links", nil)
				if len(found) != 1 || len(read.List("links")) != 1 || len(all.List("links")) != 1 {
					f.Errorf("%d, %d and %d links, want 1", len(found), len(read.List("links")), len(all.List("links")))
				}
				for _, diags := range []protocoltest.Diagnostics{said, diags, more} {
					if len(diags) != 1 || diags.HasError() || !strings.Contains(diags[0].Detail, "skipped") {
						f.Errorf("said: %s", diags)
					}
				}
			})
		}
	})
}

// A link whose id cannot be read may be what a lost create made: it is named, not adopted, and nothing is created in its place.
func TestUnreadableEntryIsDoubt(t *testing.T) {
	forEachList(t, func(f *fixture) {
		create, list := f.d.Operations.Create, f.d.Operations.List
		place := linkPlaces(f.T, f.d)[list]
		defer f.Sandbox.Inject(fault.Fault{Vendor: f.d.Name, Op: create, Status: http.StatusServiceUnavailable, After: true, Times: 1})()
		defer f.Sandbox.Inject(fault.Fault{Vendor: f.d.Name, Op: list, Kind: fault.Deviate, Pointer: place + "/" + f.d.IDKey, Value: "{}"})()
		state, _, diags := f.ApplyConfig(protocoltest.State{}, f.d.Config)
		links := f.Sandbox.Overview()
		if state.Exists() || len(links) != 1 || f.CallCount(create) != 1 || !strings.Contains(diags.String(), "(its ID cannot be read)  "+links[0].URL) {
			f.Errorf("in state: %t, %d links, %d creates: %s", state.Exists(), len(links), f.CallCount(create), diags)
		}
	})
}
