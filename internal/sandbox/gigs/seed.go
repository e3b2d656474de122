package gigs

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// readSeed reads a link of a seed. Until somebody changes it, it comes back as it was given.
func readSeed(data []byte) (string, *Link, error) {
	sample := linkWire{}
	if err := vendorapi.UnmarshalStrict(data, &sample); err != nil {
		return "", nil, err
	}
	if sample.Object != "paymentLink" || sample.ID == "" || sample.Status == "" || sample.Invoice == "" {
		return "", nil, errors.New("a link needs the object paymentLink, an id, a status and an invoice")
	}
	var details struct {
		RedirectURL *string `json:"redirectUrl"`
	}
	if sample.Ebanx != nil {
		if err := json.Unmarshal(sample.Ebanx, &details); err != nil {
			return "", nil, err
		}
	}
	link := &Link{
		Project: Project, ID: sample.ID, Invoice: sample.Invoice, Type: sample.Type, Status: sample.Status, PaymentURL: sample.PaymentURL,
		RedirectURL: details.RedirectURL, seeded: &sample,
	}
	var err error
	if link.CreatedAt, err = time.Parse(time.RFC3339, sample.CreatedAt); err != nil {
		return "", nil, err
	}
	for raw, at := range map[*json.RawMessage]*time.Time{&sample.CanceledAt: &link.CanceledAt, &sample.CompletedAt: &link.CompletedAt} {
		if *raw == nil {
			continue
		}
		var moment *time.Time
		if err := json.Unmarshal(*raw, &moment); err != nil {
			return "", nil, err
		}
		if moment != nil {
			*at = *moment
		}
	}
	return link.ID, link, nil
}
