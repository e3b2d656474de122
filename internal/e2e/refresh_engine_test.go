package provider_test

import (
	"fmt"
	"io"
	"maps"
	"net"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendors"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// counter stands before a server and counts the connections to it.
type counter struct {
	listener net.Listener
	opened   atomic.Int64
}

// before counts what goes to an address. It ends with the test.
func before(t *testing.T, address string) *counter {
	t.Helper()
	target, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &counter{listener: listener}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			in, err := listener.Accept()
			if err != nil {
				return
			}
			c.opened.Add(1)
			out, err := net.Dial("tcp", target.Host)
			if err != nil {
				_ = in.Close()
				continue
			}
			for _, pair := range [][2]net.Conn{{in, out}, {out, in}} {
				wg.Go(func() {
					_, _ = io.Copy(pair[0], pair[1])
					_ = pair[0].Close()
				})
			}
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		wg.Wait()
	})
	return c
}

// TestAccEngineRefresh: `plan -refresh-only` of some hundred links, as Terraform and OpenTofu ask for them.
func TestAccEngineRefresh(t *testing.T) {
	t.Parallel()
	const links = 300 // a thousand, without an engine, are in refresh_test.go
	found := realEngine(t)
	mirror := mirrorFor(t, found)
	box, err := sandbox.Start(sandbox.Options{}, vendors.All()...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	})
	front := before(t, box.URL())
	env := maps.Clone(box.Env())
	env["QONTO_ENDPOINT"] = strings.Replace(env["QONTO_ENDPOINT"], strings.TrimPrefix(box.URL(), "http://"), front.listener.Addr().String(), 1)
	w, err := workspace.New(t.TempDir(), found, mirror, env)
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{Workspace: w, Sandbox: box, t: t}
	// Links of equal content would be made one at a time.
	seats := vendorCases[0].with(object{"items": list{object{
		"title": "Seat ${count.index}", "quantity": 1, "unit_price": object{"value": "10.99", "currency": "EUR"}, "vat_rate": "21.0",
	}}})
	declare := func(how string) {
		config := strings.Replace(engineHeader, `provider "paymentlinks" {`, fmt.Sprintf("provider \"paymentlinks\" {\n  refresh = %q", how), 1) +
			fmt.Sprintf("resource \"paymentlinks_qonto_link\" \"it\" {\ncount = %d\n%s}\n", links, hclBody(seats))
		if err := w.Write("main.tf", config); err != nil {
			t.Fatal(err)
		}
	}
	declare("auto")
	if _, err := w.Expect(t.Context(), 0, "init", "-no-color"); err != nil {
		t.Fatal(err)
	}
	r.apply()
	for _, c := range []struct {
		how         string
		list, total int // at most
	}{{"list", 3, 3}, {"auto", 6, 16}} {
		declare(c.how)
		box.ResetRequests()
		front.opened.Store(0)
		r.plan("-refresh-only")
		list, get := len(box.Requests(sandbox.ByOp("qonto", "list"))), len(box.Requests(sandbox.ByOp("qonto", "get")))
		if list > c.list || list+get > c.total || list == 0 {
			t.Errorf("%s: list=%d get=%d", c.how, list, get)
		}
		if opened := front.opened.Load(); opened > 12 || opened == 0 {
			t.Errorf("%s: %d connections", c.how, opened)
		}
		t.Logf("%s: list=%d get=%d over %d connections", c.how, list, get, front.opened.Load())
	}
}
