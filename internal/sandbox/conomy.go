package sandbox

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"

// Conomy is the vendor Conomy; its methods act behind the provider's back.
type Conomy = conomy.Server

// ConomySwitches are the positions of what Conomy's contract leaves open.
type ConomySwitches = conomy.Switches

// ConomyLink is a snapshot of a link.
type ConomyLink = conomy.Link
