package fault_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

const tea = `{"title":"Tea"}`

// TestKinds sends one create into each kind, with and without After, and looks at the wire, at the record and at
// what the vendor holds.
func TestKinds(t *testing.T) {
	t.Parallel()
	const secretBody = "Tea"
	for name, c := range map[string]struct {
		fault  fault.Fault
		status int // 0: no answer
		shapes bool
		check  func(*testing.T, *sandboxtest.Client, sandboxtest.Response)
	}{
		"answer": {fault.Fault{Kind: fault.Answer, Status: 418, Body: "short and stout", ContentType: "text/plain", Header: http.Header{"X-Pot": {"tea"}}}, 418, false,
			func(t *testing.T, _ *sandboxtest.Client, a sandboxtest.Response) {
				sandboxtest.Equal(t, "answer", a.Body+a.Header.Get("Content-Type")+a.Header.Get("X-Pot"), "short and stouttext/plaintea")
			}},
		"answer by default": {fault.Fault{Body: "{}"}, 500, false, func(t *testing.T, _ *sandboxtest.Client, a sandboxtest.Response) {
			sandboxtest.Equal(t, "answer", a.Body+a.Header.Get("Content-Type"), "{}application/json")
		}},
		"drop": {fault.Fault{Kind: fault.Drop}, 0, false, nil},
		"html": {fault.Fault{Kind: fault.HTML}, 502, false, func(t *testing.T, _ *sandboxtest.Client, a sandboxtest.Response) {
			sandboxtest.Equal(t, "type", a.Header.Get("Content-Type"), "text/html; charset=utf-8")
			sandboxtest.Equal(t, "echo", strings.Contains(a.Body, secretBody) || strings.Contains(a.Body, "key_"), false)
		}},
		"html with echo": {fault.Fault{Kind: fault.HTML, Status: 503, Echo: true}, 503, false, func(t *testing.T, r *sandboxtest.Client, a sandboxtest.Response) {
			sandboxtest.Equal(t, "echo", strings.Contains(a.Body, secretBody) && strings.Contains(a.Body, r.Header.Get("Authorization")), true)
		}},
		"empty": {fault.Fault{Kind: fault.Empty, Status: 204}, 204, false, func(t *testing.T, _ *sandboxtest.Client, a sandboxtest.Response) {
			sandboxtest.Equal(t, "body and type", a.Body+a.Header.Get("Content-Type"), "")
		}},
		"truncate": {fault.Fault{Kind: fault.Truncate}, 201, true, func(t *testing.T, _ *sandboxtest.Client, a sandboxtest.Response) {
			if a.Err == nil || !strings.HasPrefix(a.Body, `{"id"`) {
				t.Errorf("error %v, body %q", a.Err, a.Body)
			}
			sandboxtest.Equal(t, "half", fmt.Sprint(len(a.Body)), fmt.Sprint(lengthOf(t, a)/2))
		}},
		"malformed": {fault.Fault{Kind: fault.Malformed, Status: 201}, 201, false, func(t *testing.T, _ *sandboxtest.Client, a sandboxtest.Response) {
			sandboxtest.Equal(t, "answer", a.Body+a.Header.Get("Content-Type"), `{"id": "3c90c3cc", "status": application/json`)
		}},
		"wrong content type": {fault.Fault{Kind: fault.WrongContentType}, 201, true, func(t *testing.T, _ *sandboxtest.Client, a sandboxtest.Response) {
			sandboxtest.Equal(t, "answer", a.At("status")+a.Header.Get("Content-Type"), "opentext/html; charset=utf-8")
		}},
		"too many": {fault.Fault{Kind: fault.TooMany, Header: http.Header{"Retry-After": {"7"}}}, 429, false, func(t *testing.T, _ *sandboxtest.Client, a sandboxtest.Response) {
			sandboxtest.Equal(t, "answer", a.At("error")+a.Header.Get("Retry-After"), "Too many requests7")
		}},
		"expire token": {fault.Fault{Kind: fault.ExpireToken}, 401, false, func(t *testing.T, _ *sandboxtest.Client, a sandboxtest.Response) {
			sandboxtest.Equal(t, "answer", a.At("code")+a.At("error"), "401The access token expired")
		}},
		"redirect": {fault.Fault{Kind: fault.Redirect, Location: "http://127.0.0.2/else"}, 307, false, func(t *testing.T, _ *sandboxtest.Client, a sandboxtest.Response) {
			sandboxtest.Equal(t, "location", a.Header.Get("Location"), "http://127.0.0.2/else")
		}},
		"drip": {fault.Fault{Kind: fault.Drip, Delay: time.Second}, 201, true, func(t *testing.T, r *sandboxtest.Client, a sandboxtest.Response) {
			sandboxtest.Equal(t, "body", a.At("status"), "open")
			sandboxtest.Equal(t, "slept for each byte", r.Now().Sub(sandboxtest.Start), time.Duration(len(a.Body))*time.Second)
		}},
		"wait": {fault.Fault{Kind: fault.Wait, Delay: time.Minute}, 201, true, func(t *testing.T, r *sandboxtest.Client, a sandboxtest.Response) {
			sandboxtest.Equal(t, "slept", r.Now().Sub(sandboxtest.Start), time.Minute)
		}},
		"echo": {fault.Fault{Kind: fault.Echo}, 422, false, func(t *testing.T, r *sandboxtest.Client, a sandboxtest.Response) {
			detail := a.At("error")
			sandboxtest.Equal(t, "echo", strings.Contains(detail, secretBody) && strings.Contains(detail, r.Header.Get("Authorization")), true)
		}},
		"deviate": {fault.Fault{Kind: fault.Deviate, Pointer: "/status", Value: `{"name":"open"}`}, 201, true, func(t *testing.T, _ *sandboxtest.Client, a sandboxtest.Response) {
			sandboxtest.Equal(t, "body", a.At("status", "name")+a.At("title"), "openTea")
		}},
		"oversize": {fault.Fault{Kind: fault.Oversize}, 201, true, func(t *testing.T, _ *sandboxtest.Client, a sandboxtest.Response) {
			sandboxtest.Equal(t, "more than 2 MiB", len(a.Body) > 2<<20, true)
			sandboxtest.Equal(t, "still a link", a.At("status"), "open")
		}},
	} {
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprint(name, " after=", after), func(t *testing.T) {
				t.Parallel()
				r := sandboxtest.Acme.Client(t)
				fault := c.fault
				fault.Vendor, fault.Op, fault.Times, fault.After = "acme", "create", 1, after
				r.Inject(fault)
				a := r.Post(tea)
				sandboxtest.Equal(t, "status", a.Status, c.status)
				if c.status == 0 && a.Err == nil {
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
				sandboxtest.Equal(t, "links", len(r.Overview()), links)
				sandboxtest.Equal(t, "committed", record.Committed, links == 1)
				sandboxtest.Equal(t, "recorded status", record.Status, c.status)
				sandboxtest.Equal(t, "recorded body", string(record.Body), tea)
				r.Post(tea).Want(201) // the fault is spent
			})
		}
	}
}

