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

// TestAccBench measures a few links of each vendor, through a real engine.
func TestAccBench(t *testing.T) {
	t.Parallel()
	found := engine.Require(t)
	const links = 12
	b, clean, err := newBench(t.Context(), found, options{
		vendors: descriptor.All(), links: []int{links}, latencies: []time.Duration{time.Millisecond},
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
	text, err := b.run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// For each vendor, with "get" and with "list": one request a link or one in all, and one for the token where one is fetched.
	parts := strings.Split(text, "\n### ")[1:]
	if len(parts) != len(descriptor.All()) {
		t.Fatalf("%d vendors in\n%s", len(parts), text)
	}
	for i, d := range descriptor.All() {
		lines := strings.Split(strings.TrimSpace(parts[i]), "\n")
		tokens := 0
		if d.Token != nil && d.Token.ClientCredentials {
			tokens = 1
		}
		want, rows := []int{links + tokens, 1 + tokens}, lines[len(lines)-2:]
		if d.List == nil { // whose links are read one by one
			want[1] = want[0]
		}
		for i, refresh := range []string{"get", "list"} {
			cells := strings.Split(rows[i], " | ")
			if lines[0] != d.Title || len(cells) != 8 || cells[2] != "`"+refresh+"`" || cells[3] != fmt.Sprint(want[i]) || cells[6] == "0.00 ms" || strings.HasPrefix(cells[7], "0 ") {
				t.Errorf("%s: %s", d.Title, rows[i])
			}
		}
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

func TestReplaceTables(t *testing.T) {
	page := filepath.Join(t.TempDir(), "page.md")
	write := func(text string) {
		if err := os.WriteFile(page, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("before\n" + tablesBegin + "\nold\n" + tablesEnd + "\nafter\n")
	if err := replaceTables(page, "new\n"); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(page); !bytes.Equal(got, []byte("before\n"+tablesBegin+"\nnew\n"+tablesEnd+"\nafter\n")) {
		t.Errorf("got %s", got)
	}
	write("no tables")
	if replaceTables(page, "new") == nil {
		t.Error("a page without a place for tables")
	}
}

func TestTargetIsJudged(t *testing.T) {
	for p, want := range map[target]string{
		{"requests", 10, 10, ""}:   "| requests | 10 | 10 | kept |\n",
		{"time", 1.456, 1.4, " s"}: "| time | 1.46 s | 1.40 s | **broken** |\n",
	} {
		if got := p.String(); got != want {
			t.Errorf("got %s", got)
		}
	}
}
