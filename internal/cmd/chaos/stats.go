package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// stats counts, phase by phase.
type stats struct {
	name                                         string
	runs                                         int
	interruptions, faults                        map[string]int
	requests                                     int
	mayExist, adoptedByProvider, imported, found int

	before         map[string]int
	requestsBefore int
	lines          []string
}

func (t *stats) begin(name string, box *sandbox.Sandbox) {
	*t = stats{name: name, interruptions: map[string]int{}, faults: map[string]int{}, before: box.ChaosStats(), requestsBefore: len(box.Requests()), lines: t.lines}
}

func (t *stats) countRun(hit interruptionKind, report workspace.Report) {
	t.runs++
	if hit != none {
		t.interruptions[string(hit)]++
	}
	for _, d := range report.Diagnostics {
		switch {
		case strings.HasPrefix(d.Summary, "Unknown whether"):
			t.mayExist++
		case strings.HasPrefix(d.Summary, "Adopted"):
			t.adoptedByProvider++
		}
	}
}

func (t *stats) end(box *sandbox.Sandbox) {
	t.requests = len(box.Requests()) - t.requestsBefore
	for kind, count := range box.ChaosStats() {
		if count -= t.before[kind]; count > 0 {
			t.faults[kind] = count
		}
	}
	total := 0
	for _, count := range t.faults {
		total += count
	}
	t.lines = append(t.lines, fmt.Sprintf("%s: %d runs, %d requests, %d of them hit (%s); interruptions: %s; creates whose outcome stayed unknown: %d; taken over by the provider: %d, by import of a link that an error named: %d, of one that was looked up: %d",
		t.name, t.runs, t.requests, total, counts(t.faults), counts(t.interruptions), t.mayExist, t.adoptedByProvider, t.imported, t.found))
}

func (t *stats) latest() string { return t.lines[len(t.lines)-1] }

func counts(of map[string]int) string {
	if len(of) == 0 {
		return "none"
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(of)) {
		parts = append(parts, fmt.Sprintf("%d %s", of[name], name))
	}
	return strings.Join(parts, ", ")
}
