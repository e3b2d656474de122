package driver

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// Key identifies one payment link at its vendor. Scope is the first part of a two-part identity (a project, say), and
// empty for a vendor whose ids are unique by themselves.
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

// Account tells whose links a client manages. Private state keeps it beside each link, so that a 404 under other
// credentials is not mistaken for a link that is gone.
type Account struct {
	BaseURL string `json:"base"` // of the API
	// Owner is the account's owner as far as the credentials prove it: a domain or a client id. It is empty for a bare token.
	// A part of a link's identity proves nothing here, see Info.ScopeIdentifiesAccount.
	Owner string `json:"scope,omitempty"`
	Name  string `json:"name,omitempty"` // the provider's `account` setting
}

// Info is what is fixed about a vendor and its links.
type Info struct {
	Name        string // "qonto": the provider's object, and the middle of every type name
	Title       string // "Qonto": as people write it
	Description string // Markdown of the resource's page
	// ConfigurationHint is a sentence that tells how to configure the vendor. It ends the error of a vendor that is not.
	ConfigurationHint string
	// ReadPermission and WritePermission name what the vendor documents that credentials need; they complete "it takes …".
	ReadPermission, WritePermission string
	// Scope is the attribute that is the first part of the identity; empty when the id alone is one.
	Scope string
	// ScopeIdentifiesAccount: a list call under a scope succeeds only with credentials of the account that owns the scope.
	// Needs ConfirmNotFoundByList. Without it a two-part identity says nothing about whose the credentials are.
	ScopeIdentifiesAccount bool
	// ReplaceWhen is the default of `replace_when`.
	ReplaceWhen []State
	// Hidden lists attributes (dotted paths, no indexes) that an answer may leave out although the link has them.
	Hidden []string
	// ConfirmNotFoundByList: a 404 is believed only when the vendor's list does not show the link either.
	ConfirmNotFoundByList bool
	// NoCreationTime: answers do not tell when a link was created, so that existing links are noted before the first create.
	NoCreationTime bool
	// CheckID returns an error for a text that cannot be an id; nil when any text can.
	CheckID func(id string) error
	// Filters are the vendor's own; `states` and a scope are added for every vendor.
	Filters []Filter
	// Lookup is a second way to name one link; nil when there is only the id.
	Lookup *Lookup
	// NeverReturned lists attributes (dotted paths) that no answer ever holds. Data sources leave them out.
	NeverReturned []string
	// Amount and Currency are the attributes (dotted paths) with the money a link asks for; empty where the vendor does not say.
	Amount, Currency string
	// Upgrades reads states that earlier schema versions wrote.
	Upgrades map[int64]resource.StateUpgrader
}

// Vendor is what exists of a vendor without any configuration: the schema, and how its answers are mapped.
// M is the vendor's model, which embeds Model; L is its link as it answers it.
//
// Methods are pure: they send no request and may be called at any time, from several goroutines.
type Vendor[M, L any] interface {
	Info() Info
	// Attributes returns the vendor's own attributes; the common ones are added. None of them asks for replacement: that is
	// decided in one place (diff.Replacements).
	Attributes() map[string]schema.Attribute
	// Validate checks what is certain without a request. Values may be unknown.
	Validate(ctx context.Context, config *M) diag.Diagnostics
	// Model maps an answer: id, url and every attribute that it holds. What it does not hold is null.
	Model(answer L) M
	// State maps the vendor's status, at the time now.
	State(answer L, now time.Time) State
	// Created returns when the vendor created the link; zero where the answer does not tell.
	Created(answer L) time.Time
}

// Client is a configured vendor: its calls. Errors are *rest.Error where the vendor was asked.
// A client is used by several goroutines at once.
type Client[M, L any] interface {
	// Account tells whose account the credentials belong to, as far as they prove it. It sends no request.
	Account() Account
	// Create sends one request. config carries what never reaches the plan (write-only arguments); key is the same for every
	// request of one create, for vendors that know idempotency keys.
	Create(ctx context.Context, plan, config *M, key string) (L, error)
	// Get reads one link. A 404 is returned as it is: what it proves is not the client's to decide.
	Get(ctx context.Context, key Key) (L, error)
}

// Query narrows a list. The zero Query asks for all links of the account.
type Query struct {
	Scope string // the account's default when empty
	// Filters holds values by the names of Info.Filters. A filter without values is not sent.
	Filters map[string][]string
}

// Filter is one argument by which a vendor's own list call narrows.
type Filter struct {
	Name        string // of the argument, "statuses"
	Description string
	Single      bool     // one text and no set
	Values      []string // all that it may hold; nil: any text but ""
	Sensitive   bool     // a payer's data
	// States names the values that mean exactly one state, so that `states` narrows the vendor's list too.
	States map[State][]string
}

// Lookup names one link by an attribute that is unique among the links that exist. The vendor's list is searched for it.
type Lookup struct {
	Attribute string // "checkout_token"
	Narrow    Filter // a filter of which one value shortens the search; its Name is that of Info.Filters
	Argument  string // of the data source, with that value
}
