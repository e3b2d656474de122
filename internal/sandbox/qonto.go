package sandbox

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"

// Qonto is the vendor Qonto; its methods act behind the provider's back.
type Qonto = qonto.Server

// QontoSwitches are the positions of what Qonto's contract leaves open.
type QontoSwitches = qonto.Switches

// QontoLink is a snapshot of a link.
type QontoLink = qonto.Link

// QontoPayment is a payment of a link.
type QontoPayment = qonto.Payment

// QontoTokens is an access token with its refresh token and its client.
type QontoTokens = qonto.Tokens
