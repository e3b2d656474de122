package sandbox

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"

// Gigs is the vendor Gigs; its methods act behind the provider's back.
type Gigs = gigs.Server

// GigsSwitches are the positions of what Gigs' contract leaves open.
type GigsSwitches = gigs.Switches

// GigsLink is a snapshot of a link.
type GigsLink = gigs.Link

// GigsUser is the payer of a link, whom the vendor never returns.
type GigsUser = gigs.User
