package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
)

// Server serves a provider over protocol 6.
func Server(p provider.Provider) func() tfprotov6.ProviderServer {
	return func() tfprotov6.ProviderServer { return protoserver.New(p, protoserver.ShortcutsEnabled()) }
}
