package conomy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// made are the fields that the vendor makes (section 2.3).
var made = []string{"id", "status", "preTaxAmount", "totalAmount", "url", "createdAt"}

// Seed adds links in the vendor's own JSON: one link, a list answer, or an array. They come back as they were given, and do
// not expire by the clock, because published samples are long past. On an error none is added.
func (s *Server) Seed(data []byte) error {
	samples, err := unpack(data)
	if err != nil {
		return fmt.Errorf("conomy seed: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	links := make([]*Link, 0, len(samples))
	for i, sample := range samples {
		link, err := readSeed(sample)
		if err != nil {
			return fmt.Errorf("conomy seed, link %d: %w", i, err)
		}
		links = append(links, link)
	}
	for _, link := range links {
		s.links.Put(link.ID, link)
	}
	return nil
}

func unpack(data []byte) ([]any, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var in any
	if err := decoder.Decode(&in); err != nil {
		return nil, err
	}
	if list, ok := in.([]any); ok {
		return list, nil
	}
	if page, ok := in.(values); ok {
		if list, ok := page["results"].([]any); ok {
			return list, nil
		}
	}
	return []any{in}, nil
}

func readSeed(in any) (*Link, error) {
	sample, ok := in.(values)
	if !ok {
		return nil, errors.New("not a JSON object")
	}
	for name := range sample {
		if !slices.Contains(made, name) && !slices.ContainsFunc(linkFields(Switches{}), func(f field) bool { return f.name == name }) {
			return nil, fmt.Errorf("a link has no field %q", name)
		}
	}
	text := func(name string) string {
		s, _ := sample[name].(string)
		return s
	}
	created, err := time.Parse(time.RFC3339, text("createdAt"))
	if err != nil || text("id") == "" || text("status") == "" || text("checkoutToken") == "" {
		return nil, errors.New("a link needs id, status, checkoutToken and createdAt")
	}
	link := &Link{
		ID: text("id"), URL: text("url"), Status: text("status"), CheckoutToken: text("checkoutToken"), Currency: text("currency"),
		TotalAmount: text("totalAmount"), CreatedAt: created, terms: sample, seeded: sample,
	}
	link.Expires = created.Add(link.lifetime())
	return link, nil
}
