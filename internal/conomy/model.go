package conomy

import (
	"cmp"
	"encoding/json"
	"math"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// model is a link as Terraform holds it.
type model struct {
	driver.Model
	RenewBefore           types.String `tfsdk:"renew_before"`
	CheckoutToken         types.String `tfsdk:"checkout_token"`
	Currency              types.String `tfsdk:"currency"`
	Items                 types.List   `tfsdk:"items"`
	PaymentMethodsAllowed types.Set    `tfsdk:"payment_methods_allowed"`
	Customer              types.Object `tfsdk:"customer"`
	Destinations          types.List   `tfsdk:"destinations"`
	Duration              types.Number `tfsdk:"duration"`
	CustomerRequirements  types.Set    `tfsdk:"customer_requirements"`
	Owner                 types.Object `tfsdk:"owner"`
	SuccessURL            types.String `tfsdk:"success_url"`
	FailedURL             types.String `tfsdk:"failed_url"`
	Activate              types.Bool   `tfsdk:"activate"`
	Status                types.String `tfsdk:"status"`
	PreTaxAmount          types.String `tfsdk:"pre_tax_amount"`
	TotalAmount           types.String `tfsdk:"total_amount"`
	CreatedAt             types.String `tfsdk:"created_at"`
	ExpiresAt             types.String `tfsdk:"expires_at"`
}

var (
	itemTypes        = tfvalue.ObjectTypes(itemAttributes)
	taxTypes         = tfvalue.ObjectTypes(taxAttributes)
	customerTypes    = tfvalue.ObjectTypes(customerAttributes)
	addressTypes     = tfvalue.ObjectTypes(addressAttributes)
	destinationTypes = tfvalue.ObjectTypes(destinationAttributes)
	identityTypes    = tfvalue.ObjectTypes(identityAttributes)
	metadataTypes    = tfvalue.ObjectTypes(metadataAttributes)
	accountTypes     = tfvalue.ObjectTypes(accountAttributes)
	ownerTypes       = tfvalue.ObjectTypes(ownerAttributes)
)

// Model maps an answer. An absent object, null and {} are the same (contract 8.13).
func (vendor) Model(l Link) model {
	return model{
		Model:                 driver.Model{ID: tfvalue.StringOrNull(l.ID), URL: tfvalue.StringOrNull(l.URL)},
		CheckoutToken:         tfvalue.StringOrNull(l.CheckoutToken),
		Currency:              tfvalue.StringOrNull(l.Currency),
		Items:                 tfvalue.ObjectList(itemTypes(), l.Items, itemObject),
		PaymentMethodsAllowed: tfvalue.StringSet(l.PaymentMethodsAllowed),
		Customer:              customerObject(l.Customer),
		Destinations:          tfvalue.ObjectList(destinationTypes(), l.Destinations, destinationObject),
		Duration:              money.NumberFromJSON(l.Duration),
		CustomerRequirements:  tfvalue.StringSet(l.CustomerRequirements),
		Owner:                 l.Owner.texts().ObjectOrNull(ownerTypes(), nil),
		SuccessURL:            tfvalue.StringOrNull(l.SuccessURL),
		FailedURL:             tfvalue.StringOrNull(l.FailedURL),
		Activate:              types.BoolValue(isActivated(l.Status)),
		Status:                tfvalue.StringOrNull(l.Status),
		PreTaxAmount:          tfvalue.StringOrNull(l.PreTaxAmount),
		TotalAmount:           tfvalue.StringOrNull(l.TotalAmount),
		CreatedAt:             tfvalue.StringOrNull(l.CreatedAt),
		ExpiresAt:             expiresAt(l),
	}
}

func itemObject(i Item) types.Object {
	tax := cmp.Or(i.Tax, &Tax{}).texts().ObjectOrNull(taxTypes(), nil)
	return i.texts().ObjectOrNull(itemTypes(), map[string]attr.Value{"tax": tax})
}

func customerObject(c *Customer) types.Object {
	c = cmp.Or(c, &Customer{})
	address := cmp.Or(c.Address, &Address{}).texts().ObjectOrNull(addressTypes(), nil)
	return c.texts().ObjectOrNull(customerTypes(), map[string]attr.Value{"address": address})
}

func destinationObject(d Destination) types.Object {
	d.Type = cmp.Or(d.Type, destinationAccount) // shown as null by older documents, although there is no other type (contract 4.5)
	return d.texts().ObjectOrNull(destinationTypes(), map[string]attr.Value{
		"identity": cmp.Or(d.Identity, &Identity{}).texts().ObjectOrNull(identityTypes(), nil),
		"metadata": cmp.Or(d.Metadata, &Metadata{}).texts().ObjectOrNull(metadataTypes(), nil),
		"account":  d.Account.texts().ObjectOrNull(accountTypes(), nil),
	})
}

// expiry returns created_at + duration (contract 3.6, inferred); the zero time where one of them does not say.
func (l Link) expiry() time.Time {
	created, ok := tfvalue.ParseTime(l.CreatedAt)
	life, known := lifeOf(l.Duration)
	if !ok || !known {
		return time.Time{}
	}
	return created.Add(life)
}

// lifeOf returns a duration of so many seconds; false for what is none.
func lifeOf(duration json.Number) (time.Duration, bool) {
	seconds, err := duration.Int64()
	if err != nil || seconds < 0 || seconds > int64(math.MaxInt64/time.Second) {
		return 0, false
	}
	return time.Duration(seconds) * time.Second, true
}

func expiresAt(l Link) types.String {
	if expiry := l.expiry(); !expiry.IsZero() {
		return types.StringValue(expiry.Format(time.RFC3339Nano))
	}
	return types.StringNull()
}
