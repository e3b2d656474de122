// Package descriptor holds, for each vendor, all that tests and programs written for every vendor need to know of it. One
// file describes one vendor: a new vendor is one more such file, and nothing that iterates over All changes.
//
// Fields that are left out mean that the vendor has no such thing: no call that revokes, no list, no token to refresh.
package descriptor

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

type (
	// Object is a configuration or a part of one.
	Object = tfconfig.Object
	// List is a list or a set.
	List = tfconfig.List
)

// Descriptor describes one vendor.
type Descriptor struct {
	// Name is the vendor's object in the provider block, and its name in the sandbox.
	Name string
	// Title is the name as people write it.
	Title string
	// Documentation is the host of the vendor's documentation.
	Documentation string
	// Order is the vendor's place where people read of all vendors, counted from 1.
	Order int
	// Sandbox makes the vendor as the sandbox serves it.
	Sandbox vendorapi.Constructor

	// Config is the smallest valid configuration of a link, without policies. A payer's data in it stands in PayerData.
	Config Object
	// Change are arguments of Config with other values, because of which a link must be replaced. Unique is not among them.
	Change Object
	// Payable are changes of Config after which a new link can be paid at once, and once only; nil where Config is so.
	Payable Object
	// Payer are changes of Config that add a payer's data; nil where Config holds some, or no link does.
	Payer Object
	// PayerData are fragments of the payer's data in Config and Payer. No diagnostic and no output may show one.
	PayerData []string
	// Label is the dotted path of an argument that takes any short text, and by which people tell links apart.
	Label string
	// Unique is an argument that no two links may share while both exist; "" for none.
	Unique string
	// PaidRefusal are words of the refusal of a link for what was paid already, with Label and Unique as they were; "" where
	// the vendor takes it, or refuses it because of Unique.
	PaidRefusal string
	// NeverReturned are the dotted paths of arguments that no answer holds: an import leaves them null, and data sources do
	// not have them.
	NeverReturned []string
	// Amount and Currency are what a link of Config asks for; "" where the vendor does not say.
	Amount, Currency string
	// Lifetime is how long a link of Config lives; zero where it does not expire.
	Lifetime time.Duration
	// Shapes are configurations of each kind of link, by the display name of the new link in a list. Payers' data in them
	// contains "Planted", in any case.
	Shapes map[string]Object
	// UUID tells that ids are UUIDs. Other vendors take any text that can be one path segment.
	UUID bool
	// IDs matches the vendor's ids and what else its messages repeat of one link or account, as a regular expression, so that messages
	// about different links are one in internal/messages; "" where all of it are UUIDs.
	IDs string
	// Scope is the part of the identity before the id; nil where the id alone is one.
	Scope *Scope

	// Operations are the vendor's calls, by the sandbox's names.
	Operations Operations
	// Credentials are the vendor's part of the provider block.
	Credentials Credentials
	// Token tells about access tokens that end; nil where the credentials are sent as they are.
	Token *Token
	// List tells about the vendor's list; nil where it has none.
	List *ListCall
	// Lookup is a second way to name one link in the single data source; nil for none.
	Lookup *Lookup
	// Batch tells how several links are asked for in one call; nil where that cannot be.
	Batch *Batch
	// Activation tells how a new link becomes payable; nil where it is so at once.
	Activation *Activation
	// Actions are the vendor's Terraform actions, by the verb in their names: "deactivate" for
	// paymentlinks_<name>_deactivate_link.
	Actions map[string]Action
	// RateLimit is the number of requests that the vendor takes, where it documents one.
	RateLimit *RateLimit

	// IdempotencyKey: the vendor promises that a create that is repeated under its key makes no second link.
	IdempotencyKey bool
	// NoCreationTime: answers do not say when a link was made, so that the list is read before the first create.
	NoCreationTime bool

	// Statuses are all that the vendor documents, in its own words. Each needs a row in Lifecycle.
	Statuses []string
	// StatusFact is the number of the contract's fact that names them, and nothing else, in backquotes.
	StatusFact string
	// Lifecycle is what becomes of a link in each of them. Name, Title and Call are filled in from above.
	Lifecycle lifecycle.Vendor
	// Become brings a link into a situation of Lifecycle behind the provider's back; nil where the sandbox's "force" (or, for
	// a link that is gone, "delete") does.
	Become func(v vendorapi.Vendor, id string, s lifecycle.Situation, now time.Time) error
	// StatusSwitches are the switches under which the sandbox says a status of Statuses, where the default ones will not do.
	StatusSwitches map[string]string
	// StatusAttributes are the attributes of a link in a situation, nil for null and Present for any value; nil where
	// `status` is the status.
	StatusAttributes func(s lifecycle.Situation) Object

	// Maps are the JSON names of the maps in an answer: one that lacks a key is another map.
	Maps []string
	// AnswerSwitches are positions of the sandbox's switches in which answers hide something or write it otherwise, as JSON.
	// The first is `{}`.
	AnswerSwitches []string
	// OtherMoney are positions of the switches in which the vendor makes links of other money than it is asked for, by the kind of it.
	OtherMoney map[string]string
	// Unexpected are values of types that no document has in an answer about a link of Config.
	Unexpected []Unexpected
	// Odd are changes of Sample that make links which no document describes, by what is odd.
	Odd map[string]Object
	// AllowDuplicates are the switches under which the vendor takes two links with the same value of Unique; "" where Unique is.
	AllowDuplicates string
	// Variants are further ways in which the vendor may be configured or behave, for the fault matrix.
	Variants []Variant
	// ChaosSwitches are the switches of `make chaos`, which sets list_lag at every vendor; "" for none.
	ChaosSwitches string
	// Search is how people look for a link by its label, in the vendor's API; nil where there is no list, and then no link of the vendor's
	// is in `make chaos`.
	Search func(label, unique string) Search

	// BenchmarkReference: what `make bench` promises of a thousand links of any vendor is measured with this one's.
	BenchmarkReference bool

	// Sample is a link in the vendor's own JSON, as the sandbox's Seed takes it.
	Sample string
	// IDKey is the key under which the JSON of a link has the id; "" for "id".
	IDKey string
	// Number makes the sample the i-th of many links, each with an id of its own. Ids are in the order of i.
	Number func(sample Object, i int)
	// ExampleOutputs are the outputs of the examples of the vendor's data sources, over Sample, and ExampleSum is what the
	// example of data.paymentlinks_links says that it asks for.
	ExampleOutputs Object
	ExampleSum     string
}

