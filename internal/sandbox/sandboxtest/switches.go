package sandboxtest

import (
	"encoding/json"
	"regexp"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// SwitchCase is what a switch changes on the wire: Probe says what it sees by default, which is Off, and under Switches, which is On.
type SwitchCase struct {
	Switches string // as the inside of a JSON object, the switch that the case is about first
	Probe    func(*Client) string
	Off, On  string
}

var switchName = regexp.MustCompile(`^"(\w+)":`)

// TestSwitches runs cases, which have to show a difference of every switch that the vendor has.
func (v Vendor) TestSwitches(t *testing.T, cases []SwitchCase) {
	tried := map[string]bool{"read_delay": true, "list_lag": true} // by Test
	for _, c := range cases {
		name := switchName.FindStringSubmatch(c.Switches)[1]
		tried[name] = tried[name] || c.Off != c.On
		t.Run(c.Switches, func(t *testing.T) {
			t.Parallel()
			Equal(t, "by default", c.Probe(v.Client(t)), c.Off)
			Equal(t, "switched", c.Probe(v.Client(t).Set(c.Switches)), c.On)
		})
	}
	var all map[string]any
	if err := json.Unmarshal(vendorapi.Raw(v.Client(t).Switches(v.Name)), &all); err != nil {
		t.Fatal(err)
	}
	for name := range all {
		if !tried[name] {
			t.Errorf("no case for the switch %s", name)
		}
	}
}
