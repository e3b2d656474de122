package qonto

import (
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

// readSeed reads a link of a seed. It comes back as it was given, without keys that the sample lacks, and does not expire by the
// clock.
func readSeed(data []byte) (string, *Link, error) {
	var sample seedLink
	if err := vendorapi.UnmarshalStrict(data, &sample); err != nil {
		return "", nil, err
	}
	if !vendorapi.IsUUID(sample.ID) || sample.Status == "" {
		return "", nil, errors.New("a link needs a UUID as id, and a status")
	}
	if _, ok := parseDecimal(sample.Amount.Value); !ok {
		return "", nil, fmt.Errorf("amount %q is not a decimal", sample.Amount.Value)
	}
	link := &Link{
		ID: sample.ID, URL: sample.URL, Status: sample.Status, ResourceType: sample.ResourceType, Amount: Amount(sample.Amount),
		Methods: sample.PotentialPaymentMethods, Reusable: sample.Reusable,
		InvoiceID: sample.InvoiceID, InvoiceNumber: sample.InvoiceNumber, DebitorName: sample.DebitorName,
		CreatedAt: sample.CreatedAt, ExpirationDate: sample.ExpirationDate, frozen: true,
	}
	for _, item := range sample.Items {
		if item.Quantity == "" {
			return "", nil, fmt.Errorf("item %q has no quantity", item.Title)
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
	var err error
	link.hidden, err = absentKeys(data)
	return link.ID, link, err
}

// absentKeys are the optional keys that a sample does not have.
func absentKeys(data []byte) (map[string]bool, error) {
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