// Present stands for any value but null in StatusAttributes.
const Present = present(0)

type present int

// ResourceType is the name of the vendor's resource, data source and list resource.
func (d Descriptor) ResourceType() string { return "paymentlinks_" + d.Name + "_link" }

// LinksType is the name of the vendor's plural data source.
func (d Descriptor) LinksType() string { return d.ResourceType() + "s" }

// ActionType is the name of the action with the verb.
func (d Descriptor) ActionType(verb string) string {
	return "paymentlinks_" + d.Name + "_" + verb + "_link"
}

// EnvPrefix is how the names of the vendor's environment variables begin.
func (d Descriptor) EnvPrefix() string { return strings.ToUpper(d.Name) + "_" }

// With is Config with changes at dotted paths.
func (d Descriptor) With(changes ...Object) Object { return tfconfig.Changed(d.Config, changes...) }

// Copy is Config but for another value of Unique: a second link of equal content.
func (d Descriptor) Copy(unique string) Object {
	if d.Unique == "" {
		return d.Config
	}
	return d.With(Object{d.Unique: unique})
}

// Labeled is Copy with a label: a link of other content.
func (d Descriptor) Labeled(label, unique string) Object {
	return tfconfig.With(d.Copy(unique), d.Label, label)
}

var registered []Descriptor

// register adds a vendor to All.
func register(d Descriptor) bool { //nolint:unparam // the result makes it an initialiser of a variable
	d.Lifecycle.Name, d.Lifecycle.Title, d.Lifecycle.Call = d.Name, d.Title, d.Operations.Revoke
	d.IDKey = cmp.Or(d.IDKey, "id")
	registered = append(registered, d)
	return true
}

// All lists the vendors by name.
func All() []Descriptor {
	return slices.SortedFunc(slices.Values(registered), func(a, b Descriptor) int { return cmp.Compare(a.Name, b.Name) })
}

// InOrder lists the vendors as people read of them.
func InOrder() []Descriptor {
	return slices.SortedFunc(slices.Values(registered), func(a, b Descriptor) int { return cmp.Compare(a.Order, b.Order) })
}

// Names lists the names of All.
func Names() []string {
	var names []string
	for _, d := range All() {
		names = append(names, d.Name)
	}
	return names
}

// ByName finds a vendor.
func ByName(name string) (Descriptor, bool) {
	for _, d := range registered {
		if d.Name == name {
			return d, true
		}
	}
	return Descriptor{}, false
}

// Sandboxes are the constructors of all vendors, for sandbox.New and sandbox.Start.
func Sandboxes() []vendorapi.Constructor {
	var constructors []vendorapi.Constructor
	for _, d := range All() {
		constructors = append(constructors, d.Sandbox)
	}
	return constructors
}

// Revocable returns a vendor with a call that revokes a link, for what is shown with one vendor's links.
func Revocable() Descriptor {
	vendors := InOrder()
	return vendors[slices.IndexFunc(vendors, func(d Descriptor) bool { return d.Operations.Revoke != "" })]
}

// Lifecycles are the lifecycle tables of all vendors, as people read them.
func Lifecycles() []lifecycle.Vendor {
	var tables []lifecycle.Vendor
	for _, d := range InOrder() {
		tables = append(tables, d.Lifecycle)
	}
	return tables
}
