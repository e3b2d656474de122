package qonto

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// seedItem is an item as published; absent and null are the same.
type seedItem struct {
	Title       string      `json:"title"`
	Type        *string     `json:"type"`
	Description *string     `json:"description"`
	Quantity    json.Number `json:"quantity"`
	MeasureUnit *string     `json:"measure_unit"`
	UnitPrice   amountWire  `json:"unit_price"`
	VATRate     string      `json:"vat_rate"`
}

// seedLink is a link as published, in any generation of the documents.
type seedLink struct {
	ID                      string     `json:"id"`
	Status                  string     `json:"status"`
	ExpirationDate          time.Time  `json:"expiration_date"`
	PotentialPaymentMethods []string   `json:"potential_payment_methods"`
	Amount                  amountWire `json:"amount"`
	ResourceType            string     `json:"resource_type"`
	Items                   []seedItem `json:"items"`
	InvoiceID               string     `json:"invoice_id"`
	InvoiceNumber           string     `json:"invoice_number"`
	DebitorName             string     `json:"debitor_name"`
	Reusable                bool       `json:"reusable"`
	CreatedAt               time.Time  `json:"created_at"`
	URL                     string     `json:"url"`
}

// Seed adds links in the vendor's own JSON: one link, one in its "payment_link" envelope, a list answer, or an array.
// They come back as they were given, without keys that the sample lacks, and do not expire by the clock. On an error none
// is added.
func (s *Server) Seed(data []byte) error {
	samples, err := unpack(data)
	if err != nil {
		return fmt.Errorf("qonto seed: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	links := make([]*Link, 0, len(samples))
	for i, sample := range samples {
		link, err := readSeed(sample)
		if err != nil {
			return fmt.Errorf("qonto seed, link %d: %w", i, err)
		}
		links = append(links, link)
	}
	for _, link := range links {
		s.links.Put(link.ID, link)
	}
	return nil
}

func unpack(data []byte) ([]json.RawMessage, error) {
	var list []json.RawMessage
	if kindOf(data) == "array" {
		err := json.Unmarshal(data, &list)
		return list, err
	}
	var envelope map[string]json.RawMessage
	if err := json.Unmarshal(data, &envelope); err != nil {
		return nil, err
	}
	if one, ok := envelope["payment_link"]; ok {
		return []json.RawMessage{one}, nil
	}
	if many, ok := envelope["payment_links"]; ok {
		err := json.Unmarshal(many, &list)
		return list, err
	}
	return []json.RawMessage{data}, nil
}

func readSeed(data []byte) (*Link, error) {
	var sample seedLink
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&sample); err != nil {
		return nil, err
	}
	if !vendorapi.IsUUID(sample.ID) || sample.Status == "" {
		return nil, errors.New("a link needs a UUID as id, and a status")
	}
	if _, ok := parseDecimal(sample.Amount.Value); !ok {
		return nil, fmt.Errorf("amount %q is not a decimal", sample.Amount.Value)
	}
	link := &Link{
		ID: sample.ID, URL: sample.URL, Status: sample.Status, ResourceType: sample.ResourceType, Amount: Amount(sample.Amount),
		Methods: sample.PotentialPaymentMethods, Reusable: sample.Reusable,
		InvoiceID: sample.InvoiceID, InvoiceNumber: sample.InvoiceNumber, DebitorName: sample.DebitorName,
		CreatedAt: sample.CreatedAt, ExpirationDate: sample.ExpirationDate, frozen: true,
	}
	for _, item := range sample.Items {
		if item.Quantity == "" {
			return nil, fmt.Errorf("item %q has no quantity", item.Title)
		}
		link.Items = append(link.Items, Item{
			Title: item.Title, Quantity: item.Quantity.String(), UnitPrice: Amount(item.UnitPrice), VATRate: item.VATRate,
			Type: item.Type, Description: item.Description, MeasureUnit: item.MeasureUnit,
		})
	}
	if link.ResourceType == "" {
		link.ResourceType = Basket
		if sample.InvoiceID != "" {
			link.ResourceType = Invoice
		}
	}
	hidden, err := missing(data)
	link.hidden = hidden
	return link, err
}

// missing are the optional keys that a sample does not have.
func missing(data []byte) (map[string]bool, error) {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(data, &keys); err != nil {
		return nil, err
	}
	hidden := map[string]bool{}
	for key := range new(linkWire).optional() {
		if _, ok := keys[key]; !ok {
			hidden[key] = true
		}
	}
	return hidden, nil
}
