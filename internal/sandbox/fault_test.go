package sandbox_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// TestFaultKinds sends one create into each kind, with and without After, and looks at the wire, at the record and at
// what the vendor holds.
func TestFaultKinds(t *testing.T) {
	t.Parallel()
	const secretBody = "Workshop"
	for name, c := range map[string]struct {
		fault  sandbox.Fault
		status int // 0: no answer
		shapes bool
		check  func(*testing.T, *rig, reply)
	}{
		"answer": {sandbox.Fault{Kind: sandbox.Answer, Status: 418, Body: "short and stout", ContentType: "text/plain", Header: http.Header{"X-Pot": {"tea"}}}, 418, false,
			func(t *testing.T, _ *rig, a reply) {
				equal(t, "answer", a.body+a.header.Get("Content-Type")+a.header.Get("X-Pot"), "short and stouttext/plaintea")
			}},
		"answer by default": {sandbox.Fault{Body: "{}"}, 500, false, func(t *testing.T, _ *rig, a reply) {
			equal(t, "answer", a.body+a.header.Get("Content-Type"), "{}application/json")
		}},
		"drop": {sandbox.Fault{Kind: sandbox.Drop}, 0, false, nil},
		"html": {sandbox.Fault{Kind: sandbox.HTML}, 502, false, func(t *testing.T, _ *rig, a reply) {
			equal(t, "type", a.header.Get("Content-Type"), "text/html; charset=utf-8")
			equal(t, "echo", strings.Contains(a.body, secretBody) || strings.Contains(a.body, "ory_at_"), false)
		}},
		"html with echo": {sandbox.Fault{Kind: sandbox.HTML, Status: 503, Echo: true}, 503, false, func(t *testing.T, r *rig, a reply) {
			equal(t, "echo", strings.Contains(a.body, secretBody) && strings.Contains(a.body, r.header.Get("Authorization")), true)
		}},
		"empty": {sandbox.Fault{Kind: sandbox.Empty, Status: 204}, 204, false, func(t *testing.T, _ *rig, a reply) {
			equal(t, "body and type", a.body+a.header.Get("Content-Type"), "")
		}},
		"truncate": {sandbox.Fault{Kind: sandbox.Truncate}, 201, true, func(t *testing.T, _ *rig, a reply) {
			if a.err == nil || !strings.HasPrefix(a.body, `{"payment_link"`) {
				t.Errorf("error %v, body %q", a.err, a.body)
			}
			equal(t, "half", fmt.Sprint(len(a.body)), fmt.Sprint(lengthOf(t, a)/2))
		}},
		"malformed": {sandbox.Fault{Kind: sandbox.Malformed, Status: 201}, 201, false, func(t *testing.T, _ *rig, a reply) {
			equal(t, "answer", a.body+a.header.Get("Content-Type"), `{"id": "3c90c3cc", "status": application/json`)
		}},
		"wrong content type": {sandbox.Fault{Kind: sandbox.WrongContentType}, 201, true, func(t *testing.T, _ *rig, a reply) {
			equal(t, "answer", a.at("payment_link", "status")+a.header.Get("Content-Type"), "opentext/html; charset=utf-8")
		}},
		"too many": {sandbox.Fault{Kind: sandbox.TooMany, Header: http.Header{"Retry-After": {"7"}}}, 429, false, func(t *testing.T, _ *rig, a reply) {
			equal(t, "answer", a.at("errors", "0", "detail")+a.header.Get("Retry-After"), "Too many requests7")
		}},
		"expire token": {sandbox.Fault{Kind: sandbox.ExpireToken}, 401, false, func(t *testing.T, _ *rig, a reply) {
			equal(t, "answer", a.at("errors", "0", "code")+a.at("errors", "0", "detail"), "unauthorizedThe access token expired")
		}},
		"redirect": {sandbox.Fault{Kind: sandbox.Redirect, Location: "http://127.0.0.2/else"}, 307, false, func(t *testing.T, _ *rig, a reply) {
			equal(t, "location", a.header.Get("Location"), "http://127.0.0.2/else")
		}},
		"drip": {sandbox.Fault{Kind: sandbox.Drip, Delay: time.Second}, 201, true, func(t *testing.T, r *rig, a reply) {
			equal(t, "body", a.at("payment_link", "status"), "open")
			equal(t, "slept for each byte", r.Now().Sub(start), time.Duration(len(a.body))*time.Second)
		}},
		"wait": {sandbox.Fault{Kind: sandbox.Wait, Delay: time.Minute}, 201, true, func(t *testing.T, r *rig, a reply) {
			equal(t, "slept", r.Now().Sub(start), time.Minute)
		}},
		"echo": {sandbox.Fault{Kind: sandbox.Echo}, 422, false, func(t *testing.T, r *rig, a reply) {
			detail := a.at("errors", "0", "detail")
			equal(t, "echo", strings.Contains(detail, secretBody) && strings.Contains(detail, r.header.Get("Authorization")), true)
		}},
		"oversize": {sandbox.Fault{Kind: sandbox.Oversize}, 201, true, func(t *testing.T, _ *rig, a reply) {
			equal(t, "more than 2 MiB", len(a.body) > 2<<20, true)
			equal(t, "still a link", a.at("payment_link", "status"), "open")
		}},
	} {
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprint(name, " after=", after), func(t *testing.T) {
				t.Parallel()
				r := newRig(t)
				fault := c.fault
				fault.Vendor, fault.Op, fault.Times, fault.After = "qonto", "create", 1, after
				r.Inject(fault)
				a := r.post(basket(item))
				equal(t, "status", a.status, c.status)
				if c.status == 0 && a.err == nil {
					t.Error("the connection was not dropped")
				}
				if c.check != nil {
					c.check(t, r, a)
				}
				links := 0
				if after || c.shapes {
					links = 1
				}
				record := r.Requests()[0]
				equal(t, "links", len(r.Qonto.Links()), links)
				equal(t, "committed", record.Committed, links == 1)
				equal(t, "recorded status", record.Status, c.status)
				equal(t, "recorded body", string(record.Body), basket(item))
				r.post(basket(item)).want(201) // the fault is spent
			})
		}
	}
}

