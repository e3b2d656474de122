package rest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"
)

// collect reads a list of any elements.
func collect(t *testing.T, server *scriptedServer, request rest.Request, field string) ([]json.RawMessage, error) {
	t.Helper()
	return rest.Collect[json.RawMessage](t.Context(), server.client(t), request, field)
}

func TestListIsReadByElements(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		field, body string
		want        []string
		next        string
	}{
		"object":           {"items", `{"a":1,"items":[{"n":50.9000000000}, 2 ,"x"],"meta":{"next":123456789012345678901.01}}`, []string{`{"n":50.9000000000}`, "2", `"x"`}, "123456789012345678901.01"},
		"meta first":       {"items", `{"meta":{"next":7},"items":[1]}`, []string{"1"}, "7"},
		"empty":            {"items", `{"items":[],"meta":{"next":null}}`, nil, "<nil>"},
		"null":             {"items", `{"items":null}`, nil, "<nil>"},
		"bare":             {"", `[{"id":"a"},{"id":"b"}]`, []string{`{"id":"a"}`, `{"id":"b"}`}, "<nil>"},
		"bare, empty":      {"", ` [ ] `, nil, "<nil>"},
		"only array":       {"", `{"total":2,"_links":{"self":[{"a":"["}],"next":null},"things":[{"id":"a"},2],"ok":true}`, []string{`{"id":"a"}`, "2"}, "<nil>"},
		"only array, next": {"", `{"total":2,"meta":{"next":7},"things":[1]}`, []string{"1"}, "7"},
		"nested array":     {"items", `{"other":{"items":[9]},"items":[[1,2],[]]}`, []string{"[1,2]", "[]"}, "<nil>"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newServer(t, respondJSON(200, test.body))
			var out struct {
				Meta struct {
					Next any `json:"next"`
				} `json:"meta"`
			}
			elements, err := collect(t, server, rest.Request{Out: &out}, test.field)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, raw := range elements {
				got = append(got, string(raw))
			}
			if !slices.Equal(got, test.want) || fmt.Sprint(out.Meta.Next) != test.next {
				t.Errorf("got %q and %v", got, out.Meta.Next)
			}
		})
	}
}

func TestUnusableListIsAnError(t *testing.T) {
	t.Parallel()
	big := `"` + strings.Repeat("x", rest.MaxElement) + `"`
	tests := map[string]struct {
		field    string
		step     http.HandlerFunc
		elements int
		requests int
		says     string
	}{
		"no such field":     {"items", respondJSON(200, `{"message":"hello"}`), 0, 1, `no "items"`},
		"not an array":      {"items", respondJSON(200, `{"items":{}}`), 0, 1, "no array"},
		"array for object":  {"items", respondJSON(200, `[]`), 0, 1, "an object"},
		"object for array":  {"", respondJSON(200, `{}`), 0, 1, "no array"},
		"no array at all":   {"", respondJSON(200, `{"message":"hello","of":{"list":[1]}}`), 0, 1, "no array"},
		"two arrays":        {"", respondJSON(200, `{"errors":[1],"things":[2]}`), 1, 1, "more than one array"},
		"the array twice":   {"items", respondJSON(200, `{"items":[1],"items":[2]}`), 1, 1, `"items" twice`},
		"ends in between":   {"", respondJSON(200, `{"things":[1],"of":{`), 1, 1, "too early"},
		"page":              {"items", respond(200, "text/html", `<title>Sign in</title>`), 0, 1, "Sign in"},
		"goes on":           {"", respondJSON(200, `[1]2`), 1, 1, "continues after"},
		"broken":            {"", respondJSON(200, `[1,}`), 1, 1, "invalid character"},
		"cut before":        {"items", respondJSON(200, `{"items":[{"a":`), 0, 5, "too early"},
		"cut after one":     {"items", respondJSON(200, `{"items":[1,`), 1, 1, "too early"},
		"large element":     {"items", respondJSON(200, `{"items":[1,`+big+`]}`), 1, 1, "larger than"},
		"large key":         {"items", respondJSON(200, `{`+big+`:1}`), 0, 1, "larger than"},
		"compressed blanks": {"items", respondJSON(200, compress(t, strings.Repeat(" ", 64*rest.MaxElement)+`{"items":[]}`), "Content-Encoding", "gzip"), 0, 1, "larger than"},
		"large beside":      {"items", respondJSON(200, `{"meta":[`+big[:rest.MaxElement/2]+`",`+big[:rest.MaxElement/2]+`"],"items":[]}`), 0, 1, "larger than"},
		"refused":           {"items", respondJSON(404, `{"message":"gone"}`), 0, 1, "gone"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newServer(t, test.step)
			elements, err := collect(t, server, rest.Request{}, test.field)
			if failed := wantError(t, err); !strings.Contains(failed.Detail(), test.says) {
				t.Errorf("got %s, want %q", failed.Detail(), test.says)
			}
			if detail := wantError(t, err).Detail(); strings.Count(detail, "cannot be read") > 1 {
				t.Errorf("says twice that it cannot be read: %s", detail)
			}
			if len(elements) != test.elements {
				t.Errorf("%d elements, want %d", len(elements), test.elements)
			}
			server.wantRequests(t, test.requests)
		})
	}
}

