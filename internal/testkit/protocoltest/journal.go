package protocoltest

import "os"

// A provider that runs in a test keeps no journal of creates, neither the user's nor another test's, and does not look before a create,
// unless its configuration says so.
func init() {
	for name, value := range map[string]string{"PAYMENTLINKS_JOURNAL": "off", "PAYMENTLINKS_LOOK_BEFORE_CREATE": "false"} {
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
	}
}
