package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// search looks a link up at its vendor, by what it was declared with, and returns the ids of those that live.
// The guide "When a create fails or is killed" has people look for it in that way.
func (c *chaos) search(ctx context.Context, d linkDeclaration) ([]string, error) {
	made := c.box.Requests(sandbox.ByOp(d.vendor.Name, d.vendor.Operations.Create))
	if len(made) == 0 { // nothing was ever asked for
		return nil, nil
	}
	if err := (clock.System{}).Sleep(ctx, listLag); err != nil {
		return nil, err
	}
	s := d.vendor.Search(d.label(), d.token())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.box.URL()+"/"+d.vendor.Name+s.Path+"?"+s.Query.Encode(), nil)
	if err != nil {
		return nil, err
	}
	request.Header = made[len(made)-1].Header.Clone() // the provider's own credentials
	for _, name := range []string{"Content-Length", "Content-Type", "Accept-Encoding"} {
		request.Header.Del(name)
	}
	elements, err := ask(request, s.List)
	if err != nil {
		return nil, fmt.Errorf("looking for %s: %w", d.address(), err)
	}
	return c.idsIn(elements, s.Text), nil
}

// idsIn are the ids of the elements that hold the key, and live.
func (c *chaos) idsIn(elements []json.RawMessage, key string) (ids []string) {
	living := c.findLiveLinks()
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
