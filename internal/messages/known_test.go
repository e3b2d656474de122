package messages_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/messages"
)

func TestKnown(t *testing.T) {
	t.Parallel()
	const cannot, gone = "Cannot read Qonto payment link", "HTTP 500 Internal Server Error (GET /v2/payment_links/1)\n\nThe link 1 stays in state as it was. Try again once the cause is mended."
	for name, test := range map[string]struct {
		warning         bool
		summary, detail string
		want            bool
	}{
		"one of ours":                      {false, cannot, gone, true},
		"folded by an engine":              {false, cannot, "HTTP 500\nThe link 1 stays in state\nas it was. Try again once\nthe cause is mended.", true},
		"an error as a warning":            {true, cannot, gone, true},
		"another summary":                  {false, "Cannot fathom Qonto payment link", "Bad luck.", false},
		"another detail":                   {false, cannot, "HTTP 500\n\nTough.", false},
		"an end that nobody wrote":         {false, cannot, gone + " Good luck.", false},
		"a warning as an error":            {false, "Qonto payment link was paid: 1", "The link 1 (https://pay) was paid, so that there was nothing to end. It is no longer managed, and nothing was refunded.", false},
		"one of several texts":             {false, "Missing scheme_name", "An organisation in a new link needs `scheme_name` (in `payer_identity`).", true},
		"braces of a configuration":        {false, "Powens is not configured", "This needs Powens, and the provider has no access to it. Add `powens = {}` with its settings to the provider block, or set POWENS_DOMAIN, POWENS_CLIENT_ID and POWENS_CLIENT_SECRET, or POWENS_TOKEN.", true},
		"the framework's":                  {false, "Invalid Attribute Value Match", "Attribute x value must be one of: [a b], got: c", true},
		"text of a repeated part, no part": {false, "Cannot tell whether the Gigs payment link was created", "The request was sent.", false},
	} {
		if got := messages.Known(test.warning, test.summary, test.detail); got != test.want {
			t.Errorf("%s: %t, want %t", name, got, test.want)
		}
	}
}
