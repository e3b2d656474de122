package powens

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// seedAccount is a PaymentAccount in the vendor's JSON.
type seedAccount struct {
	SchemeName     string `json:"scheme_name"`
	Identification string `json:"identification"`
	Label          string `json:"label"`
	Issuer         string `json:"issuer"`
}

// seedLink is a PaymentLink in the vendor's JSON (contract 2.3).
type seedLink struct {
	ID                  string       `json:"id"`
	ReferenceID         string       `json:"reference_id"`
	Amount              json.Number  `json:"amount"`
	Currency            string       `json:"currency"`
	Label               string       `json:"label"`
	ExecutionDateType   string       `json:"execution_date_type"`
	Beneficiary         seedAccount  `json:"beneficiary"`
	BeneficiaryIdentity Identity     `json:"beneficiary_identity"`
	Payer               *seedAccount `json:"payer"`
	PayerIdentity       Identity     `json:"payer_identity"`
	OperatorIdentity    Identity     `json:"operator_identity"`
	Redirect            bool         `json:"redirect"`
	RedirectURI         string       `json:"redirect_uri"`
	RedirectState       *string      `json:"redirect_state"`
	LastPaymentID       int          `json:"last_payment_id"`
	URL                 string       `json:"url"`
	RevokedAt           string       `json:"revoked_at"`
	AttemptState        string       `json:"attempt_state"`
}

// readSeed reads a link of a seed.
func readSeed(data []byte) (string, *Link, error) {
	var sample seedLink
	if err := vendorapi.UnmarshalStrict(data, &sample); err != nil {
		return "", nil, err
	}
	if !vendorapi.IsUUID(sample.ID) || !numberForm.MatchString(sample.Amount.String()) {
		return "", nil, errors.New("a link needs a UUID as id, and an amount")
	}
	link := &Link{
		ID: sample.ID, Domain: DefaultDomain, URL: sample.URL, ReferenceID: sample.ReferenceID, Amount: sample.Amount.String(),
		Currency: sample.Currency, Label: sample.Label, ExecutionDateType: sample.ExecutionDateType,
		Beneficiary: Account(sample.Beneficiary), BeneficiaryIdentity: sample.BeneficiaryIdentity, PayerIdentity: sample.PayerIdentity,
		OperatorIdentity: sample.OperatorIdentity, Redirect: sample.Redirect, RedirectURI: sample.RedirectURI,
		RedirectState: sample.RedirectState, LastPaymentID: sample.LastPaymentID,
	}
	if sample.Payer != nil {
		payer := Account(*sample.Payer)
		link.Payer = &payer
	}
	if sample.AttemptState != Unavailable {
		link.AttemptState = sample.AttemptState
	}
	if sample.RevokedAt != "" {
		at, err := time.Parse(time.DateTime, sample.RevokedAt)
		if err != nil {
			at, err = time.Parse(time.RFC3339, sample.RevokedAt)
		}
		if err != nil {
			return "", nil, fmt.Errorf("revoked_at %q has neither of the two forms", sample.RevokedAt)
		}
		link.RevokedAt = at
	}
	return link.ID, link, nil
}
