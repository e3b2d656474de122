package protocoltest

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Stop is what Terraform asks for when its user interrupts it: everything under way is told to end.
func (s *Server) Stop() {
	s.t.Helper()
	resp, err := s.server.StopProvider(s.context(), &tfprotov6.StopProviderRequest{})
	check(s.t, err, nil)
	if resp.Error != "" {
		s.t.Error(resp.Error)
	}
}
