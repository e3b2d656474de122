package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/control"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// operations are the calls of a vendor, by the sandbox's names.
func operations(vendor string) descriptor.Operations {
	d, _ := descriptor.ByName(vendor)
	return d.Operations
}

// scenario is what the demonstration does, one step after the other. It is done when every step is as it should be.
type scenario struct {
	engine  *workspace.Workspace
	sandbox control.Client
	out     io.Writer
	clock   clock.Clock

	links []stateLink
	open  int // links that destroy let go of, where the vendor has no call that ends one
}

// step is one run of the engine with what must be true afterwards. It returns the line to show, and a table or nil.
type step struct {
	title string
	do    func(context.Context) (string, [][]string, error)
}

// run runs all steps and stops at the first that is not as it should be.
func (s *scenario) run(ctx context.Context) error {
	steps := []step{
		{"init", s.init},
		{"plan", s.plan},
		{"apply", s.apply},
		{"plan", s.replan},
		{"destroy", s.destroy},
	}
	for i := 0; i < len(steps); i++ {
		each, began := steps[i], s.clock.Now()
		line, rows, err := each.do(ctx)
		if err != nil {
			return fmt.Errorf("step %d, %s: %w", i+1, each.title, err)
		}
		_, _ = fmt.Fprintf(s.out, "%d. %-8s %6s  %s\n", i+1, each.title, seconds(s.clock.Now().Sub(began)), line)
		if err := table(s.out, rows); err != nil {
			return err
		}
		if s.open > 0 && i == len(steps)-1 && each.title == "destroy" {
			steps = append(steps, step{"settle", s.payAll})
		}
	}
	line, err := s.requests(ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.out, line)
	return err
}

const planFile = "demo.tfplan"

func (s *scenario) init(ctx context.Context) (string, [][]string, error) {
	_, err := s.engine.Expect(ctx, 0, "init", "-no-color")
	return "The provider is installed, from a mirror on this disk instead of a registry.", nil, err
}

func (s *scenario) plan(ctx context.Context) (string, [][]string, error) {
	_, err := s.engine.Expect(ctx, 2, "plan", "-no-color", "-detailed-exitcode", "-out="+planFile)
	var ended *workspace.Failure
	if errors.As(err, &ended) && ended.ExitCode == 0 {
		return "", nil, errors.New("the first plan is empty: the example declares nothing")
	}
	if err != nil {
		return "", nil, err
	}
	creates, others, err := planned(ctx, s.engine, planFile)
	if err != nil {
		return "", nil, err
	}
	if creates == 0 || others != 0 {
		return "", nil, fmt.Errorf("the first plan has %s to create and %d other changes; it must have links to create and nothing else", count(creates), others)
	}
	s.links = make([]stateLink, creates)
	return fmt.Sprintf("%s to create, nothing else.", count(creates)), nil, nil
}

func (s *scenario) apply(ctx context.Context) (string, [][]string, error) {
	if _, err := s.engine.Expect(ctx, 0, "apply", "-no-color", planFile); err != nil {
		return "", nil, err
	}
	links, err := linksInState(ctx, s.engine)
	if err != nil {
		return "", nil, err
	}
	if len(links) != len(s.links) {
		return "", nil, fmt.Errorf("%s planned, %d in the state", count(len(s.links)), len(links))
	}
	s.links = links
	rows := [][]string{{"LINK", "STATE", "AMOUNT", "URL"}}
	for _, link := range links {
		if link.URL == "" || link.State != "open" {
			return "", nil, fmt.Errorf("%s has the state %q and the URL %q; it must be open and have a URL", link.Address, link.State, link.URL)
		}
		rows = append(rows, []string{link.Address, link.State, link.Amount, link.URL})
	}
	atVendor, err := s.sandbox.Links(ctx)
	if err != nil {
		return "", nil, err
	}
	// Never a second link: what the vendors hold, payable or still to be activated, is what is in the state.
	if there, want := ids(atVendor), stateIDs(links); !slices.Equal(there, want) {
		return "", nil, fmt.Errorf("the vendors hold %v, but the state holds %v", there, want)
	}
	return fmt.Sprintf("%s created. Each has a URL to send to its payer:", count(len(links))), rows, nil
}

