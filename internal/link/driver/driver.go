// Package driver is what a vendor implements: Vendor (schema and mapping, without any configuration) and Client (its calls). What a
// vendor may be able to do besides stands in optional.go, one interface each, with what happens without it.
//
// The package decides nothing and calls nothing. It knows the framework's types and the pages of package paging; how a link is
// created, read, replaced and revoked with the help of a driver is decided in package link and the packages below it.
package driver

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// Key identifies one payment link at its vendor. Scope is the first part of a two-part identity (a project, say); it is empty at
// a vendor whose ids are unique by themselves.
type Key struct {
	Scope, ID string
}

// ImportID returns the text by which `terraform import` names the link: "scope/id", or the id alone.
func (k Key) ImportID() string {
	if k.Scope != "" {
		return k.Scope + "/" + k.ID
	}
	return k.ID
}

// plainID matches an id that needs no quoting in a shell and no escape in HCL.
var plainID = regexp.MustCompile(`^[A-Za-z0-9_./-]+$`)

// ImportBlock returns the import block of a vendor's link, by its import id; "" for an id that might do something else where it is pasted.
func ImportBlock(vendor, importID string) string {
	if !plainID.MatchString(importID) {
		return ""
	}
	return fmt.Sprintf("  import {\n    to = paymentlinks_%s_link.NAME\n    id = %q\n  }", vendor, importID)
}

// Account identifies whose links a client manages. Private state holds it beside each link, so that a 404 under other credentials
// is not taken for a link that is gone.
type Account struct {
	BaseURL string `json:"base"` // of the API
	// Owner is the account's owner if the credentials prove it: a domain or a client id. It is empty for a bare token.
	// A part of a link's identity proves nothing here, see Info.ScopeIdentifiesAccount.
	Owner string `json:"scope,omitempty"`
	Name  string `json:"name,omitempty"` // the provider's `account` setting
}

// Info describes a vendor and its links.
type Info struct {
	Name        string // "acme": the provider's object, and the middle of every type name
	Title       string // "Acme": as people write it
	Description string // Markdown of the resource's page
	// ConfigurationHint is a sentence that tells how to configure the vendor. It ends the error about one that is not configured.
	ConfigurationHint string
	// PaymentsHint is a sentence that tells where the payments of a link show; empty where nothing shows them.
	PaymentsHint string
	// ReadPermission and WritePermission name the permissions that the vendor documents; they complete "it takes …".
	ReadPermission, WritePermission string
	// Scope is the attribute that is the first part of the identity; empty when the id alone is one.
	Scope string
	// ScopeIdentifiesAccount tells that a list call under a scope succeeds only with credentials of the account that owns the scope. Its
	// client is a Lister. Without it the first part of an identity proves nothing about whose the credentials are.
	ScopeIdentifiesAccount bool
	// ReplaceWhen is the default of `replace_when`.
	ReplaceWhen []State
	// Hidden lists attributes (dotted paths, no indexes) that an answer may leave out although the link has them.
	Hidden []string
	// Defaults is what a new link has where an argument (dotted path) is left out, where the vendor documents that: removing that value
	// from a configuration changes nothing. Removing another one makes a new link.
	Defaults map[string]string
	// NoCreationTime tells that answers hold no creation time, so that existing links are listed before the first create.
	NoCreationTime bool
	// CheckID returns an error for a text that cannot be an id; nil when any text can.
	CheckID func(id string) error
	// Filters are the vendor's own; `states` and the scope are added to them.
	Filters []Filter
	// Lookup is a second way to name one link; nil when there is only the id.
	Lookup *Lookup
	// NeverReturned lists attributes (dotted paths) that no answer ever holds. Data sources do not have them.
	NeverReturned []string
	// DataSourceDescriptions holds the Markdown of attributes (dotted paths) in data sources, where the resource's own tells how to
	// write an argument.
	DataSourceDescriptions map[string]string
	// Amount and Currency are the attributes (dotted paths) with the money that a link asks for; empty where the vendor does not tell.
	Amount, Currency string
	// Unique lists arguments (dotted paths) that tell two links apart whatever else they share, such as an invoice or a token of the
	// caller's.
	Unique []string
	// Upgrades reads states that earlier schema versions wrote.
	Upgrades map[int64]resource.StateUpgrader
}

// Vendor is a vendor without any configuration: its schema, and how its answers are mapped. M is the vendor's model, which embeds
// Model; L is a link as the vendor answers it.
//
// Its methods send no request and may be called at any time, by several goroutines.
type Vendor[M, L any] interface {
	Info() Info
	// Attributes returns the vendor's own attributes; the common ones are added to them. None of them requires replacement: that is
	// decided in one place (diff.Replacements).
	Attributes() map[string]schema.Attribute
	// Validate checks what is certain without a request. Values may be unknown.
	Validate(ctx context.Context, config *M) diag.Diagnostics
	// Model maps an answer: id, url and every attribute that it holds. An attribute that it does not hold is null.
	Model(answer L) M
	// State maps the vendor's status, at the time now.
	State(answer L, now time.Time) State
	// Created returns when the vendor created the link; zero if the answer does not tell.
	Created(answer L) time.Time
}

// Client is a configured vendor. The error of a request is a *rest.Error. A client is used by several goroutines at once.
type Client[M, L any] interface {
	// Account returns the account of the credentials, as far as they prove it. It sends no request.
	Account() Account
	// Create sends one request. config holds what never reaches the plan (write-only arguments). key is the same for every request of
	// one create; a client that is Idempotent sends it.
	Create(ctx context.Context, plan, config *M, key string) (L, error)
	// Get reads one link. It returns a 404 as it is: package link decides what that proves.
	Get(ctx context.Context, key Key) (L, error)
}

// Query narrows a list. The zero Query asks for all links of the account.
type Query struct {
	Scope string // the account's default when empty
	// Filters holds values by the names of Info.Filters. A filter without values is not sent.
	Filters map[string][]string
}

// Filter is an argument of the vendor's own list call.
type Filter struct {
	Name        string // of the argument, "statuses"
	Parameter   string // of the vendor's list call, "status[]"
	Description string
	Single      bool     // one text instead of a set
	Values      []string // all that it may hold; nil: any text but ""
	Growing     bool     // Values are those documented so far: another one is a warning, and sent
	Sensitive   bool     // a payer's data
	// States holds the values that mean exactly one state, so that `states` narrows the vendor's list too.
	States map[State][]string
}

// Lookup finds one link in the vendor's list by an attribute that is unique among existing links.
type Lookup struct {
	Attribute string // "checkout_token"
	Narrow    Filter // a filter, by its name in Info.Filters, with one value of which the search is shorter
	Argument  string // of the data source, for that value
}
