package conformance_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// A stored state in the form in which engines write it is passed on as it is, and one in any other form is decoded. Either way it is
// the state that the framework reads.
func TestStoredStatesAreReadAsTheFrameworkReadsThem(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		var fullest protocoltest.State
		var stored []byte
		for _, state := range f.createShapes() {
			text := protocoltest.StoredJSON(state.Raw)
			if !f.Server.ComparedUpgrade(state.Type, text) {
				f.Errorf("not passed on: %s", text)
			}
			if len(text) > len(stored) {
				fullest, stored = state, text
			}
		}
		read := func(form string, text []byte, want bool) {
			if passedOn := f.Server.ComparedUpgrade(fullest.Type, text); passedOn != want {
				f.Errorf("%s: passed on %v, want %v: %s", form, passedOn, want, text)
			}
		}
		var indented bytes.Buffer
		if err := json.Indent(&indented, stored, "\t", "  "); err != nil {
			f.Fatal(err)
		}
		read("indented", indented.Bytes(), true)
		read("an attribute twice", bytes.Replace(stored, []byte(`{"`), []byte(`{"id":null,"`), 1), false)
		read("null", []byte("null"), true)
		read("cut off", stored[:len(stored)-1], false)
		read("followed by more", append(bytes.Clone(stored), "]"...), false)
		read("in another order", reordered(stored), false)

		var whole map[string]any
		decoder := json.NewDecoder(bytes.NewReader(stored))
		decoder.UseNumber()
		if err := decoder.Decode(&whole); err != nil {
			f.Fatal(err)
		}
		changed := func(form string, want bool) {
			f.Helper()
			text, err := json.Marshal(whole)
			if err != nil {
				f.Fatal(err)
			}
			read(form, text, want)
		}
		eachAttribute(whole, func(object map[string]any, name string) {
			before := object[name]
			delete(object, name)
			changed("without "+name, false)
			if object[name] = map[string]any{"zz": "y"}; before != nil {
				changed(name+" of another type", false)
			}
			object[name] = before
			object[name+"_of_a_later_release"] = nil
			changed("with another attribute after "+name, false)
			delete(object, name+"_of_a_later_release")
			if _, ok := before.(string); ok {
				object[name] = "\"\\</script>\u2028é🧾 ]},{[:"
			}
		})
		changed("special characters", true)
	})
}

// reordered moves the first attribute of a JSON object behind the last one.
func reordered(object []byte) []byte {
	first, rest, _ := strings.Cut(strings.TrimPrefix(string(object), "{"), `,"`)
	return []byte(`{"` + strings.TrimSuffix(rest, "}") + "," + first + "}")
}

// eachAttribute calls do for each attribute of each object in a value.
func eachAttribute(v any, do func(object map[string]any, name string)) {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			eachAttribute(v[name], do)
			do(v, name)
		}
	case []any:
		for _, element := range v {
			eachAttribute(element, do)
		}
	}
}
