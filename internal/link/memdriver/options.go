package memdriver

import (
	"errors"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// Options is what the vendor is able to do. The zero value but for Info has a list, no revoke call and decimal amounts.
type Options struct {
	Info driver.Info // see DefaultInfo
	// NoList leaves out the list call (driver.Lister).
	NoList bool
	// Revocable adds a revoke call (driver.Revoker), and the action `cancel`.
	Revocable bool
	// EditPage adds pages to the list (driver.Pager), and changes each link that a page shows.
	EditPage func(*Link)
	// MinorUnitDigits makes the vendor count amounts in units of so many decimals; 0 for decimal text.
	MinorUnitDigits int
}

// DefaultInfo describes a vendor with two-part identities and hidden attributes, whose 404 proves nothing without its list.
func DefaultInfo() driver.Info {
	return driver.Info{
		Name: "memory", Title: "Memory", Description: "A payment link in memory.",
		ConfigurationHint:      "Add `memory = {}` to the provider block.",
		Scope:                  "project",
		ScopeIdentifiesAccount: true,
		ReplaceWhen:            []driver.State{driver.Revoked},
		Hidden:                 []string{"pin", "contact.email"},
		Defaults:               map[string]string{"grade": "standard", "express": "false"},
		CheckID: func(id string) error {
			if !strings.HasPrefix(strings.ToLower(id), "pl-") {
				return errors.New("an ID begins with pl-")
			}
			return nil
		},
	}
}
