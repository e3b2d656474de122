package descriptor

import (
	"net/url"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Operations are a vendor's calls by their roles, under the names of the sandbox's records and faults. One that the vendor
// does not have is "".
type Operations struct {
	Create, Get, List, Revoke, Activate string
	// Token fetches or refreshes an access token.
	Token string
}

// Scope is the first part of a two-part identity.
type Scope struct {
	// Attribute holds it, and the setting of the provider that is its default has the same name.
	Attribute string
	// Value is the scope of the sandbox's credentials.
	Value string
	// Path is a part of the path of every call, with %s for the scope.
	Path string
}

// Credentials are what is special about a vendor's object in the provider block. Its settings come from the sandbox's Env.
type Credentials struct {
	// Secret are the settings whose values no diagnostic may show.
	Secret []string
	// Unused are settings that the sandbox offers and that a link's calls do not need.
	Unused []string
	// ProveAccount: the settings say whose account it is. A bare token does not, so that `account` has to.
	ProveAccount bool
	// Incomplete is a setting that by itself does not configure the vendor, and Missing the one that is then asked for; ""
	// where there is no such pair.
	Incomplete, Missing string
}

// Token tells about a vendor whose access tokens end.
type Token struct {
	// ClientCredentials: the provider fetches a token before its first call, and another one after a 401. Otherwise it is
	// given a token, and refreshes it only under Settings.
	ClientCredentials bool
	// Gated: an HTML page in place of a token may come from a gate that lets nothing through, and is asked for again once.
	Gated bool
	// Settings are those with which the provider refreshes tokens, where Env's do not say so: files go into dir, and a nil
	// value removes a setting. Nil where Env's will do.
	Settings func(v vendorapi.Vendor, dir string) (Object, error)
	// File is the setting among them that names a file with secrets; "" for none.
	File string
	// Expire ends every access token.
	Expire func(v vendorapi.Vendor)
}

// Activation tells about a vendor whose new links wait for a call, made because of `activate = true`.
type Activation struct {
	// Waiting and Active are the statuses before and after it.
	Waiting, Active string
}

// RateLimit is a documented limit.
type RateLimit struct {
	PerMinute int
	// Switches make the sandbox keep it, as JSON.
	Switches string
}

// ListCall tells about a vendor's list, what narrows it, and how it can be wrong.
type ListCall struct {
	// PageSize is how many links a page holds; 0 where one answer holds all.
	PageSize int
	// Counted: pages are addressed by number or offset, so that a new link moves the others. Cursors and single answers
	// do not.
	Counted bool
	// PageParameters are the query parameters that say which page is meant.
	PageParameters []string
	// Filters are arguments of data source and list resource that the vendor narrows by, or that are applied here.
	Filters []Filter
	// BadFilters are refused without a request.
	BadFilters []BadFilter
	// Broken are answers to a list call that contradict themselves.
	Broken []BrokenList
	// HideRevoked are the switches under which revoked links are not listed, as JSON; "" for none.
	HideRevoked string
}

// Filter is one configuration of a plural data source, and of a list resource.
type Filter struct {
	Config Object
	// Sent is the query but for the page.
	Sent url.Values
	// Shows are the states or the statuses of the links that are left.
	Shows []string
}

// BadFilter is a configuration that is refused at an attribute.
type BadFilter struct {
	// DataSource is the data source, where it is not the plural one and the list resource that refuse it.
	DataSource string
	Config     Object
	// At is the attribute, and Word stands in the error.
	At, Word string
}

// BrokenList is an answer to a list call that cannot be right.
type BrokenList struct {
	Body string
	// Error and Warning are words of what is said; one of them is "".
	Error, Warning string
	// Calls is how often the list is asked for before that.
	Calls int
}

// Lookup is an argument of the single data source in place of `id`, for which the list is walked.
type Lookup struct {
	// Attribute is the argument.
	Attribute string
	// Narrow is an argument that shortens the walk, and Parameter the query parameter that it becomes.
	Narrow, Parameter string
}

// Batch is a call that takes several ids.
type Batch struct {
	// Argument is that of the plural data source, and Parameter the query parameter, with ids separated by commas.
	Argument, Parameter string
	// Size is how many ids a call takes.
	Size int
}

// Action is one of a vendor's Terraform actions.
type Action struct {
	// Operation is the call that acts: Operations.Revoke or Operations.Activate.
	Operation string
	// Calls are those of an invocation that succeeds.
	Calls []string
	// Done is the status of a link on which it has succeeded, in the sandbox's word.
	Done string
	// States are the invocations on links in further states, by what the test is called.
	States map[string]ActionState
	// Refusal is a status of the vendor's in which it refuses, and RefusalText words of the error.
	Refusal     string
	RefusalText []string
}

// ActionState is what became of a link before an action, and what has to follow.
type ActionState struct {
	// Before are the sandbox's acts: "pay", "force?status=frozen".
	Before []string
	// First and Again are the calls of the first invocation, and of the one after it.
	First, Again []string
	// Fails: both end in an error.
	Fails bool
	// Text are words of the error, or of the last progress message.
	Text []string
	// Then is the sandbox's word for the link afterwards; "" when it is gone.
	Then string
}

// Variant is a further way in which a vendor may be configured or behave, for the creates of the fault matrix.
type Variant struct {
	Name     string
	Settings Object
	// Switches of the sandbox, as JSON.
	Switches string
	// NoIdempotencyKey: creates carry no key that the vendor would heed.
	NoIdempotencyKey bool
	// ForgetsKeys: a key whose create was answered with a 5xx makes a second link.
	ForgetsKeys bool
}

// Search is one list call of the vendor's API, made by a person.
type Search struct {
	// Path is below the vendor's endpoint.
	Path  string
	Query url.Values
	// List is the key of the answer's list; "" where the answer is one.
	List string
	// Text tells the link, as it stands in the answer.
	Text string
}

// Unexpected is a value of another type than the documented one in an answer about a link.
type Unexpected struct {
	Field string // JSON pointer below the link
	Value string // JSON
	// Unread is the field as the provider names it where the value's meaning is not plain, such as "items[0].rate"; "" where it is.
	Unread string
}
