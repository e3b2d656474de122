package link

import (
	"context"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// activation returns the vendor's and the client's part of an activation; false for a vendor whose links need none.
func (c *configured[M, L, PM]) activation() (driver.Activatable[M], driver.Activator[L], bool) {
	activatable, ok := c.vendor.(driver.Activatable[M])
	if !ok {
		return nil, nil, false
	}
	activator, ok := c.client.(driver.Activator[L])
	return activatable, activator, ok
}

// needsActivation reports whether a link awaits its activation and can still be activated.
func needsActivation[M any, PM driver.ModelPointer[M]](activatable driver.Activatable[M], state PM) bool {
	return activatable.AwaitsActivation(state) && !driver.State(state.Common().State.ValueString()).Ended()
}

// activate activates a link and returns it as it is afterwards.
func (c *configured[M, L, PM]) activate(ctx context.Context, activator driver.Activator[L], key driver.Key) (L, error) {
	c.bulkReader().Invalidate(key)
	answer, err := activator.Activate(ctx, key)
	return c.about(key, answer, err)
}
