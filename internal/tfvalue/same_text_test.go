package tfvalue_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

func TestPlainText(t *testing.T) {
	t.Parallel()
	const id = "019788b3-57ab-727c-b26e-86b95c16e93f"
	for text, want := range map[string]string{
		"a": "a", " a\r\nb \t\n": " a\nb", " \r\n": "", "A": "A", id: id, "019788B3-57AB-727C-B26E-86B95C16E93F\n": id, "Order " + "019788B3": "Order 019788B3",
	} {
		if got := tfvalue.PlainText(text); got != want {
			t.Errorf("%q: %q instead of %q", text, got, want)
		}
	}
}
