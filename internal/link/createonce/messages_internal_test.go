package createonce

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

type listingClient struct {
	driver.Client[struct{}, struct{}]
	driver.Lister[struct{}]
}

// What may have been lost is looked for with what the engine has: `terraform query`, else a data source; at a vendor without a list in its
// console.
func TestWhereToLook(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		client  driver.Client[struct{}, struct{}]
		queries bool
		want    string
		absent  string
	}{
		{listingClient{}, true, "`terraform query`", `data "`},
		{listingClient{}, false, `data "paymentlinks_memory_links" "open"`, "query"},
		{nil, true, "Memory's console", "paymentlinks_memory_link"},
	} {
		c := &Creator[struct{}, struct{}]{Client: tc.client, EngineQueries: tc.queries, Info: driver.Info{Name: "memory", Title: "Memory"}}
		if got := c.whereToLook(); !strings.Contains(got, tc.want) || strings.Contains(got, tc.absent) {
			t.Error(got)
		}
	}
}
