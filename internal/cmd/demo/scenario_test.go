package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/control"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// fakeEngine plays the part of the engine. Its answers come from files in its folder and from variables, so that a case can break one.
const fakeEngine = `#!/bin/sh
echo "$*" >>calls
case "$*" in
init*)                exit "${INIT:-0}" ;;
plan*-out=*)          echo the first plan; exit "${PLAN:-2}" ;;
plan*)                echo the second plan; exit "${AGAIN:-0}" ;;
apply*)               [ "${APPLY:-0}" = hang ] && exec sleep 60; exit "${APPLY:-0}" ;;
destroy*)             [ "${DESTROY:-0}" = 0 ] && touch destroyed; exit "${DESTROY:-0}" ;;
"show -json demo"*)   cat plan.json ;;
"show -json")         if [ -e destroyed ]; then cat after.json; else cat state.json; fi ;;
*)                    echo "unexpected: $*" >&2; exit 9 ;;
esac
`

// The vendor in the texts is "acme", and its call that revokes a link is "end"; perform puts a real one in their places.
const (
	createTwo = `{"resource_changes": [
		{"type": "paymentlinks_acme_link", "change": {"actions": ["create"]}},
		{"type": "paymentlinks_acme_link", "change": {"actions": ["create"]}},
		{"type": "paymentlinks_links", "change": {"actions": ["read"]}}]}`
	twoOpen = `{"values": {"root_module": {"resources": [
		{"address": "paymentlinks_acme_link.b", "mode": "managed", "type": "paymentlinks_acme_link",
		 "values": {"id": "id-b", "url": "http://pay/b", "state": "open", "amount": {"value": "12.10", "currency": "EUR"}}},
		{"address": "paymentlinks_acme_link.a", "mode": "managed", "type": "paymentlinks_acme_link",
		 "values": {"id": "id-a", "url": "http://pay/a", "state": "open", "amount": null}},
		{"address": "data.paymentlinks_acme_link.c", "mode": "data", "type": "paymentlinks_acme_link", "values": {"id": "id-c"}}]}}}`
	empty = `{}`
)

// vendorSays is what the control API answers: links before and after destroy and when they are settled, and all requests.
type vendorSays struct{ before, after, settled, requests string }

const (
	alive  = `{"links": [{"vendor": "acme", "id": "id-a", "status": "open", "payable": true}, {"vendor": "acme", "id": "id-b", "status": "open", "payable": true}]}`
	dead   = `{"links": [{"vendor": "acme", "id": "id-a", "status": "canceled"}, {"vendor": "acme", "id": "id-b", "status": "canceled"}]}`
	proper = `{"requests": [{"vendor": "acme", "op": "create"}, {"vendor": "acme", "op": "create"}, {"vendor": "acme", "op": "get"},
		{"vendor": "acme", "op": "end"}, {"vendor": "acme", "op": "end"}]}`
)

// perform runs the scenario with fakes and links of one vendor; a nil or absent part is as it should be.
func perform(ctx context.Context, t *testing.T, d descriptor.Descriptor, env []string, files map[string]string, says vendorSays) (string, error) {
	t.Helper()
	dir := t.TempDir()
	vendor := strings.NewReplacer("acme", d.Name, `"end"`, `"`+d.Operations.Revoke+`"`)
	all := map[string]string{"engine": fakeEngine, "plan.json": createTwo, "state.json": twoOpen, "after.json": empty}
	maps.Copy(all, files)
	for name, text := range all {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(vendor.Replace(text)), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	answer := func(given, otherwise string) []byte {
		if given == "" {
			given = otherwise
		}
		return []byte(vendor.Replace(given))
	}
	var paid atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := os.Stat(filepath.Join(dir, "destroyed"))
		body := answer(says.before, alive)
		switch {
		case r.URL.Path == "/_sandbox/requests":
			body = answer(says.requests, proper)
		case r.Method == http.MethodPost:
			paid.Store(strings.HasSuffix(r.URL.Path, "/pay"))
			body = []byte("{}")
		case paid.Load():
			body = answer(says.settled, dead)
		case err == nil:
			body = answer(says.after, dead)
		}
		if _, err := w.Write(body); err != nil {
			t.Error(err)
		}
	}))
	defer server.Close()
	var out bytes.Buffer
	s := scenario{
		engine:  &workspace.Workspace{Program: filepath.Join(dir, "engine"), Dir: dir, Env: append(os.Environ(), env...)},
		sandbox: control.Client{URL: server.URL},
		out:     &out,
		clock:   fakeclock.New(time.Unix(0, 0)),
	}
	err := s.run(ctx)
	return out.String(), err
}

