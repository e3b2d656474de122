package gigs

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Seed adds links to Project in the vendor's own JSON: one link, a list answer, or an array. Until somebody changes them
// they come back as they were given. On an error none is added.
func (s *Server) Seed(data []byte) error {
	samples, err := unpack(data)
	if err != nil {
		return fmt.Errorf("gigs seed: %w", err)
	}
	links := make([]*Link, 0, len(samples))
	for i, sample := range samples {
		link, err := readSeed(sample)
		if err != nil {
			return fmt.Errorf("gigs seed, link %d: %w", i, err)
		}
		links = append(links, link)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, link := range links {
		s.links.Put(link.ID, link)
	}
	return nil
}

func unpack(data []byte) ([]json.RawMessage, error) {
	var list []json.RawMessage
	if trimmed := bytes.TrimSpace(data); len(trimmed) > 0 && trimmed[0] == '[' {
		err := json.Unmarshal(data, &list)
		return list, err
	}
	var page struct {
		Items *[]json.RawMessage `json:"items"`
	}
	if err := json.Unmarshal(data, &page); err != nil {
		return nil, err
	}
	if page.Items != nil {
		return *page.Items, nil
	}
	return []json.RawMessage{data}, nil
}

func readSeed(data []byte) (*Link, error) {
	sample := linkWire{}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&sample); err != nil {
		return nil, err
	}
	if sample.Object != "paymentLink" || sample.ID == "" || sample.Status == "" || sample.Invoice == "" {
		return nil, errors.New("a link needs the object paymentLink, an id, a status and an invoice")
	}
	var details struct {
		RedirectURL *string `json:"redirectUrl"`
	}
	if sample.Ebanx != nil {
		if err := json.Unmarshal(sample.Ebanx, &details); err != nil {
			return nil, err
		}
	}
	link := &Link{
		Project: Project, ID: sample.ID, Invoice: sample.Invoice, Type: sample.Type, Status: sample.Status, PaymentURL: sample.PaymentURL,
		RedirectURL: details.RedirectURL, seeded: &sample,
	}
	var err error
	if link.CreatedAt, err = time.Parse(time.RFC3339, sample.CreatedAt); err != nil {
		return nil, err
	}
	for raw, at := range map[*rawJSON]*time.Time{&sample.CanceledAt: &link.CanceledAt, &sample.CompletedAt: &link.CompletedAt} {
		if *raw == nil {
			continue
		}
		var moment *time.Time
		if err := json.Unmarshal(*raw, &moment); err != nil {
			return nil, err
		}
		if moment != nil {
			*at = *moment
		}
	}
	return link, nil
}
