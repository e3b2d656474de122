package descriptor

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// Stored is a list of n links that differ from one another, in the vendor's JSON as the sandbox's Seed takes it, and their
// ids in order.
func (d Descriptor) Stored(n int) (data []byte, ids []string, err error) {
	links := make([]Object, n)
	for i := range links {
		if err := json.Unmarshal([]byte(d.Sample), &links[i]); err != nil {
			return nil, nil, fmt.Errorf("the sample of %s: %w", d.Name, err)
		}
		d.Number(links[i], i)
		ids = append(ids, fmt.Sprint(tfconfig.Lookup(links[i], d.IDKey)))
	}
	data, err = json.Marshal(links)
	return data, ids, err
}

// Bring brings a link into a situation of Lifecycle behind the provider's back; v is the sandbox's vendor, and now its time.
func (d Descriptor) Bring(v vendorapi.Vendor, id string, s lifecycle.Situation, now time.Time) error {
	switch {
	case d.Become != nil:
		return d.Become(v, id, s, now)
	case s.Gone:
		return v.Act(id, "delete", "")
	}
	return v.Act(id, "force", s.Status)
}

// Shown are the attributes by which a link shows that it is in a situation: nil for null, Present for any value. One that
// is gone is as it was last seen, which was new.
func (d Descriptor) Shown(s lifecycle.Situation) Object {
	switch {
	case d.StatusAttributes != nil:
		return d.StatusAttributes(s)
	case s.Gone:
		return Object{"status": d.Lifecycle.InitialStatus}
	}
	return Object{"status": s.Status}
}
