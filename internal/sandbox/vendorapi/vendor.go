package vendorapi

import (
	"errors"
	"net/url"
	"strings"
	"time"
)

// ErrNoLink is returned for an id that the vendor does not hold.
var ErrNoLink = errors.New("no such payment link")

// Vendor is one payment vendor. Its methods are safe for concurrent use.
type Vendor interface {
	// Name returns the path prefix, which is the name in records and faults too.
	Name() string
	// Op names what a route means, without any effect; "" for an unknown route.
	Op(method string, path []string) string
	// Ops returns the names that Op knows.
	Ops() []string
	// Serve does what the call asks and answers it.
	Serve(*Call) Reply
	// Refuse words a refusal the vendor's way, with detail as its message.
	Refuse(call *Call, why Refusal, detail string) Reply
	// Env returns the variables that point the provider at base, the vendor's address, as the first account.
	Env(base string) map[string]string
	// AddAccount makes another account, which sees links of its own only, and returns the variables that Env returns for the
	// first one.
	AddAccount(base string) map[string]string

	// Overview lists every link that the vendor holds, of all accounts, oldest first.
	Overview() []Link
	// Act does behind the provider's back what people do: "pay", "expire" and so on, and "force" with a status. The error is
	// ErrNoLink for an id that the vendor does not hold.
	Act(id, action, status string) error
	// Seed adds links to the first account, as the vendor's own JSON; on an error none.
	Seed(data []byte) error
	// Demo returns links to look at, for Seed. "${SANDBOX}" stands in it for the sandbox's address.
	Demo() []byte
	// Switches returns the switches as a value that marshals to a JSON object.
	Switches() any
	// SetSwitches changes the switches that data, a JSON object, names; on an error none.
	SetSwitches(data []byte) error
}

// Constructor makes a vendor without links, whose time is what now returns.
type Constructor func(now func() time.Time) Vendor

// Registry finds vendors by their names; a sandbox is one. Each vendor's package has a function From that returns its own
// type out of a Registry.
type Registry interface {
	Vendor(name string) (v Vendor, ok bool)
}

// From returns a registry's vendor of a name as its own type. It panics where there is none.
func From[V Vendor](r Registry, name string) V {
	v, _ := r.Vendor(name)
	return v.(V)
}

// PageServer is a vendor with pages for people beside the payment pages, which are the sandbox's.
type PageServer interface {
	// Page answers a GET of "/{page}/{vendor}/{path}", and is not ok where there is no such page.
	Page(page string, path []string) (text string, ok bool)
}

// Refusal is a refusal that a fault asks a vendor to word in its own way.
type Refusal int

// The refusals that every vendor can word.
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
	CheckoutKey string    `json:"-"` // what follows "/pay/{vendor}/" in URL; "" for a URL that leads elsewhere
	Label       string    `json:"-"` // what the money is for
	State       State     `json:"-"`
	ExpiresAt   time.Time `json:"-"` // when it expires by itself; zero where it does not, or has
	Buttons     []Button  `json:"-"` // what can be done to it now
}

// State is how far a link is, in words that hold for every vendor.
type State string

// The states. A status that no document names is Unknown.
const (
	StateOpen       State = "open"
	StateProcessing State = "processing"
	StatePaid       State = "paid"
	StateExpired    State = "expired"
	StateRevoked    State = "revoked"
	StateUnknown    State = "unknown"
)

// Button is something that Act does, on a page.
type Button struct {
	Action string
	Label  string
	Payer  bool // the payer does it; else somebody at the vendor, or time
}

// checkoutKey is what follows "/pay/{vendor}/" in a link's URL; "" for a URL that leads elsewhere, as those of seeds do.
func checkoutKey(vendor, address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	key, ok := strings.CutPrefix(u.Path, "/pay/"+vendor+"/")
	if !ok {
		return ""
	}
	return key
}
