// Package powens is Powens' payment links. Sections and rows in its comments are those of the vendor's contract.
package powens

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
)

// Account is a PaymentAccount (4.1).
type Account struct {
	SchemeName     string `json:"scheme_name"`
	Identification string `json:"identification"`
	Label          string `json:"label"`
	Issuer         string `json:"issuer,omitempty"`
}

// Identity is who pays, is paid or asks for the payment (4.2).
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

// Link is a PaymentLink as Powens answers it (2.3). What an answer leaves out or nulls is the zero value.
type Link struct {
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
	Redirect            bool          `json:"redirect"`
	RedirectURI         string        `json:"redirect_uri"`
	RedirectState       *string       `json:"redirect_state"`
	LastPaymentID       json.Number   `json:"last_payment_id"`
	URL                 string        `json:"url"`
	RevokedAt           string        `json:"revoked_at"`
	AttemptState        string        `json:"attempt_state"`
}

// createBody is a PaymentLinkRequest (2.2). The payer's key is always there (row 16); the redirect's two only when there
// is one (row 14).
type createBody struct {
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
	RedirectState       *string      `json:"redirect_state,omitempty"`
}

// client is the configured account's calls.
type client struct {
	api     *rest.Client
	account driver.Account
}

var (
	_ driver.Client[model, Link] = (*client)(nil)
	_ driver.Lister[Link]        = (*client)(nil)
	_ driver.ClockSkewer         = (*client)(nil)
	_ driver.Revoker             = (*client)(nil)
	_ driver.Pager[Link]         = (*client)(nil)
)

func (c *client) Account() driver.Account { return c.account }

// ClockSkew returns how far the vendor's clock is ahead of ours, at least.
func (c *client) ClockSkew() (time.Duration, bool) { return c.api.ClockSkew() }

// Create sends one POST. There is no idempotency key (5).
func (c *client) Create(ctx context.Context, plan, _ *model, _ string) (Link, error) {
	body, sensitive := plan.request()
	return c.one(ctx, rest.Request{Method: http.MethodPost, Path: links(), Body: body, Sensitive: sensitive})
}

func (c *client) Get(ctx context.Context, key driver.Key) (Link, error) {
	return c.one(ctx, rest.Request{Method: http.MethodGet, Path: links(key.ID)})
}

// Revoke ends the link (2.1). A repetition does no harm: it is a 404, as for a link that is gone (row 5).
func (c *client) Revoke(ctx context.Context, key driver.Key) error {
	_, err := c.api.Do(ctx, rest.Request{Method: http.MethodPost, Path: links(key.ID), Suffix: ":revoke", Idempotent: true})
	return err
}

// List is one bare array, without pages (2.1): each link is handed on as it comes.
func (c *client) List(ctx context.Context, _ driver.Query) iter.Seq2[Link, error] {
	return rest.Elements[Link](ctx, c.api, rest.Request{Method: http.MethodGet, Path: links()}, "")
}

// PageAt is the whole list: it has no pages.
func (c *client) PageAt(ctx context.Context, _, _ string) (paging.Page[Link, string], error) {
	all, err := rest.Collect[Link](ctx, c.api, rest.Request{Method: http.MethodGet, Path: links()}, "")
	return paging.Page[Link, string]{Links: all}, err
}

// one makes a call that answers with one link.
func (c *client) one(ctx context.Context, call rest.Request) (Link, error) {
	var found Link
	call.Out = &found
	done, err := c.api.Do(ctx, call)
	if err != nil {
		return Link{}, err
	}
	if found.ID == "" {
		return Link{}, &rest.Error{
			Method: call.Method, Path: "/api/payment-links", Status: done.Status, RequestID: done.RequestID,
			Message: "the answer holds no payment link", Outcome: rest.Unknown,
		}
	}
	return found, nil
}

// links is the path of the collection, or of one link.
func links(id ...string) []string { return append([]string{"api", "payment-links"}, id...) }
