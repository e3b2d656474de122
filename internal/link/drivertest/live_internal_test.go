package drivertest

import (
	"strings"
	"testing"
)

func TestLiveRefusal(t *testing.T) {
	t.Parallel()
	once := "PAYMENTLINKS_LIVE_PRODUCTION=qonto"
	twice := "PAYMENTLINKS_LIVE_PRODUCTION_AGAIN=qonto"
	for name, tc := range map[string]struct {
		environ  []string
		harmless bool
		want     string // empty: may start
	}{
		"the vendor's sandbox":        {nil, true, ""},
		"production":                  {nil, false, "If you mean it"},
		"production, told once":       {[]string{once}, false, "If you mean it"},
		"production, told otherwise":  {[]string{once, "PAYMENTLINKS_LIVE_PRODUCTION_AGAIN=yes"}, false, "If you mean it"},
		"production, told the same":   {[]string{once, once}, false, "If you mean it"},
		"production, told twice":      {[]string{once, twice}, false, ""},
		"another address":             {[]string{once, twice, "QONTO_ENDPOINT=http://127.0.0.1:1"}, true, "QONTO_ENDPOINT"},
		"another token address":       {[]string{"QONTO_TOKEN_ENDPOINT=http://127.0.0.1:1"}, true, "QONTO_TOKEN_ENDPOINT"},
		"another vendor's address":    {[]string{"GIGS_ENDPOINT=http://127.0.0.1:1"}, true, ""},
		"an address that is not said": {[]string{"QONTO_ENDPOINT="}, true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := refusal("qonto", tc.environ, tc.harmless); (got == "") != (tc.want == "") || !strings.Contains(got, tc.want) {
				t.Errorf("got %q", got)
			}
		})
	}
}
