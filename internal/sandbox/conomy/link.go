package conomy

import (
	"encoding/json"
	"time"
)

// The statuses of a link (contract 3.1).
const (
	Attempt    = "ATTEMPT"
	Active     = "ACTIVE"
	Processing = "PROCESSING_PAYMENT"
	Finished   = "FINISHED"
	Expired    = "EXPIRED"
)

// Link is a link as the vendor holds it.
type Link struct {
	ID            string
	URL           string
	Status        string
	CheckoutToken string
	Currency      string
	TotalAmount   string
	CreatedAt     time.Time
	Expires       time.Time

	preTaxAmount string
	terms        values // what the create said; never changed
	seeded       values // a published sample, shown as it is; it does not expire by the clock
}

// status is the link's status at now: an unpaid link expires by itself (contract 3.6, inferred).
func (l *Link) status(now time.Time) string {
	if (l.Status == Attempt || l.Status == Active) && l.seeded == nil && !now.Before(l.Expires) {
		return Expired
	}
	return l.Status
}

// copyAt is a copy with the status at now.
func (l *Link) copyAt(now time.Time) Link {
	c := *l
	c.Status = l.status(now)
	return c
}

// lifetime is the duration that the terms name.
func (l *Link) lifetime() time.Duration {
	n, _ := l.terms["duration"].(json.Number)
	seconds, err := n.Int64()
	if err != nil {
		return 0
	}
	return time.Duration(seconds) * time.Second
}

// at is the text at a place in the terms; "" where there is none.
func (l *Link) at(names ...string) string {
	current := any(l.terms)
	for _, name := range names {
		object, ok := current.(values)
		if !ok {
			return ""
		}
		current = object[name]
	}
	s, _ := current.(string)
	return s
}

func (l *Link) destinations() []values {
	if out, ok := l.terms["destinations"].([]values); ok {
		return out
	}
	var out []values // of a seed: plain JSON
	seeded, _ := l.terms["destinations"].([]any)
	for _, each := range seeded {
		if destination, ok := each.(values); ok {
			out = append(out, destination)
		}
	}
	return out
}
