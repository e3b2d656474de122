package gigs

import (
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
)

// credential is the API key: there is no other way.
var credential = settings.Credential{Vendor: "Gigs", Alone: "api_key", None: "No credentials are set for Gigs.", NoneSet: []string{"api_key"}}

// newAuth returns the API key as a token that is not renewed.
func newAuth(v settings.Values) auth.Source { return auth.Static(v.Text("api_key")) }
