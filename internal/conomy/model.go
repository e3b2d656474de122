package conomy

import (
	"math"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// model is a link as Terraform holds it.
type model struct {
	driver.Model
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

// kinds are the attributes of an object.
type kinds = map[string]attr.Type

var (
	taxTypes  = kinds{"name": types.StringType, "type": types.StringType, "value": money.DecimalType{}, "amount": money.DecimalType{}}
	itemTypes = kinds{
		"pre_tax_amount": money.DecimalType{}, "total_amount": money.DecimalType{}, "description": types.StringType,
		"tax": types.ObjectType{AttrTypes: taxTypes},
	}
	addressTypes = textKinds("administrative_area_level1", "administrative_area_level2", "administrative_area_level3",
		"street", "street_number", "optional_address", "country", "zipcode")
	customerTypes = with(textKinds("id", "first_name", "last_name", "email", "phone_number", "phone_number_prefix",
		"document_type", "document_number"), kinds{"address": types.ObjectType{AttrTypes: addressTypes}})
	metadataTypes    = textKinds("image", "description", "category")
	accountTypes     = textKinds("account_number", "type", "currency", "account_holder")
	destinationTypes = with(textKinds("name", "type", "external_id"), kinds{
		"amount": money.DecimalType{}, "metadata": types.ObjectType{AttrTypes: metadataTypes}, "account": types.ObjectType{AttrTypes: accountTypes},
	})
	ownerTypes = textKinds("identity_id", "name", "lastname", "nickname", "document_number", "entity_type")
)

// Model maps an answer.
func (vendor) Model(l Link) model {
	return model{
		Model:                 driver.Model{ID: tfvalue.StringOrNull(l.ID), URL: tfvalue.StringOrNull(l.URL)},
		CheckoutToken:         tfvalue.StringOrNull(l.CheckoutToken),
		Currency:              tfvalue.StringOrNull(l.Currency),
		Items:                 listOf(itemTypes, l.Items, itemObject),
		PaymentMethodsAllowed: setOf(l.PaymentMethodsAllowed),
		Customer:              customerObject(l.Customer),
		Destinations:          listOf(destinationTypes, l.Destinations, destinationObject),
		Duration:              money.NumberFromJSON(l.Duration),
		CustomerRequirements:  setOf(l.CustomerRequirements),
		Owner: filled(ownerTypes, values{
			"identity_id": tfvalue.StringOrNull(l.Owner.IdentityID), "name": tfvalue.StringOrNull(l.Owner.Name), "lastname": tfvalue.StringOrNull(l.Owner.Lastname),
			"nickname": tfvalue.StringOrNull(l.Owner.Nickname), "document_number": tfvalue.StringOrNull(l.Owner.DocumentNumber), "entity_type": tfvalue.StringOrNull(l.Owner.EntityType),
		}),
		SuccessURL:   tfvalue.StringOrNull(l.SuccessURL),
		FailedURL:    tfvalue.StringOrNull(l.FailedURL),
		Activate:     types.BoolValue(activated(l.Status)),
		Status:       tfvalue.StringOrNull(l.Status),
		PreTaxAmount: tfvalue.StringOrNull(l.PreTaxAmount),
		TotalAmount:  tfvalue.StringOrNull(l.TotalAmount),
		CreatedAt:    tfvalue.StringOrNull(l.CreatedAt),
		ExpiresAt:    expiresAt(l),
	}
}

func itemObject(i Item) types.Object {
	tax := types.ObjectNull(taxTypes)
	if i.Tax != nil {
		tax = filled(taxTypes, values{
			"name": tfvalue.StringOrNull(i.Tax.Name), "type": tfvalue.StringOrNull(i.Tax.Type), "value": money.DecimalOrNull(i.Tax.Value), "amount": money.DecimalOrNull(i.Tax.Amount),
		})
	}
	return filled(itemTypes, values{
		"pre_tax_amount": money.DecimalOrNull(i.PreTaxAmount), "total_amount": money.DecimalOrNull(i.TotalAmount), "description": tfvalue.StringOrNull(i.Description), "tax": tax,
	})
}

func customerObject(c *Customer) types.Object {
	if c == nil {
		return types.ObjectNull(customerTypes)
	}
	address := types.ObjectNull(addressTypes)
	if a := c.Address; a != nil {
		address = filled(addressTypes, values{
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
	return filled(customerTypes, values{
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
	metadata := types.ObjectNull(metadataTypes)
	if d.Metadata != nil {
		metadata = filled(metadataTypes, values{
			"image": tfvalue.StringOrNull(d.Metadata.Image), "description": tfvalue.StringOrNull(d.Metadata.Description), "category": tfvalue.StringOrNull(d.Metadata.Category),
		})
	}
	kind := d.Type
	if kind == "" { // shown as null by older documents, although there is no other type (4)
		kind = destinationAccount
	}
	return filled(destinationTypes, values{
		"name": tfvalue.StringOrNull(d.Name), "type": types.StringValue(kind), "external_id": tfvalue.StringOrNull(d.ExternalID), "amount": money.DecimalOrNull(d.Amount),
		"metadata": metadata,
		"account": filled(accountTypes, values{
			"account_number": tfvalue.StringOrNull(d.Account.AccountNumber), "type": tfvalue.StringOrNull(d.Account.Type),
			"currency": tfvalue.StringOrNull(d.Account.Currency), "account_holder": tfvalue.StringOrNull(d.Account.AccountHolder),
		}),
	})
}

// expiry is created_at + duration (3, inferred); false where one of them does not say.
func (l Link) expiry() (time.Time, bool) {
	created, err := time.Parse(time.RFC3339, l.CreatedAt)
	lasts, errLasts := l.Duration.Int64()
	if err != nil || errLasts != nil || lasts < 0 || lasts > int64(math.MaxInt64/time.Second) {
		return time.Time{}, false
	}
	return created.Add(time.Duration(lasts) * time.Second), true
}

func expiresAt(l Link) types.String {
	moment, ok := l.expiry()
	if !ok {
		return types.StringNull()
	}
	return types.StringValue(moment.Format(time.RFC3339Nano))
}
