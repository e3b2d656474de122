package link_test

import (
	"fmt"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
)

// A list of more links than a data source holds is an error, and a filter helps.
func TestDataSourceIsBounded(t *testing.T) {
	t.Parallel()
	const most = 10_000
	f := newFixture(t)
	f.mustCreate(fullConfig())
	model := f.store.Links()[0]
	links := make([]memdriver.Link, most+2)
	for i := range links {
		links[i] = model
		links[i].ID = fmt.Sprintf("pl-%d", i)
	}
	links[0].Status = "CANCELED"
	f.store = memdriver.NewStore(f.clock)
	f.store.Restore(links)
	f = f.withConfig(Object{})
	for _, name := range []string{"paymentlinks_memory_links", "paymentlinks_links"} {
		_, diags := f.ReadDataSource(name, nil)
		requireCounts(t, diags, 1, 0)
		requireText(t, diags, "Cannot list Memory payment links", "More than 10000 links", "Narrow")
	}
	state, diags := f.ReadDataSource("paymentlinks_memory_links", Object{"states": List{"revoked"}})
	requireCounts(t, diags, 0, 0)
	if n := len(state.List("links")); n != 1 {
		t.Errorf("%d links, want the one that is revoked", n)
	}
}
