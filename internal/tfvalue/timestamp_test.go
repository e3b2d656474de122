package tfvalue_test

import (
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

func TestTimestampsAreEqualAsTimes(t *testing.T) {
	t.Parallel()
	const timestamp = "2024-08-14T19:38:34Z"
	for other, same := range map[string]bool{
		timestamp: true, "2024-08-14T19:38:34.0Z": true, "2024-08-14T19:38:34.000Z": true, "2024-08-14T16:38:34-03:00": true,
		"2024-08-14T19:38:34.5Z": false, "2024-08-14T19:38:35Z": false, "soon": false, "": false,
	} {
		got, diags := tfvalue.TimestampOrNull(timestamp).StringSemanticEquals(t.Context(), tfvalue.TimestampOrNull(other))
		if got != same || diags.HasError() {
			t.Errorf("%q: %t %s", other, got, diags)
		}
	}
	if same, _ := tfvalue.TimestampOrNull("soon").StringSemanticEquals(t.Context(), tfvalue.TimestampOrNull("soon")); !same {
		t.Error("text that is no time does not equal itself")
	}
}

func TestTime(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2024-08-14T19:38:34Z": "2024-08-14T19:38:34Z", "2024-08-14T19:38:34.0Z": "2024-08-14T19:38:34Z",
		"2024-08-14T16:38:34.25-03:00": "2024-08-14T19:38:34.25Z", "": "0001-01-01T00:00:00Z", "soon": "0001-01-01T00:00:00Z",
		"2026-11-28T04:11:00.769+0000": "2026-11-28T04:11:00.769Z", "2026-11-28 04:11:00": "2026-11-28T04:11:00Z", "2026-11-28T04:11:00": "2026-11-28T04:11:00Z",
		"2026-11-28 04:11:00.5 +0100": "2026-11-28T03:11:00.5Z", "2026-11-28 04:11:00 UTC": "2026-11-28T04:11:00Z", "2026-11-28t04:11:00z": "2026-11-28T04:11:00Z",
		"2026-11-28T04:11+01": "2026-11-28T03:11:00Z", " 2026-11-28 ": "2026-11-28T00:00:00Z", "2026-13-45 99:00:00": "0001-01-01T00:00:00Z", "1785000000": "0001-01-01T00:00:00Z",
	} {
		if got := tfvalue.Time(text).UTC().Format(time.RFC3339Nano); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

func TestTimesThatMayBeHoursOff(t *testing.T) {
	t.Parallel()
	none := time.Time{}.Format(time.RFC3339Nano)
	for text, want := range map[string]struct{ created, earliest string }{
		"2024-08-14T19:38:34Z":         {"2024-08-14T19:38:34Z", "2024-08-14T19:38:34Z"},
		"2024-08-14 16:38:34.25 -0300": {"2024-08-14T19:38:34.25Z", "2024-08-14T19:38:34.25Z"},
		"2024-08-14T19:38Z":            {none, "2024-08-14T19:38:00Z"},
		"2024-08-14T19:38:34":          {none, "2024-08-14T05:38:34Z"},
		"2024-08-14 19:38":             {none, "2024-08-14T05:38:00Z"},
		"2024-08-14":                   {none, "2024-08-13T10:00:00Z"},
	} {
		created := tfvalue.CreationTime(text).UTC().Format(time.RFC3339Nano)
		earliest, ok := tfvalue.EarliestTime(text)
		if got := earliest.UTC().Format(time.RFC3339Nano); created != want.created || got != want.earliest || !ok {
			t.Errorf("%q is %s, and %s at the earliest, want %v", text, created, got, want)
		}
	}
	if _, ok := tfvalue.EarliestTime("soon"); ok {
		t.Error("a word is a time")
	}
}

// FuzzTimestamp: that two texts are one time is an equivalence, and text that is no time equals only itself.
func FuzzTimestamp(f *testing.F) {
	f.Add("2024-08-14T19:38:34Z", "2024-08-14T19:38:34.0Z", "2024-08-14T21:38:34+02:00")
	f.Add("", "never", "2024-08-14 19:38:34")
	f.Fuzz(func(t *testing.T, first, second, third string) {
		a, b, c := tfvalue.TimestampOrNull(first), tfvalue.TimestampOrNull(second), tfvalue.TimestampOrNull(third)
		if !sameTime(t, a, a) || sameTime(t, a, b) != sameTime(t, b, a) {
			t.Fatalf("%q and %q: not reflexive or not symmetric", first, second)
		}
		if sameTime(t, a, b) && sameTime(t, b, c) && !sameTime(t, a, c) {
			t.Fatalf("%q, %q and %q: not transitive", first, second, third)
		}
		if first == second && !sameTime(t, a, b) {
			t.Fatalf("%q does not equal itself", first)
		}
	})
}

func sameTime(t *testing.T, a, b tfvalue.Timestamp) bool {
	t.Helper()
	equal, diags := a.StringSemanticEquals(t.Context(), b)
	return equal && !diags.HasError()
}
