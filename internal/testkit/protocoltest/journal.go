package protocoltest

import "os"

// A provider that runs in a test keeps no journal of creates, neither the user's nor another test's, unless its configuration names a
// file.
func init() {
	if err := os.Setenv("PAYMENTLINKS_JOURNAL", "off"); err != nil {
		panic(err)
	}
}