func lengthOf(t *testing.T, a reply) int {
	t.Helper()
	var n int
	if _, err := fmt.Sscan(a.header.Get("Content-Length"), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestFaultEmptyAfterKeepsTheStatus(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.Inject(sandbox.Fault{Kind: sandbox.Empty, After: true, Times: 1})
	equal(t, "body", r.post(basket(item)).want(201).body, "")
	r.Inject(sandbox.Fault{Kind: sandbox.Malformed, After: true, Times: 1})
	r.post(basket(item)).want(201)
}

func TestFaultOversizeOfAList(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	id := r.create(basket(item))
	r.Inject(sandbox.Fault{Kind: sandbox.Oversize})
	a := r.get("/v2/payment_links").want(200)
	equal(t, "the element, not the page", len(a.at("payment_links", "0", "sandbox_padding")) > 2<<20, true)
	equal(t, "id", a.at("payment_links", "0", "id"), id)
	equal(t, "empty page", len(r.get("/v2/payment_links?status[]=paid").want(200).at("sandbox_padding")) > 2<<20, true)
}

func TestFaultMatching(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	statuses := func(n int) string {
		var all []string
		for range n {
			all = append(all, fmt.Sprint(r.get("/v2/payment_links").status))
		}
		return strings.Join(all, " ")
	}
	r.Inject(sandbox.Fault{Vendor: "qonto", Op: "list", Skip: 1, Times: 2, Status: 500})
	r.get("/v2/payment_links/payment_methods").want(200) // another call is neither hit nor counted
	equal(t, "skip and times", statuses(4), "200 500 500 200")

	r.Inject(sandbox.Fault{Vendor: "gigs", Status: 500})
	equal(t, "another vendor", statuses(1), "200")

	remove := r.Inject(sandbox.Fault{Status: 501})
	removeSecond := r.Inject(sandbox.Fault{Op: "list", Status: 502})
	equal(t, "the first injected", statuses(2), "501 501")
	equal(t, "any route", r.get("/v2/nothing").status, 501)
	remove()
	remove()
	equal(t, "the other remains", statuses(1), "502")
	removeSecond()
	equal(t, "none", statuses(1), "200")
}

// TestFaultWaitAndTheClientLeaves: with After the link is there although the client gave up; without it is not.
func TestFaultWaitAndTheClientLeaves(t *testing.T) {
	t.Parallel()
	for _, after := range []bool{false, true} {
		t.Run(fmt.Sprint("after=", after), func(t *testing.T) {
			t.Parallel()
			slow := &gate{entered: make(chan struct{}), left: make(chan struct{})}
			r := newRigOn(t, slow)
			r.Inject(sandbox.Fault{Op: "create", Kind: sandbox.Wait, Delay: time.Hour, After: after})
			ctx, cancel := context.WithCancel(t.Context())
			req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.URL()+"/qonto/v2/payment_links", strings.NewReader(basket(item)))
			if err != nil {
				t.Fatal(err)
			}
			req.Header = r.header
			go func() { <-slow.entered; cancel() }()
			if res, err := r.client.Do(req); err == nil {
				_ = res.Body.Close()
				t.Error("answered")
			}
			<-slow.left
			links := map[bool]int{true: 1, false: 0}[after]
			equal(t, "links", len(r.Qonto.Links()), links)
			equal(t, "committed", r.Requests()[0].Committed, after)
			equal(t, "status", r.Requests()[0].Status, 0)
		})
	}
}

// gate is a clock whose sleep ends only with its context.
type gate struct {
	clock.System
	entered, left chan struct{}
}

func (g *gate) Sleep(ctx context.Context, _ time.Duration) error {
	close(g.entered)
	<-ctx.Done()
	close(g.left)
	return ctx.Err()
}

func TestFaultOnTheTokenHost(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	form := refreshForm(r.Qonto.Tokens())
	r.Inject(sandbox.Fault{Op: "token", Kind: sandbox.ExpireToken, Times: 1})
	equal(t, "expired", r.refresh(form).want(400).at("error"), "invalid_grant")
	r.Inject(sandbox.Fault{Op: "token", Kind: sandbox.Echo, Times: 1})
	equal(t, "echo", strings.Contains(r.refresh(form).want(422).at("error_description"), "refresh_token="), true)
	r.Inject(sandbox.Fault{Op: "token", Kind: sandbox.Drop, After: true, Times: 1})
	if a := r.refresh(form); a.err == nil {
		t.Error("not dropped")
	}
	r.Advance(time.Minute)
	r.refresh(form).want(400) // the lost answer had begun the grace period
}
