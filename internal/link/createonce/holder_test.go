package createonce_test

import (
	"context"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// takenClient refuses its first creates, because another link holds what must be unique.
type takenClient struct {
	*simClient
	holder         driver.Key
	refuses, calls int
}

func (c *takenClient) Create(ctx context.Context, plan, config *simModel, key string) (simLink, error) {
	if c.calls++; c.calls <= c.refuses {
		return simLink{}, &driver.TakenError{Holder: c.holder, Refusal: &rest.Error{Status: 409, Outcome: rest.NotApplied}}
	}
	return c.simClient.Create(ctx, plan, config, key)
}

// A create that is refused because of a link that this run revokes is sent once more when that is done. One that nobody revokes is waited
// for a moment, and one that is revoked before it could be found is not waited for.
func TestCreateAfterTheHolderIsRevoked(t *testing.T) {
	t.Parallel()
	holder := driver.Key{ID: "held"}
	ended := func(key driver.Key, revoked bool) func(*createonce.Registry) {
		return func(r *createonce.Registry) { r.BeginRevoke(key)(revoked) }
	}
	for name, tc := range map[string]struct {
		holder  driver.Key
		happens func(*createonce.Registry)
		refuses int
		calls   int
		waits   time.Duration
	}{
		"revoked":                     {holder: holder, happens: ended(holder, true), refuses: 1, calls: 2},
		"revoked, and still taken":    {holder: holder, happens: ended(holder, true), refuses: 2, calls: 2},
		"its revoke was refused":      {holder: holder, happens: ended(holder, false), refuses: 1, calls: 1},
		"another one is revoked":      {holder: holder, happens: ended(driver.Key{ID: "other"}, true), refuses: 1, calls: 1, waits: 5 * time.Second},
		"nobody revokes it":           {holder: holder, refuses: 1, calls: 1, waits: 5 * time.Second},
		"gone when it was looked for": {happens: func(r *createonce.Registry) { r.BeginRevoke(holder) }, refuses: 1, calls: 2},
		"not found":                   {refuses: 1, calls: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &process{w: &world{}, c: &chooser{}}
			creator := (&simulation{dated: true, noJournal: true}).creator(p)
			client := &takenClient{&simClient{process: p}, tc.holder, tc.refuses, 0}
			creator.Client = client
			if tc.happens != nil {
				tc.happens(creator.Registry)
			}
			_, diags := creator.Create(t.Context(), plan, &simModel{}, &simModel{})
			if refused := tc.calls == tc.refuses; client.calls != tc.calls || diags.HasError() != refused {
				t.Errorf("%d creates, want %d: %v", client.calls, tc.calls, diags)
			}
			if waited := p.w.now.Truncate(time.Second); waited != tc.waits {
				t.Errorf("waited %s, want %s", waited, tc.waits)
			}
		})
	}
}
