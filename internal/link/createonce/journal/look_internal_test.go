package journal

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
)

// One process of an engine looks at an account's newest links, as often as it likes; the next one does not. That is forgotten after a
// while, and each journal that is off or broken looks.
func TestFirstLook(t *testing.T) {
	t.Parallel()
	path, clk := filepath.Join(t.TempDir(), "journal"), fakeclock.New(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	start := func(process int) *Journal {
		j := New(NewFileStore(path), "/shop", clk)
		j.process = process
		return j
	}
	planning, applying := start(1), start(2)
	for i, tc := range []struct {
		of      *Journal
		account string
		passes  time.Duration
		want    bool
	}{
		{planning, "me", 0, true}, {planning, "me", 0, true}, {applying, "me", 0, false}, {applying, "you", 0, true}, {planning, "you", 0, false},
		{applying, "me", 2 * time.Hour, true}, {planning, "me", -3 * time.Hour, true}, {nil, "me", 0, true}, {New(NewFileStore(t.TempDir()), "", clk), "me", 0, true},
	} {
		clk.Advance(tc.passes)
		if got := tc.of.FirstLook(t.Context(), tc.account); got != tc.want {
			t.Errorf("%d: first: %t", i, got)
		}
	}
}