func TestScenarioShowsWhatHappened(t *testing.T) {
	t.Parallel()
	d := descriptor.Revocable()
	out, err := perform(t.Context(), t, d, nil, nil, vendorSays{})
	if err != nil {
		t.Fatal(err)
	}
	calls := "2 create, 1 get, 2 " + d.Operations.Revoke
	if d.Operations.Revoke < "get" {
		calls = "2 create, 2 " + d.Operations.Revoke + ", 1 get"
	}
	want := `1. init 0.0 s The provider is installed, from a mirror on this disk instead of a registry.
2. plan 0.0 s 2 links to create, nothing else.
3. apply 0.0 s 2 links created. Each has a URL to send to its payer:

LINK STATE AMOUNT URL
paymentlinks_acme_link.a open http://pay/a
paymentlinks_acme_link.b open 12.10 EUR http://pay/b

4. plan 0.0 s No changes: what is declared is what the vendor has.
5. destroy 0.0 s 2 links revoked. Links at the vendors:

VENDOR ID STATUS CAN BE PAID
acme id-a canceled no
acme id-b canceled no

Requests at the vendor: CALLS; 5 in all. Expected: one create for each of 2 links, one revoke for 2 of them.
`
	want = strings.NewReplacer("acme", d.Name, "CALLS", calls).Replace(want)
	if got := regexp.MustCompile(`(?m)^ +`).ReplaceAllString(regexp.MustCompile(` +`).ReplaceAllString(out, " "), ""); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// Each case breaks one thing, and the demonstration must notice it and say what it is.
func TestScenarioFails(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		env   []string
		files map[string]string
		says  vendorSays
		want  string
	}{
		"init fails":            {env: []string{"INIT=1"}, want: "step 1, init: init -no-color ended with exit code 1"},
		"the plan is refused":   {env: []string{"PLAN=1"}, want: "the first plan"},
		"nothing to plan":       {env: []string{"PLAN=0"}, want: "the first plan is empty"},
		"a plan of other kinds": {files: map[string]string{"plan.json": strings.Replace(createTwo, "create", "delete", 1)}, want: "1 link to create and 1 other changes"},
		"apply fails":           {env: []string{"APPLY=1"}, want: "step 3, apply"},
		"a link is missing in the state": {
			files: map[string]string{"state.json": strings.Replace(twoOpen, `"managed"`, `"data"`, 1)}, want: "2 links planned, 1 in the state",
		},
		"a link without an address": {files: map[string]string{"state.json": strings.Replace(twoOpen, "http://pay/a", "", 1)}, want: "it must be open and have a URL"},
		"a link that is not open":   {files: map[string]string{"state.json": strings.Replace(twoOpen, `"open"`, `"unknown"`, 1)}, want: `has the state "unknown"`},
		"a second link at the vendor": {
			says: vendorSays{before: strings.Replace(alive, `[{`, `[{"id": "id-x", "payable": true}, {`, 1)}, want: "hold [id-a id-b id-x], but the state holds [id-a id-b]",
		},
		"a link that the vendor lacks":       {says: vendorSays{before: `{"links": []}`}, want: "hold [], but the state holds [id-a id-b]"},
		"the second plan is not empty":       {env: []string{"AGAIN=2"}, want: "the second plan is not empty, although nothing was changed; it printed:\nthe second plan"},
		"the second plan fails":              {env: []string{"AGAIN=1"}, want: "step 4, plan: plan -no-color -detailed-exitcode ended with exit code 1"},
		"destroy fails":                      {env: []string{"DESTROY=1"}, want: "step 5, destroy"},
		"destroy leaves a link in state":     {files: map[string]string{"after.json": twoOpen}, want: "2 links left in the state after destroy"},
		"destroy leaves a link to be paid":   {says: vendorSays{after: strings.Replace(dead, `"canceled"}`, `"open", "payable": true}`, 1)}, want: "1 link can still be paid after destroy: id-a"},
		"one create too many":                {says: vendorSays{requests: strings.Replace(proper, `"get"`, `"create"`, 1)}, want: "asked to create 3 times and to revoke 2 times"},
		"one revoke too few":                 {says: vendorSays{requests: strings.Replace(proper, `"end"`, `"get"`, 1)}, want: "asked to create 2 times and to revoke 1 times"},
		"an engine that does not print JSON": {files: map[string]string{"state.json": "Terraform\n"}, want: "show -json did not print JSON"},
		"a sandbox that answers nonsense":    {says: vendorSays{before: "<html>"}, want: "step 3, apply"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, err := perform(t.Context(), t, descriptor.Revocable(), test.env, test.files, test.says)
			if err == nil {
				t.Fatalf("not noticed:\n%s", out)
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %q, want one with %q", err, test.want)
			}
		})
	}
}

// Where a vendor has no call that ends a link, the demonstration has it settled, and checks that too.
func TestScenarioSettles(t *testing.T) {
	t.Parallel()
	vendors := descriptor.All()
	d := vendors[slices.IndexFunc(vendors, func(d descriptor.Descriptor) bool { return d.Operations.Revoke == "" })]
	creates := `{"requests": [{"vendor": "acme", "op": "create"}, {"vendor": "acme", "op": "create"}]}`
	out, err := perform(t.Context(), t, d, nil, nil, vendorSays{after: alive, requests: creates})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"0 links revoked. 2 removed from state with a warning", "6. settle", "2 links settled by hand. Nothing can be paid any more.", "one revoke for 0 of them",
	} {
		if !strings.Contains(out, line) {
			t.Errorf("%q is missing in:\n%s", line, out)
		}
	}
	_, err = perform(t.Context(), t, d, nil, nil, vendorSays{after: alive, settled: alive, requests: creates})
	if err == nil || !strings.Contains(err.Error(), "step 6, settle: 2 links can still be paid at the end") {
		t.Errorf("not noticed: %v", err)
	}
}

// An interrupt during apply ends the engine and the demonstration at once, not when the engine is done.
func TestScenarioIsInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	done := make(chan error, 1)
	go func() {
		_, err := perform(ctx, t, descriptor.Revocable(), []string{"APPLY=hang"}, nil, vendorSays{})
		done <- err
	}()
	select {
	case err := <-done:
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v, want the context's", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("still running 10 s after the interrupt")
	}
}

func TestAmount(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		`{"value": "12.10", "currency": "EUR"}`: "12.10 EUR",
		`{"value": null, "currency": "EUR"}`:    "EUR",
		`"12.10"`:                               "12.10",
		`null`:                                  "",
	} {
		var from any
		if err := json.Unmarshal([]byte(given), &from); err != nil {
			t.Fatal(err)
		}
		if got := amount(from, nil, ""); got != want {
			t.Errorf("%s: got %q, want %q", given, got, want)
		}
	}
}
