package conomy

import (
	"math"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

// model is a link as Terraform holds it.
type model struct {
	link.Model
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
		Model:                 link.Model{ID: link.Text(l.ID), URL: link.Text(l.URL)},
		CheckoutToken:         link.Text(l.CheckoutToken),
		Currency:              link.Text(l.Currency),
		Items:                 listOf(itemTypes, l.Items, itemObject),
		PaymentMethodsAllowed: setOf(l.PaymentMethodsAllowed),
		Customer:              customerObject(l.Customer),
		Destinations:          listOf(destinationTypes, l.Destinations, destinationObject),
		Duration:              money.NumberFromJSON(l.Duration),
		CustomerRequirements:  setOf(l.CustomerRequirements),
		Owner: filled(ownerTypes, values{
			"identity_id": link.Text(l.Owner.IdentityID), "name": link.Text(l.Owner.Name), "lastname": link.Text(l.Owner.Lastname),
			"nickname": link.Text(l.Owner.Nickname), "document_number": link.Text(l.Owner.DocumentNumber), "entity_type": link.Text(l.Owner.EntityType),
		}),
		SuccessURL:   link.Text(l.SuccessURL),
		FailedURL:    link.Text(l.FailedURL),
		Activate:     types.BoolValue(activated(l.Status)),
		Status:       link.Text(l.Status),
		PreTaxAmount: link.Text(l.PreTaxAmount),
		TotalAmount:  link.Text(l.TotalAmount),
		CreatedAt:    link.Text(l.CreatedAt),
		ExpiresAt:    expiresAt(l),
	}
}

func itemObject(i Item) types.Object {
	tax := types.ObjectNull(taxTypes)
	if i.Tax != nil {
		tax = filled(taxTypes, values{
			"name": link.Text(i.Tax.Name), "type": link.Text(i.Tax.Type), "value": money.DecimalOrNull(i.Tax.Value), "amount": money.DecimalOrNull(i.Tax.Amount),
		})
	}
	return filled(itemTypes, values{
		"pre_tax_amount": money.DecimalOrNull(i.PreTaxAmount), "total_amount": money.DecimalOrNull(i.TotalAmount), "description": link.Text(i.Description), "tax": tax,
	})
}

func customerObject(c *Customer) types.Object {
	if c == nil {
		return types.ObjectNull(customerTypes)
	}
	address := types.ObjectNull(addressTypes)
	if a := c.Address; a != nil {
		address = filled(addressTypes, values{
			"administrative_area_level1": link.Text(a.AdministrativeAreaLevel1),
			"administrative_area_level2": link.Text(a.AdministrativeAreaLevel2),
			"administrative_area_level3": link.Text(a.AdministrativeAreaLevel3),
			"street":                     link.Text(a.Street),
			"street_number":              link.Text(a.StreetNumber),
			"optional_address":           link.Text(a.OptionalAddress),
			"country":                    link.Text(a.Country),
			"zipcode":                    link.Text(a.Zipcode),
		})
	}
	return filled(customerTypes, values{
		"id":                  link.Text(c.ID),
		"first_name":          link.Text(c.FirstName),
		"last_name":           link.Text(c.LastName),
		"email":               link.Text(c.Email),
		"phone_number":        link.Text(c.PhoneNumber),
		"phone_number_prefix": link.Text(c.PhoneNumberPrefix),
		"document_type":       link.Text(c.DocumentType),
		"document_number":     link.Text(c.DocumentNumber),
		"address":             address,
	})
}

func destinationObject(d Destination) types.Object {
	metadata := types.ObjectNull(metadataTypes)
	if d.Metadata != nil {
		metadata = filled(metadataTypes, values{
			"image": link.Text(d.Metadata.Image), "description": link.Text(d.Metadata.Description), "category": link.Text(d.Metadata.Category),
		})
	}
	kind := d.Type
	if kind == "" { // shown as null by older documents, although there is no other type (4)
		kind = destinationAccount
	}
	return filled(destinationTypes, values{
		"name": link.Text(d.Name), "type": types.StringValue(kind), "external_id": link.Text(d.ExternalID), "amount": money.DecimalOrNull(d.Amount),
		"metadata": metadata,
		"account": filled(accountTypes, values{
			"account_number": link.Text(d.Account.AccountNumber), "type": link.Text(d.Account.Type),
			"currency": link.Text(d.Account.Currency), "account_holder": link.Text(d.Account.AccountHolder),
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
