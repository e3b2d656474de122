package conomy

import (
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
		Owner: tfvalue.ObjectOrNull(ownerTypes(), map[string]attr.Value{
			"identity_id": tfvalue.StringOrNull(l.Owner.IdentityID), "name": tfvalue.StringOrNull(l.Owner.Name), "lastname": tfvalue.StringOrNull(l.Owner.Lastname),
			"nickname": tfvalue.StringOrNull(l.Owner.Nickname), "document_number": tfvalue.StringOrNull(l.Owner.DocumentNumber), "entity_type": tfvalue.StringOrNull(l.Owner.EntityType),
		}),
		SuccessURL:   tfvalue.StringOrNull(l.SuccessURL),
		FailedURL:    tfvalue.StringOrNull(l.FailedURL),
		Activate:     types.BoolValue(isActivated(l.Status)),
		Status:       tfvalue.StringOrNull(l.Status),
		PreTaxAmount: tfvalue.StringOrNull(l.PreTaxAmount),
		TotalAmount:  tfvalue.StringOrNull(l.TotalAmount),
		CreatedAt:    tfvalue.StringOrNull(l.CreatedAt),
		ExpiresAt:    expiresAt(l),
	}
}

func itemObject(i Item) types.Object {
	tax := types.ObjectNull(taxTypes())
	if i.Tax != nil {
		tax = tfvalue.ObjectOrNull(taxTypes(), map[string]attr.Value{
			"name": tfvalue.StringOrNull(i.Tax.Name), "type": tfvalue.StringOrNull(i.Tax.Type), "value": money.DecimalOrNull(i.Tax.Value), "amount": money.DecimalOrNull(i.Tax.Amount),
		})
	}
	return tfvalue.ObjectOrNull(itemTypes(), map[string]attr.Value{
		"pre_tax_amount": money.DecimalOrNull(i.PreTaxAmount), "total_amount": money.DecimalOrNull(i.TotalAmount), "description": tfvalue.StringOrNull(i.Description), "tax": tax,
	})
}

func customerObject(c *Customer) types.Object {
	if c == nil {
		return types.ObjectNull(customerTypes())
	}
	address := types.ObjectNull(addressTypes())
	if a := c.Address; a != nil {
		address = tfvalue.ObjectOrNull(addressTypes(), map[string]attr.Value{
			"administrative_area_level1": tfvalue.StringOrNull(a.AdministrativeAreaLevel1),
			"administrative_area_level2": tfvalue.StringOrNull(a.AdministrativeAreaLevel2),
			"administrative_area_level3": tfvalue.StringOrNull(a.AdministrativeAreaLevel3),
			"street":                     tfvalue.StringOrNull(a.Street),
			"street_number":              tfvalue.StringOrNull(a.StreetNumber),
			"optional_address":           tfvalue.StringOrNull(a.OptionalAddress),
			"country":                    tfvalue.StringOrNull(a.Country),
			"zipcode":                    tfvalue.StringOrNull(a.Zipcode),
		})
	}
	return tfvalue.ObjectOrNull(customerTypes(), map[string]attr.Value{
		"id":                  tfvalue.StringOrNull(c.ID),
		"first_name":          tfvalue.StringOrNull(c.FirstName),
		"last_name":           tfvalue.StringOrNull(c.LastName),
		"email":               tfvalue.StringOrNull(c.Email),
		"phone_number":        tfvalue.StringOrNull(c.PhoneNumber),
		"phone_number_prefix": tfvalue.StringOrNull(c.PhoneNumberPrefix),
		"document_type":       tfvalue.StringOrNull(c.DocumentType),
		"document_number":     tfvalue.StringOrNull(c.DocumentNumber),
		"address":             address,
	})
}

func destinationObject(d Destination) types.Object {
	metadata := types.ObjectNull(metadataTypes())
	if d.Metadata != nil {
		metadata = tfvalue.ObjectOrNull(metadataTypes(), map[string]attr.Value{
			"image": tfvalue.StringOrNull(d.Metadata.Image), "description": tfvalue.StringOrNull(d.Metadata.Description), "category": tfvalue.StringOrNull(d.Metadata.Category),
		})
	}
	identity := types.ObjectNull(identityTypes())
	if d.Identity != nil {
		identity = tfvalue.ObjectOrNull(identityTypes(), map[string]attr.Value{"identity_id": tfvalue.StringOrNull(d.Identity.IdentityID)})
	}
	kind := d.Type
	if kind == "" { // shown as null by older documents, although there is no other type (contract 4.5)
		kind = destinationAccount
	}
	return tfvalue.ObjectOrNull(destinationTypes(), map[string]attr.Value{
		"name": tfvalue.StringOrNull(d.Name), "type": types.StringValue(kind), "external_id": tfvalue.StringOrNull(d.ExternalID), "amount": money.DecimalOrNull(d.Amount),
		"currency": tfvalue.StringOrNull(d.Currency), "identity": identity, "metadata": metadata,
		"account": tfvalue.ObjectOrNull(accountTypes(), map[string]attr.Value{
			"account_number": tfvalue.StringOrNull(d.Account.AccountNumber), "type": tfvalue.StringOrNull(d.Account.Type),
			"currency": tfvalue.StringOrNull(d.Account.Currency), "account_holder": tfvalue.StringOrNull(d.Account.AccountHolder),
		}),
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
