package exchange

import (
	"errors"
	"time"
)

// ErrNoLink is returned for an id that the vendor does not hold.
var ErrNoLink = errors.New("no such payment link")

// Refusal is a refusal that a fault asks a vendor to word in its own way.
type Refusal int

// The refusals every vendor can word.
const (
	Expired Refusal = iota // 401, as for an access token whose time is over
	TooMany                // 429
	Invalid                // 422, or the vendor's status for a rule that is broken
)

// Link is what the control API says about a link of any vendor.
type Link struct {
	Vendor    string    `json:"vendor"`
	ID        string    `json:"id"`
	URL       string    `json:"url"`
	Status    string    `json:"status"`  // the vendor's own word
	Payable   bool      `json:"payable"` // whether somebody who opens the URL can pay
	Amount    string    `json:"amount"`  // decimal text in major units
	Currency  string    `json:"currency"`
	CreatedAt time.Time `json:"created_at"`
}

// Vendor is one payment vendor. Its methods are safe for concurrent use.
type Vendor interface {
	// Name is the path prefix and the name in records and faults.
	Name() string
	// Op names what a route means, without any effect.
	Op(method string, path []string) string
	// Serve does what the call asks and answers it.
	Serve(*Call) Reply
	// Refuse words a refusal the vendor's way, with detail as its message.
	Refuse(call *Call, why Refusal, detail string) Reply
	// Page answers a GET of a page for people: a link's URL, or an onboarding page. The path follows "/{page}/{name}/".
	Page(page string, path []string) Reply
	// Env names the variables that point the provider at base, the vendor's address.
	Env(base string) map[string]string

	// Overview lists every link that the vendor holds, oldest first.
	Overview() []Link
	// Act does behind the provider's back what people do: "pay", "expire" and so on, and "force" with a status.
	Act(id, action, status string) error
	// Seed adds links as the vendor's own JSON.
	Seed(data []byte) error
	// Switches returns the switches as a value that marshals to JSON.
	Switches() any
	// SetSwitches changes the switches that data, a JSON object, names.
	SetSwitches(data []byte) error
}
