// Package memdriver is a vendor in memory: a driver without HTTP, for the tests of what is generic over vendors. Options make it
// another vendor: without a list, with a revoke call, with idempotency keys, with amounts in minor units, with one-part ids.
//
// It decides what its links are and how its calls answer or fail. It knows neither what package link makes of that nor any other
// vendor.
package memdriver

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
)

// Registration returns the registration of the vendor whose links the store holds. Its settings are `endpoint`, `project` (the
// default of the scope, "proj" unless set, and "none" for no default) and `account`.
func (s *Store) Registration(o Options) link.Registration {
	switch {
	case o.EditPage != nil:
		return register(s, o, func(c client) pagingClient {
			return pagingClient{client: c, lister: lister{c}, revoker: revoker{c}, pager: pager{lister{c}, o.EditPage}}
		})
	case o.NoList && o.Revocable:
		return register(s, o, func(c client) unlistedRevocableClient { return unlistedRevocableClient{c, revoker{c}} })
	case o.NoList:
		return register(s, o, func(c client) client { return c })
	case o.Revocable:
		return register(s, o, func(c client) revocableClient { return revocableClient{c, lister{c}, revoker{c}} })
	}
	return register(s, o, func(c client) listingClient { return listingClient{c, lister{c}} })
}

// A client is put together from the calls that the options give it.
type (
	listingClient struct {
		client
		lister
	}
	revocableClient struct {
		client
		lister
		revoker
	}
	unlistedRevocableClient struct {
		client
		revoker
	}
	pagingClient struct {
		client
		lister
		revoker
		pager
	}
)

func register[C driver.Client[model, Link]](s *Store, o Options, with func(client) C) link.Registration {
	block := settings.Object{Name: o.Info.Name, Description: "Memory.", Settings: []settings.Setting{
		{Name: "endpoint", Description: "Address."}, {Name: "project", Description: "Project."}, settings.Account(""),
	}}
	newClient := func(_ context.Context, v settings.Values, _ rest.Config) (C, diag.Diagnostics) {
		return with(s.newClient(o, v)), nil
	}
	return link.Register(vendor{o}, block, newClient, link.Extras{Actions: []link.ActionSpec{
		{Kind: link.ActionRevoke, Verb: "cancel", Description: "Ends a link."},
		{Kind: link.ActionActivate, Verb: "activate", Description: "Activates a link."},
	}})
}

// newClient returns a client of the account that the settings name. Its owner is the project, unless that is a part of a link's
// identity.
func (s *Store) newClient(o Options, v settings.Values) client {
	account := driver.Account{BaseURL: "https://memory.example", Name: v.Text("account")}
	if v.Text("endpoint") != "" {
		account.BaseURL = v.Text("endpoint")
	}
	project := v.Text("project")
	switch project {
	case "":
		project = "proj"
	case "none":
		project = ""
	}
	if o.Info.Scope == "" {
		account.Owner = project
	}
	return client{store: s, account: account, project: project, digits: o.MinorUnitDigits}
}
