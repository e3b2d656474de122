package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
)

// What is derived from the measurements stands between these lines of the page.
const (
	pageBegin = "<!-- bench: begin -->"
	pageEnd   = "<!-- bench: end -->"
)

// The page shows refreshes with this delay before each answer; a chart those of chartLinks links.
const (
	pageLatency = 50 * time.Millisecond
	chartLinks  = 1000
	chartWidth  = 60 // characters of the longest bar
	chartTest   = "<!-- block: test=internal/cmd/bench/bench_test.go -->"
)

// page returns what the guide shows of the results: what is promised, one chart, and a small table for each vendor that was
// measured. titles are the vendors' in their order.
func page(results results, titles []string) string {
	var out strings.Builder
	if len(results.promises) > 0 {
		fmt.Fprintf(&out, "%s\n\n%s", measuredWith(results.promises[0].Engine), promiseTable(results.promises))
	}
	shown := results.refreshesAt(pageLatency)
	fmt.Fprintf(&out, "\n### A refresh of %s links\n\nSeconds of `plan -refresh-only` by the way links are read, an answer takes %d ms. `·` is Terraform's own share: as many `terraform_data`.\n\n"+chartTest+"\n\n```text\n%s```\n",
		thousands(chartLinks), pageLatency.Milliseconds(), chart(shown, titles))
	for _, title := range titles {
		if slices.ContainsFunc(shown, func(one refreshed) bool { return one.Vendor == title }) {
			fmt.Fprintf(&out, "\n### %s\n\n%s", title, vendorTable(shown, title))
		}
	}
	return out.String()
}

func measuredWith(engine string) string { return "Measured with " + engine + "." }

func promiseTable(promises []promised) string {
	var out strings.Builder
	out.WriteString("| 1,000 links, an answer takes 50 ms | time | `terraform_data` | ratio | reach | a provider that does nothing | processor time per link | memory |\n|---|---:|---:|---:|---:|---:|---:|---:|\n")
	for _, p := range promises {
		out.WriteString(p.row())
	}
	return out.String()
}

// vendorTable has a row for each number of links: requests and seconds of each way of reading.
func vendorTable(refreshes []refreshed, title string) string {
	var out strings.Builder
	out.WriteString("| links | Terraform's own | `get` | `list` | `auto` | processor time per link | memory |\n|---:|---:|---:|---:|---:|---:|---:|\n")
	for i := 0; i < len(refreshes); {
		first, cells, last := refreshes[i], map[string]string{}, refreshed{}
		for ; i < len(refreshes) && refreshes[i].Vendor == first.Vendor && refreshes[i].Links == first.Links; i++ {
			last = refreshes[i]
			cells[last.Refresh] = fmt.Sprintf("%s in %.1f s", requests(last.Requests), last.Seconds)
		}
		if first.Vendor == title {
			fmt.Fprintf(&out, "| %s | %.1f s | %s | %s | %s | %.2f ms | %d MB |\n", thousands(first.Links), first.OwnSeconds,
				cells["get"], cells["list"], cells["auto"], last.CPUPerLink, last.Memory)
		}
	}
	return out.String()
}

// chart draws a bar for each way of reading the links of each vendor.
func chart(refreshes []refreshed, titles []string) string {
	longest := 0.0
	for _, r := range refreshes {
		if r.Links == chartLinks {
			longest = max(longest, r.Seconds)
		}
	}
	bar := func(seconds float64, of string) string {
		return strings.Repeat(of, int(seconds/longest*chartWidth+0.5))
	}
	var out strings.Builder
	for _, title := range titles {
		name := title
		for _, r := range refreshes {
			if r.Vendor != title || r.Links != chartLinks {
				continue
			}
			own := bar(r.OwnSeconds, "·")
			fmt.Fprintf(&out, "%-8s%-6s%s%s %.1f\n", name, r.Refresh, own, strings.TrimPrefix(bar(r.Seconds, "█"), strings.Repeat("█", len(own)/len("·"))), r.Seconds)
			name = ""
		}
	}
	return out.String()
}

func requests(n int) string {
	if n == 1 {
		return "1 request"
	}
	return thousands(n) + " requests"
}

func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}

// writePage replaces what a page shows of the results.
func writePage(file, text string) error {
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, found := strings.Cut(string(old), pageBegin)
	_, after, ended := strings.Cut(rest, pageEnd)
	if !found || !ended {
		return fmt.Errorf("%s has no lines %q and %q", file, pageBegin, pageEnd)
	}
	return os.WriteFile(file, []byte(before+pageBegin+"\n"+text+pageEnd+after), 0o644) //nolint:gosec // a page to read
}
