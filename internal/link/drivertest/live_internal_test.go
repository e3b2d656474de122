package drivertest

import (
	"strings"
	"testing"
)

func TestLiveRunIsRefusedUnlessMeant(t *testing.T) {
	t.Parallel()
	once := "PAYMENTLINKS_LIVE_PRODUCTION=acme"
	twice := "PAYMENTLINKS_LIVE_PRODUCTION_AGAIN=acme"
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
		"another address":             {[]string{once, twice, "ACME_ENDPOINT=http://127.0.0.1:1"}, true, "ACME_ENDPOINT"},
		"another token address":       {[]string{"ACME_TOKEN_ENDPOINT=http://127.0.0.1:1"}, true, "ACME_TOKEN_ENDPOINT"},
		"another vendor's address":    {[]string{"OTHER_ENDPOINT=http://127.0.0.1:1"}, true, ""},
		"an address that is not said": {[]string{"ACME_ENDPOINT="}, true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := refusal("acme", tc.environ, tc.harmless); (got == "") != (tc.want == "") || !strings.Contains(got, tc.want) {
				t.Errorf("got %q", got)
			}
		})
	}
}
