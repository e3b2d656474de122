package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// search is how the guide "When a create fails or is killed" has people look for a link: one list call of the vendor's.
type search struct {
	path  string
	query url.Values
	list  string // the key of the list; empty where the answer is one
	key   string // what tells the link, as it stands in the answer
}

func (d declared) search() search {
	switch d.vendor {
	case "powens":
		return search{path: "/api/payment-links", key: `"label":"` + d.mark() + `"`}
	case "conomy":
		return search{path: "/payment-links", query: url.Values{"owner.identityId": {"65f1a7c2e4b0d81f3a9c7e21"}, "limit": {"50"}}, list: "results", key: `"checkoutToken":"` + d.token() + `"`}
	case "gigs":
		return search{path: "/projects/gigs/paymentLinks", query: url.Values{"invoice": {d.mark()}, "status": {"active"}}, list: "items", key: `"invoice":"` + d.mark() + `"`}
	default:
		return search{path: "/v2/payment_links", query: url.Values{"status[]": {"open"}}, list: "payment_links", key: `"title":"` + d.mark() + `"`}
	}
}

// find looks a link up at its vendor, by what it was declared with, and returns the ids of those that live.
func (c *chaos) find(ctx context.Context, d declared) ([]string, error) {
	made := c.box.Requests(sandbox.ByOp(d.vendor, "create"))
	if len(made) == 0 { // nothing was ever asked for
		return nil, nil
	}
	if err := (clock.System{}).Sleep(ctx, listLag); err != nil {
		return nil, err
	}
	s := d.search()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.box.URL()+"/"+d.vendor+s.path+"?"+s.query.Encode(), nil)
	if err != nil {
		return nil, err
	}
	request.Header = made[len(made)-1].Header.Clone() // the provider's own credentials
	for _, name := range []string{"Content-Length", "Content-Type", "Accept-Encoding"} {
		request.Header.Del(name)
	}
	elements, err := ask(request, s.list)
	if err != nil {
		return nil, fmt.Errorf("looking for %s: %w", d.address(), err)
	}
	return c.among(elements, s.key), nil
}

// among are the ids of the elements that hold the key, and live.
func (c *chaos) among(elements []json.RawMessage, key string) (ids []string) {
	living := c.living()
	for _, element := range elements {
		if id := madeID.FindSubmatch(element); id != nil && strings.Contains(string(element), key) && living[string(id[1])] != "" {
			ids = append(ids, string(id[1]))
		}
	}
	return ids
}

func ask(request *http.Request, list string) (elements []json.RawMessage, err error) {
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	if response.StatusCode != http.StatusOK {
		return nil, errors.New(response.Status)
	}
	if list == "" {
		return elements, json.NewDecoder(response.Body).Decode(&elements)
	}
	around := map[string]json.RawMessage{}
	if err := json.NewDecoder(response.Body).Decode(&around); err != nil {
		return nil, err
	}
	return elements, json.Unmarshal(around[list], &elements)
}
