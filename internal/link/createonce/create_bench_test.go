package createonce_test

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce/journal"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// What a create costs beside its request: with and without the journal, one after another and as many at once as Terraform asks for. The
// vendor answers after 20 ms. For 1,000 creates: -bench Create -benchtime 1000x.
func BenchmarkCreate(b *testing.B) {
	for _, dated := range []bool{true, false} {
		for _, kept := range []bool{false, true} {
			for _, parallel := range []int{1, 10} {
				b.Run(fmt.Sprintf("dated=%t/journal=%t/parallel=%d", dated, kept, parallel), func(b *testing.B) {
					benchmarkCreates(b, dated, kept, parallel)
				})
			}
		}
	}
}

func benchmarkCreates(b *testing.B, dated, kept bool, parallel int) {
	client := &promptClient{}
	creator := (&simulation{dated: dated, noJournal: true}).creator(&process{w: &world{}})
	creator.Client, creator.Clock = client, clock.System{}
	creator.Refused = func(err error) diag.Diagnostics { b.Error(err); return nil }
	if kept {
		creator.Journal = journal.New(journal.NewFileStore(filepath.Join(b.TempDir(), "journal")), "here", clock.System{})
	}
	b.ResetTimer()
	var next atomic.Int64
	var group sync.WaitGroup
	for range parallel {
		group.Go(func() {
			for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
				plan := simTitled(tftypes.UnknownValue, fmt.Sprint(i))
				if _, diags := creator.Create(context.Background(), plan, &simModel{}, &simModel{}); len(diags) > 0 {
					b.Error(diags)
				}
			}
		})
	}
	group.Wait()
	b.ReportMetric(float64(client.requests.Load())/float64(b.N), "requests/op")
	if creator.Journal.Failure() != nil {
		b.Error("the journal was not kept")
	}
}

// promptClient answers at once, but for the time that a network takes.
type promptClient struct{ requests atomic.Int64 }

func (*promptClient) Account() driver.Account { return driver.Account{} }

func (c *promptClient) Create(ctx context.Context, _, _ *simModel, _ string) (simLink, error) {
	err := clock.System{}.Sleep(ctx, 20*time.Millisecond)
	return simLink{id: fmt.Sprint("pl-", c.requests.Add(1))}, err
}

func (c *promptClient) Get(context.Context, driver.Key) (simLink, error) {
	c.requests.Add(1)
	return simLink{}, nil
}

func (c *promptClient) List(context.Context, driver.Query) iter.Seq2[simLink, error] {
	c.requests.Add(1)
	return func(func(simLink, error) bool) {}
}
