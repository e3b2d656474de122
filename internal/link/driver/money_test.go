package driver_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

func TestMoneyTermDiffers(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		kind            driver.MoneyKind
		asked, answered string
		want            bool
	}{
		{driver.MoneyAmount, "10", "10.00", false},
		{driver.MoneyAmount, "10", "10.01", true},
		{driver.MoneyAmount, "10", "ten", false},
		{driver.MoneyAmount, "10", "10.01 \r\n", true},
		{driver.MoneyCurrency, "EUR", "eur", false},
		{driver.MoneyCurrency, "EUR", "EUR \r\n", false},
		{driver.MoneyCurrency, "EUR", "USD", true},
		{driver.MoneyCurrency, "EUR", " \n", false},
		{driver.MoneyInvoice, "inv_1", "inv_1\n", false},
		{driver.MoneyInvoice, "inv_a", "inv_A", true},
		{driver.MoneyInvoice, "019788b3-57ab-727c-b26e-86b95c16e93f", "019788B3-57AB-727C-B26E-86B95C16E93F", false},
		{driver.MoneyInvoice, "019788b3-57ab-727c-b26e-86b95c16e93f", "019788b3-57ab-727c-b26e-86b95c16e93e", true},
		{driver.MoneyInvoice, "", "inv_1", false},
		{driver.MoneyInvoice, "inv_1", "", false},
	} {
		if got := (driver.MoneyTerm{Kind: tc.kind, Asked: tc.asked, Answered: tc.answered}).Differs(); got != tc.want {
			t.Errorf("%s %q, %q: %v", tc.kind, tc.asked, tc.answered, got)
		}
	}
}
