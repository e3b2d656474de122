package driver_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

func TestStateOf(t *testing.T) {
	t.Parallel()
	documented := map[driver.State][]string{driver.Open: {"open"}, driver.Paid: {"paid", "settled"}}
	for status, want := range map[string]driver.State{
		"open": driver.Open, "settled": driver.Paid, "paid \r\n": driver.Paid, "PAID": driver.Unknown, "": driver.Unknown, "refunded": driver.Unknown,
	} {
		if got := driver.StateOf(status, documented); got != want {
			t.Errorf("%q is %s, want %s", status, got, want)
		}
	}
}
