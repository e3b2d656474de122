package conomy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// made are the fields that the vendor makes (contract 2.3).
var made = []string{"id", "status", "preTaxAmount", "totalAmount", "url", "createdAt"}

// readSeed reads a link of a seed. It comes back as it was given, and does not expire by the clock, because published samples are
// long past.
func readSeed(data []byte) (string, *Link, error) {
	var sample values
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&sample); err != nil {
		return "", nil, err
	}
	for name := range sample {
		if !slices.Contains(made, name) && !slices.ContainsFunc(linkFields(Switches{}), func(f field) bool { return f.name == name }) {
			return "", nil, fmt.Errorf("a link has no field %q", name)
		}
	}
	text := func(name string) string {
		s, _ := sample[name].(string)
		return s
	}
	created, err := time.Parse(time.RFC3339, text("createdAt"))
	if err != nil || text("id") == "" || text("status") == "" || text("checkoutToken") == "" {
		return "", nil, errors.New("a link needs id, status, checkoutToken and createdAt")
	}
	link := &Link{
		ID: text("id"), URL: text("url"), Status: text("status"), CheckoutToken: text("checkoutToken"), Currency: text("currency"),
		TotalAmount: text("totalAmount"), CreatedAt: created, terms: sample, seeded: sample,
	}
	link.Expires = created.Add(link.lifetime())
	return link.ID, link, nil
}
