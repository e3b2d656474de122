package sandbox

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"

// Powens is the vendor Powens; its methods act behind the provider's back.
type Powens = powens.Server

// PowensSwitches are the positions of what Powens' contract leaves open.
type PowensSwitches = powens.Switches

// PowensLink is a snapshot of a link.
type PowensLink = powens.Link

// PowensClient is a client application of a domain.
type PowensClient = powens.Client
