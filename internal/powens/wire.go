package powens

import (
	"encoding/json"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"
)

// Account is a PaymentAccount (contract 4.1).
type Account struct {
	SchemeName     string `json:"scheme_name"`
	Identification string `json:"identification"`
	Label          string `json:"label"`
	Issuer         string `json:"issuer,omitempty"`
}

// Identity is who pays, is paid or asks for the payment (contract 4.2).
type Identity struct {
	IDUser             json.Number `json:"id_user,omitempty"`
	Kind               string      `json:"kind,omitempty"`
	ExternalRef        string      `json:"external_ref,omitempty"`
	FirstName          string      `json:"first_name,omitempty"`
	LastName           string      `json:"last_name,omitempty"`
	BirthCity          string      `json:"birth_city,omitempty"`
	BirthCountry       string      `json:"birth_country,omitempty"`
	BirthDate          string      `json:"birth_date,omitempty"`
	Nationality        string      `json:"nationality,omitempty"`
	PostalAddress      string      `json:"postal_address,omitempty"`
	Email              string      `json:"email,omitempty"`
	SchemeName         string      `json:"scheme_name,omitempty"`
	Identification     string      `json:"identification,omitempty"`
	Issuer             string      `json:"issuer,omitempty"`
	UltimateOwnerText  string      `json:"ultimate_owner_text,omitempty"`
	UltimateOwnerExtra string      `json:"ultimate_owner_extra_text,omitempty"`
	PEP                *bool       `json:"pep,omitempty"`
	OrgName            string      `json:"org_name,omitempty"`
	OrgLegalStatus     string      `json:"org_legal_status,omitempty"`
	OrgHQAddress       string      `json:"org_hq_address,omitempty"`
	OrgBusinessAddress string      `json:"org_business_address,omitempty"`
}

// Link is a PaymentLink as Powens answers it (contract 2.3). What an answer leaves out or nulls is the zero value.
type Link struct {
	lenient.Unread
	ID                  string        `json:"id"`
	ReferenceID         string        `json:"reference_id"`
	Amount              *money.Number `json:"amount"`
	Currency            string        `json:"currency"`
	Label               string        `json:"label"`
	ExecutionDateType   string        `json:"execution_date_type"`
	Beneficiary         *Account      `json:"beneficiary"`
	BeneficiaryIdentity *Identity     `json:"beneficiary_identity"`
	Payer               *Account      `json:"payer"`
	PayerIdentity       *Identity     `json:"payer_identity"`
	OperatorIdentity    *Identity     `json:"operator_identity"`
	Redirect            *bool         `json:"redirect"`
	RedirectURI         string        `json:"redirect_uri"`
	RedirectState       *string       `json:"redirect_state"`
	LastPaymentID       json.Number   `json:"last_payment_id"`
	URL                 string        `json:"url"`
	RevokedAt           string        `json:"revoked_at"`
	AttemptState        string        `json:"attempt_state"`
}

// listMeta is what may stand around the list (contract 8.40).
type listMeta struct {
	Links struct {
		Next any `json:"next"`
	} `json:"_links"`
}

// createRequest is a PaymentLinkRequest (contract 2.2). The payer's key is always there (contract 8.16); the redirect's two
// only when there is one (contract 8.14).
type createRequest struct {
	ReferenceID         string       `json:"reference_id,omitempty"`
	Amount              money.Number `json:"amount"`
	Currency            string       `json:"currency"`
	Label               string       `json:"label"`
	ExecutionDateType   string       `json:"execution_date_type"`
	Beneficiary         *Account     `json:"beneficiary"`
	BeneficiaryIdentity *Identity    `json:"beneficiary_identity"`
	Payer               *Account     `json:"payer"`
	PayerIdentity       *Identity    `json:"payer_identity"`
	OperatorIdentity    *Identity    `json:"operator_identity,omitempty"`
	Redirect            bool         `json:"redirect"`
	RedirectURI         *string      `json:"redirect_uri,omitempty"`
	RedirectState       **string     `json:"redirect_state,omitempty"` // to nil for null
}
