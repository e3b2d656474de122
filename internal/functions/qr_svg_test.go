package functions_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

func drawn(t *testing.T, content string) string {
	t.Helper()
	got, wrong := call(t, "qr_svg", text(content))
	if wrong != nil {
		t.Fatal(wrong.Text)
	}
	return asText(t, got)
}

// What the drawing shows is read back in internal/webtest.
func TestQRSVGIsAlwaysTheSame(t *testing.T) {
	t.Parallel()
	first := drawn(t, "https://pay.example/l/4f1c2a")
	for range 5 {
		if again := drawn(t, "https://pay.example/l/4f1c2a"); again != first {
			t.Fatal("another drawing of the same text")
		}
	}
	if len(first) > 6000 || !strings.HasPrefix(first, "<svg xmlns=") {
		t.Errorf("%d bytes: %.100s", len(first), first)
	}
}

func TestQRSVGRefuses(t *testing.T) {
	t.Parallel()
	_, wrong := call(t, "qr_svg", text(""))
	protocoltest.RequireArgumentError(t, wrong, 0, "must not be empty")
	_, wrong = call(t, "qr_svg", text(strings.Repeat("a", 2332)))
	protocoltest.RequireArgumentError(t, wrong, 0, "2332 bytes", "at most 2331")
	// Bytes count, not letters, and not what numbers alone would need.
	_, wrong = call(t, "qr_svg", text(strings.Repeat("é", 1166)))
	protocoltest.RequireArgumentError(t, wrong, 0, "2332 bytes")
	_, wrong = call(t, "qr_svg", text(strings.Repeat("7", 2332)))
	protocoltest.RequireArgumentError(t, wrong, 0, "at most 2331")
	if strings.Contains(wrong.Text, "7777") {
		t.Errorf("repeats the text: %s", wrong.Text)
	}
}
