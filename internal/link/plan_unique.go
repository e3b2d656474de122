package link

import (
	"reflect"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
)

// plannedValues are the unique values of the new links that were planned under one configuration of the provider. An engine
// configures the provider anew for each plan and for each apply, and in one of them asks for each new link once (of a replacement, for
// the create half): what comes twice are two links, whatever else they share.
type plannedValues struct {
	mu   sync.Mutex
	seen map[string]bool
}

func newPlannedValues() *plannedValues { return &plannedValues{seen: map[string]bool{}} }

// ForgetPlanned begins a new run: what was planned before is no second link.
func (d *ProviderData) ForgetPlanned() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for key := range d.shared {
		if key.kind == reflect.TypeFor[*plannedValues]() {
			delete(d.shared, key)
		}
	}
}

// isNew notes a value, and reports whether it was not there yet.
func (p *plannedValues) isNew(value string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	was := p.seen[value]
	p.seen[value] = true
	return !was
}

// planUnique reports two new links of one run that share an argument which tells links apart: an error where the vendor refuses the
// second one, else a warning.
func (r *Resource[M, L, PM]) planUnique(req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	planned := sharedByVendor(r.data, r.info.Name, newPlannedValues)
	for _, name := range r.info.Unique {
		text := diff.String(diff.Attributes(req.Plan.Raw)[name])
		if text == "" || planned.isNew(strings.Join([]string{r.scopeOf(req.Plan.Raw), name, text}, "\n")) {
			continue
		}
		summary := "Two new " + r.info.Title + " payment links with the same " + name + ": " + text
		twice := "Another link created in this run has the same `" + name + "`, \"" + text + "\""
		if lookup := r.info.Lookup; lookup != nil && lookup.Attribute == name {
			resp.Diagnostics.AddAttributeError(path.Root(name), summary, twice+", and "+r.info.Title+" accepts it only once: the second create would be rejected. Use a different value, or remove one of the two links.")
			continue
		}
		resp.Diagnostics.AddAttributeWarning(path.Root(name), summary, twice+": both links would request the same money. Look for a duplicate row or block.")
	}
}
