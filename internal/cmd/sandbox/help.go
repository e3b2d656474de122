package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
)

// faultHelp tells how a fault is written.
func faultHelp(s *sandbox.Sandbox) string {
	var text strings.Builder
	text.WriteString(`-fault VENDOR:CALL:WHAT[,OPTION...]

VENDOR and CALL are a name, or * for any. CALL may be a method and a path too, as in 'VENDOR:POST /v2/payment_links:503'.

`)
	for _, vendor := range s.Vendors() {
		fmt.Fprintf(&text, "  %-8s %s\n", vendor, strings.Join(s.Calls(vendor), ", "))
	}
	text.WriteString("\nWHAT is an HTTP status from 200 to 599, or one of\n\n")
	for _, kind := range fault.Kinds() {
		fmt.Fprintf(&text, "  %-19s %s\n", kind, kind.Explain())
	}
	text.WriteString(`
An OPTION is one of

  after               the call has its effect before it fails
  times=N             so many calls are hit; without it, all
  skip=N              so many calls pass first
  delay=DURATION      before the answer (drip: before each byte)
  status=N            of the answer
  retry-after=SECONDS
  location=URL        of redirect
  body=TEXT           of answer, without a comma
  pointer=POINTER     of deviate: what differs, as in /amount/value or /links/0/id
  value=JSON          of deviate, the last option: what stands there; without it, nothing
`)
	return text.String()
}

// switchHelp lists the switches with their positions at the start. What they mean stands beside them in the code.
func switchHelp(s *sandbox.Sandbox) (string, error) {
	var text strings.Builder
	for _, vendor := range s.Vendors() {
		all, err := switchesOf(s, vendor)
		if err != nil {
			return "", err
		}
		for _, name := range slices.Sorted(maps.Keys(all)) {
			fmt.Fprintf(&text, "%s.%s=%s\n", vendor, name, strings.Trim(string(all[name]), `"`))
		}
	}
	return text.String(), nil
}