// An endless element must be given up long before it ends, and a long list of small ones never.
func TestElementsAreBoundedOneByOne(t *testing.T) {
	t.Parallel()
	chunk := strings.Repeat("x", 64<<10)
	written := 0
	endless := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, err := io.WriteString(w, `["`)
		for err == nil && written < 64<<20 {
			written += len(chunk)
			_, err = io.WriteString(w, chunk)
		}
	}
	server := newServer(t, endless)
	_, err := collect(t, server, rest.Request{}, "")
	if failed := wantError(t, err); !strings.Contains(failed.Detail(), "larger than") {
		t.Errorf("got %s", failed.Detail())
	}
	server.Close()
	if written >= 64<<20 {
		t.Error("all of it was read")
	}

	element := `"` + chunk + `",`
	server = newServer(t, respondJSON(200, `{"items":[`+strings.Repeat(element, 40)+`1]}`))
	elements, err := collect(t, server, rest.Request{}, "items")
	if err != nil || len(elements) != 41 {
		t.Errorf("%d elements, %v", len(elements), err)
	}
}

func TestElementsAreBoundedInNumber(t *testing.T) {
	t.Parallel()
	elements, err := collect(t, newServer(t, respondJSON(200, `[`+strings.Repeat("1,", rest.MaxElements)+`1]`)), rest.Request{}, "")
	if err == nil || !strings.Contains(err.Error(), "1000000 elements") || len(elements) != rest.MaxElements {
		t.Errorf("%d elements, %v", len(elements), err)
	}
}

func TestElementsArriveBeforeTheListEnds(t *testing.T) {
	t.Parallel()
	arrived := make(chan struct{})
	server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `[1,`)
		w.(http.Flusher).Flush()
		select {
		case <-arrived:
		case <-r.Context().Done():
		}
		_, _ = io.WriteString(w, `2]`)
	})
	first := true
	for _, err := range rest.Elements[int](t.Context(), server.client(t), rest.Request{}, "") {
		if err != nil {
			t.Error(err)
		}
		if first {
			first = false
			close(arrived)
		}
	}
}

func TestListEndsWithItsCaller(t *testing.T) {
	t.Parallel()
	server := newServer(t, respondJSON(200, `[1,2,3]`))
	elements := 0
	for _, err := range rest.Elements[int](t.Context(), server.client(t), rest.Request{}, "") {
		if err != nil {
			t.Error(err)
		}
		elements++
		break
	}
	if elements != 1 {
		t.Errorf("%d elements", elements)
	}
	server.wantRequests(t, 1)
}

// One element that cannot be read, and cannot say so, ends the list, with an error that is not the vendor's, after what came before it.
func TestElementOfAnotherTypeEndsTheList(t *testing.T) {
	t.Parallel()
	server := newServer(t, respondJSON(200, `[1,"x",3]`))
	got, err := rest.Collect[int](t.Context(), server.client(t), rest.Request{}, "")
	if _, ofVendor := rest.AsError(err); !slices.Equal(got, []int{1}) || err == nil || ofVendor {
		t.Errorf("got %v, %v", got, err)
	}
	server.wantRequests(t, 1)
}

// One element that cannot be read costs no other, if it can say so.
func TestUnreadElementIsYielded(t *testing.T) {
	t.Parallel()
	type element struct {
		lenient.Unread
		ID string `json:"id"`
	}
	server := newServer(t, respondJSON(200, `[{"id":1},"x",{"id":{}},null,{"id":"b"}]`))
	got, err := rest.Collect[element](t.Context(), server.client(t), rest.Request{}, "")
	ids, unread := "", ""
	for _, e := range got {
		ids += e.ID + "."
		unread += fmt.Sprintf("%q", e.UnreadFields())
	}
	if err != nil || ids != "1....b." || unread != `[][""]["id"][][]` {
		t.Errorf("ids %s, unread %s, %v", ids, unread, err)
	}
}

func TestListIsRepeatedBeforeItsFirstElement(t *testing.T) {
	t.Parallel()
	server := newServer(t, respondJSON(503, ``), respondJSON(200, `{"items":[`), respondJSON(200, `{"items":[1]}`))
	elements, err := collect(t, server, rest.Request{}, "items")
	if err != nil || len(elements) != 1 {
		t.Errorf("%d elements, %v", len(elements), err)
	}
	server.wantRequests(t, 3)
}
