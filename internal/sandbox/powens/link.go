package powens

import (
	"encoding/json"
	"maps"
	"time"
)

// States of an attempt to pay that the sandbox itself sets (contract 3.10); ForceStatus sets any text.
const (
	Created     = "created"
	Pending     = "pending"
	Done        = "done"
	Rejected    = "rejected"
	Expired     = "expired"
	Unavailable = "unavailable"
)

// Account is a PaymentAccount as sent; an empty issuer was not sent.
type Account struct {
	SchemeName     string
	Identification string
	Label          string
	Issuer         string
}

// Identity is an Identity as sent: its keys with their JSON.
type Identity map[string]json.RawMessage

// Link is a link as the vendor holds it.
type Link struct {
	ID                  string
	Domain              string
	URL                 string
	ReferenceID         string // empty for none
	Amount              string // the JSON number's own text, as sent
	Currency            string
	Label               string
	ExecutionDateType   string
	Beneficiary         Account
	BeneficiaryIdentity Identity
	Payer               *Account
	PayerIdentity       Identity
	OperatorIdentity    Identity // nil for none
	Redirect            bool
	RedirectURI         string
	RedirectState       *string
	LastPaymentID       int       // 0 for none
	AttemptState        string    // empty before a payment
	RevokedAt           time.Time // zero for never; may be in the future (contract 3.2)
	CreatedAt           time.Time // which no answer tells
}

// revoked tells whether the link is revoked by now.
func (l *Link) revoked(now time.Time) bool { return !l.RevokedAt.IsZero() && !l.RevokedAt.After(now) }

// copyAt is a copy that shares nothing which changes.
func (l *Link) copyAt(time.Time) Link {
	c := *l
	if l.Payer != nil {
		payer := *l.Payer
		c.Payer = &payer
	}
	c.BeneficiaryIdentity, c.PayerIdentity, c.OperatorIdentity =
		maps.Clone(l.BeneficiaryIdentity), maps.Clone(l.PayerIdentity), maps.Clone(l.OperatorIdentity)
	return c
}
