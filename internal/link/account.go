package link

import "fmt"

// Account says whose link it is: what is remembered beside each link, and what is configured now.
type Account struct {
	BaseURL string `json:"base"`            // address of the API
	Scope   string `json:"scope,omitempty"` // domain, client id or project, where known
	Name    string `json:"name,omitempty"`  // the provider's `account` setting
}

// accountMatch is what a comparison of two accounts tells.
type accountMatch int

const (
	accountSame      accountMatch = iota // proven: a 404 means that the link is gone
	accountDifferent                     // proven: these credentials cannot know the link
	accountUnknown                       // a bare token: it may be anybody's
)

// compare tells whether now is the account a of a link, and for otherAccount what differs.
func (a Account) compare(now Account) (accountMatch, string) {
	switch {
	case a.BaseURL != now.BaseURL:
		return accountDifferent, fmt.Sprintf("the link belongs to %s, the provider is configured for %s", a.BaseURL, now.BaseURL)
	case a.Scope != "" && now.Scope != "" && a.Scope != now.Scope:
		return accountDifferent, fmt.Sprintf("the link belongs to %q, the provider is configured for %q", a.Scope, now.Scope)
	case a.Name != "" && now.Name != "" && a.Name != now.Name:
		return accountDifferent, fmt.Sprintf("the link belongs to the account %q, the provider is configured for %q", a.Name, now.Name)
	case a.Name != "" && a.Name == now.Name, a.Scope != "" && a.Scope == now.Scope:
		return accountSame, ""
	}
	return accountUnknown, ""
}
