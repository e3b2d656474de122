package faultmatrix_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

type object = descriptor.Object

// vendorVariant is a row of the matrix: one vendor as it may be configured, or as it may behave where its contract is silent.
type vendorVariant struct {
	descriptor.Descriptor
	descriptor.Variant
	config object
}

// variants are the vendors, and their variants.
func variants() []vendorVariant {
	var out []vendorVariant
	for _, d := range descriptor.All() {
		config := d.With(d.Payer)
		out = append(out, vendorVariant{Descriptor: d, config: config})
		for _, v := range d.Variants {
			out = append(out, vendorVariant{Descriptor: d, Variant: v, config: config})
		}
	}
	return out
}

func (v vendorVariant) title() string {
	if v.Variant.Name == "" {
		return v.Descriptor.Name
	}
	return v.Descriptor.Name + "_" + v.Variant.Name
}

// copy is the configuration of another link of equal content.
func (v vendorVariant) copy(unique string) object {
	if v.Unique == "" {
		return v.config
	}
	return tfconfig.With(v.config, v.Unique, unique)
}

// start starts the vendor's sandbox, on a clock of its own or (for faults that wait) the machine's. Unused settings of the
// sandbox's are left out unless a test needs them.
func (v vendorVariant) start(t *testing.T, theirs clock.Clock, unused bool) *acctest.Harness {
	t.Helper()
	vendor := acctest.Of(v.Descriptor)
	vendor.IgnoredOperation = ""
	if unused {
		vendor.OmitSettings = nil
	}
	h := vendor.Start(t, theirs)
	v.setSwitches(h, v.Switches)
	return h
}

// setSwitches sets switches of the vendor's sandbox; "" changes nothing.
func (v vendorVariant) setSwitches(h *acctest.Harness, switches string) {
	h.Helper()
	if switches == "" {
		return
	}
	if err := h.Sandbox.SetSwitches(v.Descriptor.Name, []byte(switches)); err != nil {
		h.Fatal(err)
	}
}

// live are the ids of the links at the vendor that have not ended, oldest first.
func (v vendorVariant) live(h *acctest.Harness) []string {
	ids := []string{}
	for _, l := range h.Sandbox.Overview() {
		waiting := v.Activation != nil && l.Status == v.Activation.Waiting
		if l.Vendor == v.Descriptor.Name && (l.Payable || waiting) {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

// searchTime is how long after a create its link is looked for.
const searchTime = 7 * time.Second

// keyed: the provider sends a key that the vendor promises to heed.
func (v vendorVariant) keyed() bool { return v.IdempotencyKey && !v.NoIdempotencyKey }

// The operations of the matrix: what a user does while one call goes wrong.
const (
	opCreate         = "create"
	opRead           = "read"
	opList           = "list"     // the list is looked at because a create was lost
	opSnapshot       = "snapshot" // what exists is noted before the first create
	opActivate       = "activate"
	opActivateLater  = "activate_later"
	opConfirm        = "confirm" // a 404 is confirmed by the list
	opRevoke         = "revoke"
	opToken          = "token"
	opTokenAtRefresh = "token_at_refresh"
	opTokenAtDestroy = "token_at_destroy"
)

func isToken(op string) bool {
	return slices.Contains([]string{opToken, opTokenAtRefresh, opTokenAtDestroy}, op)
}

// operations are those of the vendor; a variant is about creates.
func (v vendorVariant) operations() []string {
	has := v.Operations
	ops := []string{opCreate}
	add := func(there bool, more ...string) {
		if there {
			ops = append(ops, more...)
		}
	}
	add(has.List != "", opList)
	if v.Variant.Name != "" {
		return ops
	}
	add(true, opRead)
	add(v.NoCreationTime, opSnapshot)
	add(has.Activate != "", opActivate, opActivateLater)
	add(has.List != "", opConfirm)
	add(has.Revoke != "", opRevoke)
	add(has.Token != "", opToken, opTokenAtRefresh, opTokenAtDestroy)
	return ops
}

// happens: the column means something in the row. A vendor that forgets keys keeps to its documents after a 5xx only, and
// what was made before one must be listed while it is looked for: else nothing tells that another create is a second one.
func (v vendorVariant) happens(op string, c column) bool {
	if len(c.only) > 0 && !slices.Contains(c.only, op) || c.fault.After && !c.hangs && v.isRead(v.faultedCall(op)) {
		return false
	}
	if !v.ForgetsKeys {
		return true
	}
	return op == opList && c.listLag <= searchTime || op == opCreate && (c.fault.Status >= http.StatusInternalServerError || c.fault.Kind == fault.HTML)
}

// faultedCall is the vendor's call that goes wrong in an operation.
func (v vendorVariant) faultedCall(op string) string {
	has := v.Operations
	switch op {
	case opRead:
		return has.Get
	case opList, opSnapshot, opConfirm:
		return has.List
	case opRevoke:
		return has.Revoke
	case opActivate, opActivateLater:
		return has.Activate
	case opCreate:
		return has.Create
	}
	return has.Token
}

// isRead: a call that commits nothing.
func (v vendorVariant) isRead(call string) bool {
	return call == v.Operations.Get || call == v.Operations.List
}

// renews: a token that is rejected by a call of links is replaced by another.
func (v vendorVariant) renews(op string) bool {
	return !isToken(op) && v.Token != nil && v.Token.ClientCredentials
}
