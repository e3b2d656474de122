package abacus

import (
	"encoding/json"
	"math/big"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"
)

// Link is a payment link as Abacus answers it (contract 2.1).
type Link struct {
	lenient.Unread
	Number   json.Number       `json:"number"`
	Page     string            `json:"page"`
	Title    string            `json:"title"`
	Mills    *money.Number     `json:"mills"`
	Currency string            `json:"currency"`
	Metadata map[string]string `json:"metadata"`
	Hours    json.Number       `json:"hours"`
	Status   string            `json:"status"`
	Made     int64             `json:"made"`
	Ends     int64             `json:"ends"`
}

// answer is the answer to every call (contract 2.1).
type answer struct {
	Paylink Link `json:"paylink"`
}

func (a answer) id() string { return a.Paylink.Number.String() }

// createRequest is the body of a create (contract 2.2). Hours that are not set are left out.
type createRequest struct {
	Title    string            `json:"title"`
	Mills    *big.Int          `json:"mills"`
	Currency string            `json:"currency"`
	Metadata map[string]string `json:"metadata,omitempty"`
	Hours    json.Number       `json:"hours,omitempty"`
}
