package link

import (
	"context"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// maxLooked bounds what is kept of a page: half from its beginning and half from its end, where a list without pages may have its newest.
const maxLooked = 2_000

// newestLinks is the first page of a vendor's list, read once a plan.
type newestLinks[L any] struct {
	mu    sync.Mutex
	pages map[string][]L // by scope; nil for one that could not be read
}

// lookBeforeCreate warns of an open link that may be the one to create. A list that cannot be read is no reason to say anything.
func (r *Resource[M, L, PM]) lookBeforeCreate(ctx context.Context, plan tftypes.Value) diag.Diagnostics {
	pager, ok := r.client.(driver.Pager[L])
	if !ok || !r.data.LookBeforeCreate {
		return nil
	}
	newest := sharedByVendor(r.data, r.info.Name, func() *newestLinks[L] { return &newestLinks[L]{pages: map[string][]L{}} })
	return r.creator().Look(ctx, plan, newest.read(ctx, pager, r.scopeOf(plan)))
}

func (n *newestLinks[L]) read(ctx context.Context, pager driver.Pager[L], scope string) []L {
	n.mu.Lock()
	defer n.mu.Unlock()
	if _, done := n.pages[scope]; !done {
		var links []func() L
		seen := 0
		_, err := pager.PageAt(ctx, scope, "", func(_ string, link func() L) {
			if len(links) < maxLooked {
				links = append(links, link)
			} else { // the latest take the place of the ones in the middle
				links[maxLooked/2+seen%(maxLooked/2)] = link
			}
			seen++
		})
		n.pages[scope] = nil
		for _, link := range links {
			if err == nil {
				n.pages[scope] = append(n.pages[scope], link())
			}
		}
	}
	return n.pages[scope]
}
