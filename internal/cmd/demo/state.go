package main

import (
	"context"
	"encoding/json"
	"sort"
	"strings"

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

// isLink tells a payment link from other resources by its type's name.
func isLink(typeName string) bool {
	return strings.HasPrefix(typeName, "paymentlinks_") && strings.HasSuffix(typeName, "_link")
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
		switch actions := strings.Join(each.Change.Actions, ","); {
		case isLink(each.Type) && actions == "create":
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
		if each.Mode != "managed" || !isLink(each.Type) {
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
			Address: each.Address, Vendor: vendorOf(each.Type), ID: values.ID, URL: values.URL, State: values.State,
			Amount: amount(values.Amount, values.Total, values.Currency),
		})
	}
	sort.Slice(links, func(i, j int) bool { return links[i].Address < links[j].Address })
	return links, nil
}

// vendorOf is the middle of a link's type name.
func vendorOf(typeName string) string {
	return strings.TrimSuffix(strings.TrimPrefix(typeName, "paymentlinks_"), "_link")
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
