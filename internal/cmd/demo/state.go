package main

import (
	"context"
	"sort"
	"strings"
)

// declared is a link as the engine has it in its state.
type declared struct {
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
func planned(ctx context.Context, c *cli, file string) (creates, others int, err error) {
	var plan struct {
		Changes []struct {
			Type   string `json:"type"`
			Change struct {
				Actions []string `json:"actions"`
			} `json:"change"`
		} `json:"resource_changes"`
	}
	if err := c.read(ctx, &plan, "show", "-json", file); err != nil {
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

// inState lists the links of the root module, by address.
func inState(ctx context.Context, c *cli) ([]declared, error) {
	var state struct {
		Values struct {
			Root struct {
				Resources []struct {
					Address string `json:"address"`
					Type    string `json:"type"`
					Mode    string `json:"mode"`
					Values  struct {
						ID       string `json:"id"`
						URL      string `json:"url"`
						State    string `json:"state"`
						Amount   any    `json:"amount"`
						Total    any    `json:"total_amount"`
						Currency string `json:"currency"`
					} `json:"values"`
				} `json:"resources"`
			} `json:"root_module"`
		} `json:"values"`
	}
	if err := c.read(ctx, &state, "show", "-json"); err != nil {
		return nil, err
	}
	var links []declared
	for _, each := range state.Values.Root.Resources {
		if each.Mode != "managed" || !isLink(each.Type) {
			continue
		}
		links = append(links, declared{
			Address: each.Address, Vendor: vendorOf(each.Type), ID: each.Values.ID, URL: each.Values.URL, State: each.Values.State,
			Amount: amount(each.Values.Amount, each.Values.Total, each.Values.Currency),
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