func lengthOf(t *testing.T, a sandboxtest.Response) int {
	t.Helper()
	var n int
	if _, err := fmt.Sscan(a.Header.Get("Content-Length"), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestEmptyAfterKeepsTheStatus(t *testing.T) {
	t.Parallel()
	r := sandboxtest.Acme.Client(t)
	r.Inject(fault.Fault{Kind: fault.Empty, After: true, Times: 1})
	sandboxtest.Equal(t, "body", r.Post(tea).Want(201).Body, "")
	r.Inject(fault.Fault{Kind: fault.Malformed, After: true, Times: 1})
	r.Post(tea).Want(201)
}

func TestOversizeOfAList(t *testing.T) {
	t.Parallel()
	r := sandboxtest.Acme.Client(t)
	r.Inject(fault.Fault{Kind: fault.Oversize})
	sandboxtest.Equal(t, "empty list", len(r.List("").Want(200).At("sandbox_padding")) > 2<<20, true)
	id := r.Create(tea)
	a := r.List("").Want(200)
	sandboxtest.Equal(t, "the element, not the page", len(a.At("links", "0", "sandbox_padding")) > 2<<20, true)
	sandboxtest.Equal(t, "id", a.At("links", "0", "id"), id)
}

// TestDeviate looks at the bytes: what is named differs, and nothing else.
func TestDeviate(t *testing.T) {
	t.Parallel()
	r := sandboxtest.Acme.Client(t)
	id := r.Create(tea)
	single, list := r.Read(id).Want(200).Body, r.List("").Want(200).Body
	for _, c := range []struct{ op, pointer, value, from, to string }{
		{"get", "/title", `null`, `"Tea"`, `null`},
		{"get", "/title", `[1.50,"a,b"]`, `"Tea"`, `[1.50,"a,b"]`},
		{"get", "/title", "", `"title":"Tea",`, ``},
		{"get", "/nothing", "", "", ""},
		{"get", "/title/deeper", `1`, "", ""},
		{"get", "/nothing/deeper", `1`, "", ""},
		{"get", "/added", `true`, `"id"`, `"added":true,"id"`},
		{"get", "/a~1b~0", `1`, `"id"`, `"a/b~":1,"id"`},
		{"get", "", `[]`, single, `[]`},
		{"list", "/links/0/title", `7`, `"Tea"`, `7`},
		{"list", "/links/0/title", ``, `"title":"Tea",`, ``},
		{"list", "/links/0", `7`, strings.TrimSuffix(strings.TrimPrefix(list, `{"links":[`), `]}`), `7`},
		{"list", "/links/0", ``, strings.TrimSuffix(strings.TrimPrefix(list, `{"links":[`), `]}`), ``},
		{"list", "/links/1", `7`, "", ""},
		{"list", "/links/x", `7`, "", ""},
	} {
		remove := r.Inject(fault.Fault{Op: c.op, Kind: fault.Deviate, Pointer: c.pointer, Value: c.value})
		got, body := r.Read(id), single
		if c.op == "list" {
			got, body = r.List(""), list
		}
		remove()
		if want := strings.Replace(body, c.from, c.to, 1); !equalJSON(t, got.Want(200).Body, want) {
			t.Errorf("%s %s=%s: %s, want %s", c.op, c.pointer, c.value, got.Body, want)
		}
	}
	sandboxtest.Equal(t, "afterwards", r.Read(id).Want(200).Body, single)
}

// equalJSON compares two texts but for the order of keys.
func equalJSON(t *testing.T, a, b string) bool {
	t.Helper()
	var texts [2]string
	for i, text := range []string{a, b} {
		var document any
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		if err := decoder.Decode(&document); err != nil {
			t.Fatal(err)
		}
		texts[i] = fmt.Sprint(document)
	}
	return texts[0] == texts[1]
}

func TestMatching(t *testing.T) {
	t.Parallel()
	r := sandboxtest.Acme.Client(t)
	statuses := func(n int) string {
		var all []string
		for range n {
			all = append(all, fmt.Sprint(r.List("").Status))
		}
		return strings.Join(all, " ")
	}
	r.Inject(fault.Fault{Vendor: "acme", Op: "list", Skip: 1, Times: 2, Status: 500})
	r.Read("nothing").Want(404) // another call is neither hit nor counted
	sandboxtest.Equal(t, "skip and times", statuses(4), "200 500 500 200")

	r.Inject(fault.Fault{Vendor: "bolt", Status: 500})
	sandboxtest.Equal(t, "another vendor", statuses(1), "200")

	remove := r.Inject(fault.Fault{Status: 501})
	removeSecond := r.Inject(fault.Fault{Op: "list", Status: 502})
	sandboxtest.Equal(t, "the first injected", statuses(2), "501 501")
	sandboxtest.Equal(t, "any route", r.Get("/nothing").Status, 501)
	remove()
	remove()
	sandboxtest.Equal(t, "the other remains", statuses(1), "502")
	removeSecond()
	sandboxtest.Equal(t, "none", statuses(1), "200")
}

// TestWaitAndTheClientLeaves: with After the link is there although the client gave up; without it is not.
func TestWaitAndTheClientLeaves(t *testing.T) {
	t.Parallel()
	for _, after := range []bool{false, true} {
		t.Run(fmt.Sprint("after=", after), func(t *testing.T) {
			t.Parallel()
			slow := &gate{entered: make(chan struct{}), left: make(chan struct{})}
			r := sandboxtest.NewOn(t, slow, sandboxtest.Acme.New)
			r.Inject(fault.Fault{Op: "create", Kind: fault.Wait, Delay: time.Hour, After: after})
			ctx, cancel := context.WithCancel(t.Context())
			req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.URL()+"/acme/links", strings.NewReader(tea))
			if err != nil {
				t.Fatal(err)
			}
			req.Header = sandboxtest.Acme.Header(r, r.Env())
			go func() { <-slow.entered; cancel() }()
			if res, err := r.HTTP.Do(req); err == nil {
				_ = res.Body.Close()
				t.Error("answered")
			}
			<-slow.left
			links := map[bool]int{true: 1, false: 0}[after]
			sandboxtest.Equal(t, "links", len(r.Overview()), links)
			sandboxtest.Equal(t, "committed", r.Requests()[0].Committed, after)
			sandboxtest.Equal(t, "status", r.Requests()[0].Status, 0)
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