func (s *scenario) replan(ctx context.Context) (string, [][]string, error) {
	_, err := s.engine.Expect(ctx, 0, "plan", "-no-color", "-detailed-exitcode")
	var ended *workspace.Failure
	if errors.As(err, &ended) && ended.ExitCode == 2 {
		return "", nil, fmt.Errorf("the second plan is not empty, although nothing was changed; it printed:\n%s", strings.TrimSpace(ended.Printed))
	}
	return "No changes: what is declared is what the vendor has.", nil, err
}

func (s *scenario) destroy(ctx context.Context) (string, [][]string, error) {
	if _, err := s.engine.Expect(ctx, 0, "destroy", "-no-color", "-auto-approve"); err != nil {
		return "", nil, err
	}
	left, err := linksInState(ctx, s.engine)
	if err != nil {
		return "", nil, err
	}
	if len(left) != 0 {
		return "", nil, fmt.Errorf("%s left in the state after destroy", count(len(left)))
	}
	atVendor, err := s.sandbox.Links(ctx)
	if err != nil {
		return "", nil, err
	}
	rows := [][]string{{"VENDOR", "ID", "STATUS", "CAN BE PAID"}}
	for _, link := range atVendor {
		rows = append(rows, []string{link.Vendor, link.ID, link.Status, map[bool]string{true: "yes", false: "no"}[link.Payable]})
	}
	alive := payableLinks(atVendor)
	if lost := slices.DeleteFunc(slices.Clone(alive), func(l vendorapi.Link) bool { return operations(l.Vendor).Revoke == "" }); len(lost) != 0 {
		return "", nil, fmt.Errorf("%s can still be paid after destroy: %s", count(len(lost)), strings.Join(ids(lost), ", "))
	}
	s.open = len(alive)
	line := count(len(s.links)-s.open) + " revoked."
	if s.open > 0 {
		line += fmt.Sprintf(" %d removed from state with a warning: the vendor has no call that ends a link.", s.open)
	}
	return line + " Links at the vendors:", rows, nil
}

// payAll does by hand what no call does: whoever asked for the money settles what is still open.
func (s *scenario) payAll(ctx context.Context) (string, [][]string, error) {
	atVendor, err := s.sandbox.Links(ctx)
	if err != nil {
		return "", nil, err
	}
	open := payableLinks(atVendor)
	for _, link := range open {
		if err := s.sandbox.Act(ctx, link.Vendor, link.ID, "pay"); err != nil {
			return "", nil, err
		}
	}
	if atVendor, err = s.sandbox.Links(ctx); err != nil {
		return "", nil, err
	}
	if alive := payableLinks(atVendor); len(alive) != 0 {
		return "", nil, fmt.Errorf("%s can still be paid at the end: %s", count(len(alive)), strings.Join(ids(alive), ", "))
	}
	return fmt.Sprintf("%s settled by hand. Nothing can be paid any more.", count(len(open))), nil, nil
}

// requests compares what the vendor was asked with what one create and one revoke for each link come to.
func (s *scenario) requests(ctx context.Context) (string, error) {
	all, err := s.sandbox.Requests(ctx)
	if err != nil {
		return "", err
	}
	revocable := 0
	for _, link := range s.links {
		if operations(link.Vendor).Revoke != "" {
			revocable++
		}
	}
	ops := map[string]int{}
	creates, ends := 0, 0
	for _, each := range all {
		ops[each.Op]++
		switch each.Op {
		case operations(each.Vendor).Create:
			creates++
		case operations(each.Vendor).Revoke:
			ends++
		}
	}
	var parts []string
	for _, op := range slices.Sorted(maps.Keys(ops)) {
		parts = append(parts, fmt.Sprintf("%d %s", ops[op], op))
	}
	line := fmt.Sprintf("Requests at the vendor: %s; %d in all. Expected: one create for each of %s, one revoke for %d of them.",
		strings.Join(parts, ", "), len(all), count(len(s.links)), revocable)
	if creates != len(s.links) || ends != revocable {
		return "", fmt.Errorf("the vendor was asked to create %d times and to revoke %d times. %s", creates, ends, line)
	}
	return line, nil
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
