package main

import (
	"context"
	"encoding/json"
	"sort"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// stateLink is a link as the engine has it in its state.
type stateLink struct {
	Address string
	Vendor  string
	ID      string
	URL     string
	State   string
	Amount  string // "70.80 EUR"; empty where the vendor has no such attribute
}

// vendorOf is the vendor whose links are resources of a type; not ok for other resources.
func vendorOf(resourceType string) (name string, ok bool) {
	for _, d := range descriptor.All() {
		if d.ResourceType() == resourceType {
			return d.Name, true
		}
	}
	return "", false
}

// planned counts what a saved plan would do: links to create, and changes of any other kind.
func planned(ctx context.Context, w *workspace.Workspace, file string) (creates, others int, err error) {
	var plan struct {
		Changes []struct {
			Type   string `json:"type"`
			Change struct {
				Actions []string `json:"actions"`
			} `json:"change"`
		} `json:"resource_changes"`
	}
	if err := w.Show(ctx, &plan, file); err != nil {
		return 0, 0, err
	}
	for _, each := range plan.Changes {
		_, link := vendorOf(each.Type)
		switch actions := strings.Join(each.Change.Actions, ","); {
		case link && actions == "create":
			creates++
		case actions != "no-op" && actions != "read":
			others++
		}
	}
	return creates, others, nil
}

// linksInState lists the links of the root module, by address.
func linksInState(ctx context.Context, w *workspace.Workspace) ([]stateLink, error) {
	resources, err := w.State(ctx)
	if err != nil {
		return nil, err
	}
	var links []stateLink
	for _, each := range resources {
		vendor, link := vendorOf(each.Type)
		if each.Mode != "managed" || !link {
			continue
		}
		var values struct {
			ID       string `json:"id"`
			URL      string `json:"url"`
			State    string `json:"state"`
			Amount   any    `json:"amount"`
			Total    any    `json:"total_amount"`
			Currency string `json:"currency"`
		}
		if err := json.Unmarshal(each.Values, &values); err != nil {
			return nil, err
		}
		links = append(links, stateLink{
			Address: each.Address, Vendor: vendor, ID: values.ID, URL: values.URL, State: values.State,
			Amount: amount(values.Amount, values.Total, values.Currency),
		})
	}
	sort.Slice(links, func(i, j int) bool { return links[i].Address < links[j].Address })
	return links, nil
}

// amount reads what vendors call it: {value, currency}, or a text or a total beside a currency; some do not say.
func amount(from, total any, currency string) string {
	if parts, ok := from.(map[string]any); ok {
		value, _ := parts["value"].(string)
		currency, _ := parts["currency"].(string)
		return strings.TrimSpace(value + " " + currency)
	}
	value, ok := from.(string)
	if !ok {
		value, _ = total.(string)
	}
	return strings.TrimSpace(value + " " + currency)
}
