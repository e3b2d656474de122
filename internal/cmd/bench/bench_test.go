package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
)

// The program puts itself into the provider's place; under test that is the test's program.
func TestMain(m *testing.M) {
	if provider := os.Getenv(realVariable); provider != "" {
		os.Exit(runShim(provider, os.Getenv(recordVariable), os.Args[1:]))
	}
	os.Exit(m.Run())
}

// TestAccBench measures a few links through a real engine: of the reference vendor, and of one that fetches a token first.
func TestAccBench(t *testing.T) {
	t.Parallel()
	found := engine.Require(t)
	const links = 12
	ref, err := reference()
	if err != nil {
		t.Fatal(err)
	}
	all := descriptor.All()
	vendors := []descriptor.Descriptor{ref, all[slices.IndexFunc(all, func(d descriptor.Descriptor) bool { return d.Token != nil && d.Token.ClientCredentials })]}
	b, clean, err := newBench(t.Context(), found, options{
		vendors: vendors, links: []int{links}, latencies: []time.Duration{time.Millisecond},
		refreshes: []string{"get", "list"}, out: io.Discard,
	})
	t.Cleanup(func() {
		if err := clean(); err != nil {
			t.Error(err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := b.run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// For each vendor, with "get" and with "list": one request a link or one in all, and one for the token where one is fetched.
	var want []refreshed
	for _, d := range vendors {
		tokens := 0
		if d.Token != nil && d.Token.ClientCredentials {
			tokens = 1
		}
		pages := 1
		if d.List == nil { // whose links are read one by one
			pages = links
		}
		for refresh, requests := range map[string]int{"get": links, "list": pages} {
			want = append(want, refreshed{Vendor: d.Title, Links: links, Latency: time.Millisecond, Refresh: refresh, Requests: requests + tokens, Engine: b.engine()})
		}
	}
	var counted results
	for i, one := range got.refreshes {
		if one.Seconds <= 0 || one.OwnSeconds <= 0 || one.CPUPerLink <= 0 || one.Memory <= 0 {
			t.Errorf("%+v", one)
		}
		got.refreshes[i].Seconds, got.refreshes[i].OwnSeconds, got.refreshes[i].CPUPerLink, got.refreshes[i].Memory = 0, 0, 0, 0
	}
	counted.merge(results{refreshes: want})
	got.sort()
	if !slices.Equal(got.refreshes, counted.refreshes) {
		t.Errorf("got %+v, want %+v", got.refreshes, counted.refreshes)
	}
}

// The guide shows what was measured.
func TestPageShowsTheResults(t *testing.T) {
	t.Parallel()
	all, err := readResults(".")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../../../templates/guides/refresh-at-scale.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), pageBegin+"\n"+page(all, titles())+pageEnd) {
		t.Error("the guide does not show the results: make bench BENCHARGS='-links= -results internal/cmd/bench -write templates/guides/refresh-at-scale.md'")
	}
	if page(all, titles()) != page(all, append(titles(), "Nobody")) {
		t.Error("the guide shows a vendor that was not measured")
	}
}

func TestResultsAreReadAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one := refreshed{"Second", 100, pageLatency, "list", 2, 0.7, 0.25, 3.5, 41, "Terraform 1.11.4 on 2 cores"}
	other, anew := one, one
	other.Vendor, anew.Seconds = "First", 0.5
	kept := promised{"First plan", 1000, 6, 2, 5.5, 2.8, 1.75, 0.5, 45, one.Engine}
	all := results{}
	all.merge(results{[]refreshed{one, other}, []promised{kept}})
	all.merge(results{[]refreshed{anew}, nil})
	if err := all.write(dir); err != nil {
		t.Fatal(err)
	}
	got, err := readResults(dir)
	if err != nil || !slices.Equal(got.refreshes, []refreshed{other, anew}) || !slices.Equal(got.promises, []promised{kept}) {
		t.Errorf("%+v, %v", got, err)
	}
}

// A promise is kept by its ratio, or by being close to what a provider takes that does nothing.
func TestPromiseIsJudged(t *testing.T) {
	t.Parallel()
	for p, broken := range map[promised]bool{
		{What: "a", Seconds: 2, Own: 1, Reach: 2}:            false,
		{What: "b", Seconds: 2.1, Own: 1, Reach: 2}:          true,
		{What: "c", Seconds: 4, Own: 1, Null: 3.9, Reach: 2}: false,
		{What: "d", Seconds: 6, Own: 1, Null: 3.9, Reach: 2}: true,
	} {
		if row := p.row(); strings.Contains(row, "broken") != broken {
			t.Error(row)
		}
	}
}

func TestChart(t *testing.T) {
	t.Parallel()
	got := chart([]refreshed{{Vendor: "A", Links: chartLinks, Refresh: "get", Seconds: 10, OwnSeconds: 2}, {Vendor: "A", Links: chartLinks, Refresh: "auto", Seconds: 5, OwnSeconds: 2}, {Vendor: "A", Links: 1}}, []string{"A", "B"})
	want := "A       get   " + strings.Repeat("·", 12) + strings.Repeat("█", 48) + " 10.0\n        auto  " + strings.Repeat("·", 12) + strings.Repeat("█", 18) + " 5.0\n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestBlockSizes(t *testing.T) {
	for n, want := range map[int][]int{1: {1}, 1000: {1000}, 1001: {250, 250, 250, 250, 1}} {
		if got := blockSizes(n); !slices.Equal(got, want) {
			t.Errorf("%d: %v", n, got)
		}
	}
	if text := configuration(descriptor.All()[0], nil, 1010); !strings.Contains(text, "Link ${count.index + 250}") || !strings.Contains(text, "count = 10\n") {
		t.Error(text)
	}
}

func TestReplicateState(t *testing.T) {
	file := filepath.Join(t.TempDir(), "terraform.tfstate")
	model := `{"serial":1,"resources":[{"type":"x","name":"it_0","instances":[{"index_key":0,"attributes":{"id":"a","url":"u"},"identity":{"id":"a"}}]}]}`
	if err := os.WriteFile(file, []byte(model), 0o600); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for i := range 1001 {
		ids = append(ids, fmt.Sprint("link-", i))
	}
	if err := replicateState(file, ids); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var state struct {
		Resources []struct {
			Name      string
			Instances []struct {
				Key        int `json:"index_key"`
				Attributes struct{ ID, URL string }
				Identity   struct{ ID string }
			}
		}
	}
	if err := json.Unmarshal(text, &state); err != nil || len(state.Resources) != 5 || len(state.Resources[0].Instances) != 250 {
		t.Fatalf("%v %s", err, text[:200])
	}
	last := state.Resources[4]
	if one := last.Instances[0]; last.Name != "it_4" || one.Key != 0 || one.Attributes.ID != "link-1000" || one.Attributes.URL != "u" || one.Identity.ID != "link-1000" {
		t.Errorf("%+v", last)
	}
	if err := replicateState(file, ids); err == nil {
		t.Error("two resources are no model")
	}
}

func TestWritePage(t *testing.T) {
	page := filepath.Join(t.TempDir(), "page.md")
	write := func(text string) {
		if err := os.WriteFile(page, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("before\n" + pageBegin + "\nold\n" + pageEnd + "\nafter\n")
	if err := writePage(page, "new\n"); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(page); !bytes.Equal(got, []byte("before\n"+pageBegin+"\nnew\n"+pageEnd+"\nafter\n")) {
		t.Errorf("got %s", got)
	}
	write("no tables")
	if writePage(page, "new") == nil {
		t.Error("a page without a place for tables")
	}
}
