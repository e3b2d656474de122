package link

import (
	"reflect"
	"sync"
	"time"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce/journal"
)

// ProviderData is what the configured provider hands to its resources, data sources, list resources and actions.
type ProviderData struct {
	// Clients holds the client of each configured vendor, by the vendor's name.
	Clients map[string]any
	// ConfigErrors tells, by the vendor's name, why a vendor that only the environment configures has no client.
	ConfigErrors map[string]diag.Diagnostics
	Clock        clock.Clock
	// RetryBudget bounds the waits of one operation.
	RetryBudget time.Duration
	// EngineVersion is what Terraform or OpenTofu calls its version; empty if it does not tell.
	EngineVersion string
	// RequestTimeout bounds one request.
	RequestTimeout time.Duration
	// RefreshMode is how links are read; the zero value is RefreshAuto.
	RefreshMode RefreshMode
	// LookBeforeCreate tells a plan with creates to look once at each vendor's newest links.
	LookBeforeCreate bool
	// Journal records creates; nil for none.
	Journal *journal.Journal

	mu     sync.Mutex
	shared map[sharedKey]any
}

// RefreshMode is how a plan reads the links of a state: the provider's `refresh`.
type RefreshMode string

const (
	RefreshAuto RefreshMode = "auto" // one by one at first, then pages of the list and single reads in turn
	RefreshList RefreshMode = "list" // by the list, and one by one what it does not show
	RefreshGet  RefreshMode = "get"  // one request per link
)

// RefreshModes are the values of `refresh`, the default first.
var RefreshModes = []RefreshMode{RefreshAuto, RefreshList, RefreshGet}

type sharedKey struct {
	vendor string
	kind   reflect.Type
}

// sharedByVendor returns the one T that everything of a vendor shares under this configuration. build makes it at the first
// call.
func sharedByVendor[T any](d *ProviderData, vendor string, build func() T) T {
	d.mu.Lock()
	defer d.mu.Unlock()
	key := sharedKey{vendor, reflect.TypeFor[T]()}
	if existing, ok := d.shared[key].(T); ok {
		return existing
	}
	if d.shared == nil {
		d.shared = map[sharedKey]any{}
	}
	made := build()
	d.shared[key] = made
	return made
}

// newShared is the build of what begins as its zero value.
func newShared[T any]() *T { return new(T) }

// unlessForgotten returns the exception from "a replaced link is revoked", as part of a sentence; empty under an engine that has none.
// OpenTofu knows `destroy = false` from 1.12 on, Terraform 1.11 does not.
func (d *ProviderData) unlessForgotten() string {
	if !d.engineIsAtLeast("1.12", true) {
		return ""
	}
	return " (with `destroy = false` in its `lifecycle`, where supported, both can be paid)"
}

// engineIsAtLeast reports whether the engine's version is this one or later; unsaid is the answer for an engine that does not tell. None
// tells its name: Terraform's version may be OpenTofu's.
func (d *ProviderData) engineIsAtLeast(least string, unsaid bool) bool {
	engine, err := version.NewVersion(d.EngineVersion)
	if err != nil {
		return unsaid
	}
	return !engine.Core().LessThan(version.Must(version.NewVersion(least)))
}

// createdLookups records when this run created links, by the text of the attribute with which the vendor's Lookup finds them.
type createdLookups struct{ sync.Map }
