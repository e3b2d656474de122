package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// The tables stand between these lines of the page.
const (
	tablesBegin = "<!-- bench: begin -->"
	tablesEnd   = "<!-- bench: end -->"
)

func (b *bench) heading() string {
	return fmt.Sprintf("Measured by `make bench` with %s %s on %d cores.\n", strings.ToUpper(b.found.Name[:1])+b.found.Name[1:], b.found.Version, runtime.NumCPU())
}

func vendorHeading(title string) string {
	return "\n### " + title + "\n\n" +
		"| links | an answer takes | `refresh` | requests | time | times Terraform's own | processor time per link | memory |\n" +
		"|---:|---:|---|---:|---:|---:|---:|---:|\n"
}

func row(n int, latency time.Duration, refresh string, c, base cost) string {
	return fmt.Sprintf("| %s | %d ms | `%s` | %s | %.1f s | %.2f | %.2f ms | %d MB |\n",
		thousands(n), latency.Milliseconds(), refresh, thousands(c.requests), c.wall.Seconds(), c.wall.Seconds()/base.wall.Seconds(),
		perLink(c, n), c.Memory>>20)
}

// perLink is the provider's processor time for each link, in milliseconds.
func perLink(c cost, n int) float64 { return float64(c.CPU.Microseconds()) / 1000 / float64(n) }

func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}

// replaceTables writes the tables of a page anew.
func replaceTables(page, text string) error {
	old, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	before, rest, found := strings.Cut(string(old), tablesBegin)
	_, after, ended := strings.Cut(rest, tablesEnd)
	if !found || !ended {
		return fmt.Errorf("%s has no lines %q and %q", page, tablesBegin, tablesEnd)
	}
	return os.WriteFile(page, []byte(before+tablesBegin+"\n"+text+tablesEnd+after), 0o644) //nolint:gosec // a page to read
}
