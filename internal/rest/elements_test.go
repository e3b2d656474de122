package rest_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

func TestElements(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		field, body string
		want        []string
		next        string
	}{
		"object":       {"items", `{"a":1,"items":[{"n":50.9000000000}, 2 ,"x"],"meta":{"next":123456789012345678901.01}}`, []string{`{"n":50.9000000000}`, "2", `"x"`}, "123456789012345678901.01"},
		"meta first":   {"items", `{"meta":{"next":7},"items":[1]}`, []string{"1"}, "7"},
		"empty":        {"items", `{"items":[],"meta":{"next":null}}`, nil, "<nil>"},
		"null":         {"items", `{"items":null}`, nil, "<nil>"},
		"bare":         {"", `[{"id":"a"},{"id":"b"}]`, []string{`{"id":"a"}`, `{"id":"b"}`}, "<nil>"},
		"bare, empty":  {"", ` [ ] `, nil, "<nil>"},
		"nested array": {"items", `{"other":{"items":[9]},"items":[[1,2],[]]}`, []string{"[1,2]", "[]"}, "<nil>"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := newVendor(t, jsonAnswer(200, test.body))
			var out struct{ Meta struct{ Next any } }
			var kept []json.RawMessage
			_, err := v.client(t).Elements(t.Context(), rest.Request{Out: &out}, test.field, func(raw json.RawMessage) error {
				kept = append(kept, raw)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, raw := range kept { // only now: they must not share memory
				got = append(got, string(raw))
			}
			if !slices.Equal(got, test.want) || fmt.Sprint(out.Meta.Next) != test.next {
				t.Errorf("got %q and %v", got, out.Meta.Next)
			}
		})
	}
}

func TestElementsOfAForeignBody(t *testing.T) {
	t.Parallel()
	big := `"` + strings.Repeat("x", rest.MaxElement) + `"`
	tests := map[string]struct {
		field    string
		step     http.HandlerFunc
		elements int
		requests int
		says     string
	}{
		"no such field":    {"items", jsonAnswer(200, `{"message":"hello"}`), 0, 1, `no "items"`},
		"not an array":     {"items", jsonAnswer(200, `{"items":{}}`), 0, 1, "no array"},
		"array for object": {"items", jsonAnswer(200, `[]`), 0, 1, "an object"},
		"object for array": {"", jsonAnswer(200, `{}`), 0, 1, "no array"},
		"page":             {"items", answer(200, "text/html", `<title>Sign in</title>`), 0, 1, "Sign in"},
		"goes on":          {"", jsonAnswer(200, `[1]2`), 1, 1, "goes on"},
		"broken":           {"", jsonAnswer(200, `[1,}`), 1, 1, "invalid character"},
		"cut before":       {"items", jsonAnswer(200, `{"items":[{"a":`), 0, 5, "too early"},
		"cut after one":    {"items", jsonAnswer(200, `{"items":[1,`), 1, 1, "too early"},
		"large element":    {"items", jsonAnswer(200, `{"items":[1,`+big+`]}`), 1, 1, "larger than"},
		"large key":        {"items", jsonAnswer(200, `{`+big+`:1}`), 0, 1, "larger than"},
		"large beside":     {"items", jsonAnswer(200, `{"meta":[`+big[:rest.MaxElement/2]+`",`+big[:rest.MaxElement/2]+`"],"items":[]}`), 0, 1, "larger than"},
		"refused":          {"items", jsonAnswer(404, `{"message":"gone"}`), 0, 1, "gone"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := newVendor(t, test.step)
			elements := 0
			_, err := v.client(t).Elements(t.Context(), rest.Request{}, test.field, func(json.RawMessage) error { elements++; return nil })
			if failed := wantError(t, err); !strings.Contains(failed.Detail(), test.says) {
				t.Errorf("got %s, want %q", failed.Detail(), test.says)
			}
			if elements != test.elements {
				t.Errorf("%d elements, want %d", elements, test.elements)
			}
			v.wantRequests(t, test.requests)
		})
	}
}

// An endless element must be given up long before it ends, and a long list of small ones never.
func TestElementsAreBoundedSingly(t *testing.T) {
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
	v := newVendor(t, endless)
	_, err := v.client(t).Elements(t.Context(), rest.Request{}, "", func(json.RawMessage) error { return nil })
	if failed := wantError(t, err); !strings.Contains(failed.Detail(), "larger than") {
		t.Errorf("got %s", failed.Detail())
	}
	v.Close()
	if written >= 64<<20 {
		t.Error("all of it was read")
	}

	element := `"` + chunk + `",`
	v = newVendor(t, jsonAnswer(200, `{"items":[`+strings.Repeat(element, 40)+`1]}`))
	elements := 0
	_, err = v.client(t).Elements(t.Context(), rest.Request{}, "items", func(json.RawMessage) error { elements++; return nil })
	if err != nil || elements != 41 {
		t.Errorf("%d elements, %v", elements, err)
	}
}

func TestElementsArriveBeforeTheEnd(t *testing.T) {
	t.Parallel()
	arrived := make(chan struct{})
	v := newVendor(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `[1,`)
		w.(http.Flusher).Flush()
		select {
		case <-arrived:
		case <-r.Context().Done():
		}
		_, _ = io.WriteString(w, `2]`)
	})
	var once bool
	_, err := v.client(t).Elements(t.Context(), rest.Request{}, "", func(json.RawMessage) error {
		if !once {
			once = true
			close(arrived)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestElementsStopsForTheCaller(t *testing.T) {
	t.Parallel()
	enough := errors.New("enough")
	v := newVendor(t, jsonAnswer(200, `[1,2,3]`))
	elements := 0
	got, err := v.client(t).Elements(t.Context(), rest.Request{}, "", func(json.RawMessage) error { elements++; return enough })
	if !errors.Is(err, enough) || err.Error() != "enough" || elements != 1 || got.Status != 200 {
		t.Errorf("%v after %d elements, %+v", err, elements, got)
	}
	v.wantRequests(t, 1)
}

func TestElementsAreRepeatedBeforeTheFirst(t *testing.T) {
	t.Parallel()
	v := newVendor(t, jsonAnswer(503, ``), jsonAnswer(200, `{"items":[`), jsonAnswer(200, `{"items":[1]}`))
	elements := 0
	_, err := v.client(t).Elements(t.Context(), rest.Request{}, "items", func(json.RawMessage) error { elements++; return nil })
	if err != nil || elements != 1 {
		t.Errorf("%d elements, %v", elements, err)
	}
	v.wantRequests(t, 3)
}
