package protocoltest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// comparison holds the answers that a server gives without the framework to those of the framework, in the same run. The same answer to
// the same question is compared once, whichever of a provider's servers gives it. Another answer, because of the time or of what a run
// remembers, is compared again.
type comparison struct {
	host interface {
		BeginRun()
		WithoutShortcuts() tfprotov6.ProviderServer
	}
	framework tfprotov6.ProviderServer
	mu        sync.Mutex
	creates   []*tfprotov6.PlanResourceChangeRequest // of this run
	settings  string                                 // of the provider
	equal     *sync.Map                              // digests of questions, and of their answers that are the framework's
}

// newComparison returns nil for a benchmark, which measures the server alone.
func newComparison(t testing.TB, server tfprotov6.ProviderServer, schemas *Schemas, config Object) *comparison {
	c := &comparison{settings: settingsText(config), equal: &schemas.equal}
	if _, ok := t.(*testing.B); ok {
		return nil
	}
	var ok bool
	if c.host, ok = server.(interface {
		BeginRun()
		WithoutShortcuts() tfprotov6.ProviderServer
	}); !ok {
		return nil
	}
	c.framework = c.host.WithoutShortcuts()
	return c
}

// IsCompared reports whether what the server plans and validates without the framework is held to the framework's answers.
func (s *Server) IsCompared() bool { return s.comparison != nil }

// beginRun begins a run, but not between the two answers of a comparison.
func (c *comparison) beginRun(begin func()) {
	if c != nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.creates = nil
	}
	begin()
}

// comparedPlan plans, and requires that the framework would have planned the same. A run remembers the links that it
// creates: what it has seen of them is forgotten between the two answers, and seen again.
func (s *Server) comparedPlan(req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	s.t.Helper()
	ctx, c := s.context(), s.comparison
	if c == nil {
		return s.server.PlanResourceChange(ctx, req)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if s.static(req.TypeName, req.PriorState).IsNull() {
		defer func() { c.creates = append(c.creates, req) }()
	}
	question, given := s.question(req)
	if _, asked := c.equal.Load(digest(question)); asked {
		got, err := s.server.PlanResourceChange(ctx, req)
		if _, equal := c.equal.Load(digest(question, s.answer(req.TypeName, got, given))); err != nil || equal {
			return got, err
		}
		if err := c.replay(ctx); err != nil {
			return nil, err
		}
	}
	want, err := c.framework.PlanResourceChange(ctx, req)
	if err != nil {
		return want, err
	}
	if err := c.replay(ctx); err != nil {
		return nil, err
	}
	got, err := s.server.PlanResourceChange(ctx, req)
	if err != nil {
		return got, err
	}
	g, w := s.static(req.TypeName, got.PlannedState), s.static(req.TypeName, want.PlannedState)
	if planText(got) != planText(want) || !g.Equal(w) { // by bytes, a map in it has any order
		s.t.Errorf("the plan of %s is not the framework's:\n%s\n%s\nthe framework's:\n%s\n%s", req.TypeName, g, planText(got), w, planText(want))
		return got, nil
	}
	c.equal.Store(digest(question), true)
	c.equal.Store(digest(question, s.answer(req.TypeName, got, given)), true)
	return got, nil
}

// replay begins the run again.
func (c *comparison) replay(ctx context.Context) error {
	c.host.BeginRun()
	for _, earlier := range c.creates {
		if _, err := c.framework.PlanResourceChange(ctx, earlier); err != nil {
			return err
		}
	}
	return nil
}

// planText is all of an answer but the state.
func planText(resp *tfprotov6.PlanResourceChangeResponse) string {
	return fmt.Sprintf("private %q\nidentity %q\n%s", resp.PlannedPrivate, identityText(resp.PlannedIdentity), consequences(resp))
}

// consequences are what an answer says beside its values.
func consequences(resp *tfprotov6.PlanResourceChangeResponse) string {
	var replaces []string
	for _, at := range resp.RequiresReplace {
		replaces = append(replaces, at.String())
	}
	return fmt.Sprintf("replaces %q\ndeferred %v\n%s", replaces, resp.Deferred != nil, diagnosticsText(resp.Diagnostics))
}

func dynamicText(v *tfprotov6.DynamicValue) string {
	if v == nil {
		return "none"
	}
	return string(v.MsgPack) + string(v.JSON)
}

// diagnosticsText is in an order of its own: the framework asks attributes in any.
func diagnosticsText(diags []*tfprotov6.Diagnostic) string {
	var out []string
	for _, d := range diags {
		out = append(out, fmt.Sprintf("%s %q %q %s", d.Severity, d.Summary, d.Detail, d.Attribute))
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// comparedValidation validates twice, and requires that the framework would have said the same.
func (s *Server) comparedValidation(req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	s.t.Helper()
	ctx, c := s.context(), s.comparison
	resp, err := s.server.ValidateResourceConfig(ctx, req)
	if err != nil || c == nil {
		return resp, err
	}
	question := names{}.of(lines("validate "+req.TypeName, c.settings, dynamicText(req.Config)), true)
	if _, asked := c.equal.LoadOrStore(digest(question, diagnosticsText(resp.Diagnostics)), true); asked {
		return resp, nil
	}
	want, err := c.framework.ValidateResourceConfig(ctx, req)
	if err != nil {
		return want, err
	}
	again, err := s.server.ValidateResourceConfig(ctx, req)
	if err != nil {
		return again, err
	}
	for _, got := range []*tfprotov6.ValidateResourceConfigResponse{resp, again} {
		if g, w := diagnosticsText(got.Diagnostics), diagnosticsText(want.Diagnostics); g != w {
			s.t.Errorf("the validation of %s is not the framework's:\n%s\nthe framework's:\n%s", req.TypeName, g, w)
		}
	}
	return resp, nil
}

// ComparedUpgrade reads a stored state, requires that the framework would have read the same, and reports whether the server passed the
// JSON on as it is.
func (s *Server) ComparedUpgrade(typeName string, stored []byte) (passedOn bool) {
	s.t.Helper()
	req := &tfprotov6.UpgradeResourceStateRequest{TypeName: typeName, Version: s.resource(typeName).Version, RawState: &tfprotov6.RawState{JSON: stored}}
	got, errGot := s.server.UpgradeResourceState(s.context(), req)
	want, errWant := s.comparison.framework.UpgradeResourceState(s.context(), req)
	if errGot != nil || errWant != nil {
		s.t.Fatal(errGot, errWant)
	}
	g, w := s.static(typeName, got.UpgradedState), s.static(typeName, want.UpgradedState)
	if diagnosticsText(got.Diagnostics) != diagnosticsText(want.Diagnostics) || !g.Equal(w) {
		s.t.Errorf("%s is read as %s %s\nby the framework as %s %s", stored, g, diagnosticsText(got.Diagnostics), w, diagnosticsText(want.Diagnostics))
	}
	return got.UpgradedState != nil && got.UpgradedState.JSON != nil
}
