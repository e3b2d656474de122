package diff

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func TestIsWithin(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		paths []string
		want  bool
	}{
		"itself": {[]string{"payer.label"}, true}, "its parent": {[]string{"payer"}, true}, "its child": {[]string{"payer.label.text"}, false},
		"a sibling": {[]string{"payer.name"}, false}, "a longer name": {[]string{"payer.lab"}, false}, "one of several": {[]string{"x", "payer"}, true}, "none": {nil, false},
	} {
		if got := IsWithin(tc.paths, "payer.label"); got != tc.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

func TestStrings(t *testing.T) {
	t.Parallel()
	v := Attributes(testValue(object{"name": "a", "tags": []any{"b", "a", "b"}}))
	for name, want := range map[string][]string{"name": {"a"}, "tags": {"a", "b"}, "amount": nil, "no such attribute": nil} {
		if got := Strings(v[name]); !slices.Equal(got, want) {
			t.Errorf("%s: got %q", name, got)
		}
	}
	if got := Strings(tftypes.NewValue(tftypes.String, unknown)); got != nil {
		t.Errorf("unknown: got %q", got)
	}
}

// A changed copy leaves the value itself alone.
func TestWithCopies(t *testing.T) {
	t.Parallel()
	before := testValue(object{"name": "a"})
	after := With(before, "name", tftypes.NewValue(tftypes.String, "b"))
	if String(Attributes(before)["name"]) != "a" || String(Attributes(after)["name"]) != "b" {
		t.Errorf("%s became %s", before, after)
	}
}

// A fingerprint is the same for plans of the same link, whatever their policies and what the vendor decides.
func TestFingerprint(t *testing.T) {
	t.Parallel()
	base := object{"name": "a", "amount": "1", "labels": object{"x": "1"}, "status": "old", "activate": true}
	for name, tc := range map[string]struct {
		plan object
		same bool
	}{
		"other zeros":   {object{"name": "a", "amount": "1.00", "labels": object{"x": "1.0"}, "status": unknown, "activate": false}, true},
		"another name":  {object{"name": "b", "amount": "1", "labels": object{"x": "1"}}, false},
		"another label": {object{"name": "a", "amount": "1", "labels": object{"y": "1"}}, false},
	} {
		if got := testSchema().Fingerprint(testValue(base)) == testSchema().Fingerprint(testValue(tc.plan)); got != tc.same {
			t.Errorf("%s: the same is %v", name, got)
		}
	}
}
