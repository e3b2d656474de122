package protocoltest

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// ValidateAction asks for the faults of an action's configuration, as `terraform validate` does.
func (s *Server) ValidateAction(name string, config Object) Diagnostics {
	s.t.Helper()
	resp, err := s.actions().ValidateActionConfig(s.context(), &tfprotov6.ValidateActionConfigRequest{
		ActionType: name, Config: s.actionConfig(name, config),
	})
	check(s.t, err, nil)
	return convert(resp.Diagnostics)
}

// PlanAction plans an invocation, as `terraform plan` does.
func (s *Server) PlanAction(name string, config Object) Diagnostics {
	s.t.Helper()
	resp, err := s.actions().PlanAction(s.context(), &tfprotov6.PlanActionRequest{ActionType: name, Config: s.actionConfig(name, config)})
	check(s.t, err, nil)
	return convert(resp.Diagnostics)
}

// InvokeAction carries an action out and returns what it reported on the way, in order.
func (s *Server) InvokeAction(ctx context.Context, name string, config Object) ([]string, Diagnostics) {
	s.t.Helper()
	stream, err := s.actions().InvokeAction(ctx, &tfprotov6.InvokeActionRequest{ActionType: name, Config: s.actionConfig(name, config)})
	check(s.t, err, nil)
	var progress []string
	var diags Diagnostics
	completed := 0
	for event := range stream.Events {
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			if completed > 0 {
				s.t.Errorf("%s reported %q after its end", name, event.Message)
			}
			Record(Message{Progress, event.Message, ""})
			progress = append(progress, event.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			completed++
			diags = convert(event.Diagnostics)
		}
	}
	if completed != 1 {
		s.t.Errorf("%s ended %d times", name, completed)
	}
	return progress, diags
}

func (s *Server) actions() tfprotov6.ActionServer {
	s.t.Helper()
	server, ok := s.server.(tfprotov6.ActionServer)
	if !ok {
		s.t.Fatal("the provider's server serves no actions")
	}
	return server
}

func (s *Server) actionConfig(name string, config Object) *tfprotov6.DynamicValue {
	s.t.Helper()
	action, ok := s.schema.ActionSchemas[name]
	if !ok {
		s.t.Fatalf("no action %s", name)
	}
	return s.dynamic(value(action.Schema.ValueType(), config))
}
