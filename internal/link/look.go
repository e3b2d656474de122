package link

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/bulkread"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// lookBeforeCreate warns of an open link that may be the one to create. The first page of the list is read for it, once a plan, and is the
// refresh's where that reads pages. A list that cannot be read is no reason to say anything.
func (r *Resource[M, L, PM]) lookBeforeCreate(ctx context.Context, plan tftypes.Value) diag.Diagnostics {
	pager, ok := r.client.(driver.Pager[L])
	if !ok || !r.data.LookBeforeCreate {
		return nil
	}
	scope := r.scopeOf(plan)
	return r.creator().Look(ctx, plan, sharedByVendor(r.data, r.info.Name, createonce.NewNewest[L]), func() []L {
		if !r.data.Journal.FirstLook(ctx, r.journalAccount()+"\n"+scope) {
			return nil
		}
		if reader := r.bulkReader(); reader != nil {
			return reader.First(ctx, scope)
		}
		var page bulkread.FirstPage[L]
		if _, err := pager.PageAt(ctx, scope, "", page.Add); err != nil {
			return nil
		}
		return page.Links()
	})
}
