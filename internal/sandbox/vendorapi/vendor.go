package vendorapi

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

	// The rest is for the pages that people see.
	Page  string    `json:"-"` // the last segment of the path of its payment page, "/pay/{vendor}/{page}"
	Label string    `json:"-"` // what the money is for
	Stage Stage     `json:"-"`
	Ends  time.Time `json:"-"` // when it expires by itself; zero where it does not, or has
	Deeds []Deed    `json:"-"` // what can be done to it now
}

// Stage is how far a link is, in words that hold for every vendor.
type Stage string

// The stages. A status that no document names is Unknown.
const (
	StageOpen       Stage = "open"
	StageProcessing Stage = "processing"
	StagePaid       Stage = "paid"
	StageExpired    Stage = "expired"
	StageRevoked    Stage = "revoked"
	StageUnknown    Stage = "unknown"
)

// Deed is a button: something that Act does.
type Deed struct {
	Act   string
	Label string
	Payer bool // the payer does it; else somebody at the vendor, or time
}

// Vendor is one payment vendor. Its methods are safe for concurrent use.
type Vendor interface {
	// Name is the path prefix and the name in records and faults.
	Name() string
	// Op names what a route means, without any effect.
	Op(method string, path []string) string
	// Ops are the names that Op knows.
	Ops() []string
	// Serve does what the call asks and answers it.
	Serve(*Call) Reply
	// Refuse words a refusal the vendor's way, with detail as its message.
	Refuse(call *Call, why Refusal, detail string) Reply
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

// Guide is a vendor with pages for people beside the payment pages, which are the sandbox's.
type Guide interface {
	// Page answers a GET of "/{page}/{vendor}/{path}", and is not ok where there is no such page.
	Page(page string, path []string) (text string, ok bool)
}
