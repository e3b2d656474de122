package conomy

import (
	"cmp"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// request returns the body of a create. Amounts are sent as they are written; what is left out, or "", is not sent.
func (m *model) request() LinkFields {
	out := LinkFields{
		CheckoutToken:         m.CheckoutToken.ValueString(),
		Currency:              m.Currency.ValueString(),
		PaymentMethodsAllowed: tfvalue.Strings(m.PaymentMethodsAllowed),
		Customer:              requestCustomer(tfvalue.Read(m.Customer)),
		Duration:              tfvalue.JSONNumber(m.Duration),
		CustomerRequirements:  tfvalue.Strings(m.CustomerRequirements),
		SuccessURL:            m.SuccessURL.ValueString(),
		FailedURL:             m.FailedURL.ValueString(),
	}
	for _, item := range tfvalue.ReadList(m.Items) {
		out.Items = append(out.Items, requestItem(item))
	}
	for _, destination := range tfvalue.ReadList(m.Destinations) {
		out.Destinations = append(out.Destinations, requestDestination(destination))
	}
	owner := tfvalue.Read(m.Owner)
	out.Owner = Owner{
		IdentityID: owner.Text("identity_id"), Name: owner.Text("name"), Lastname: owner.Text("lastname"),
		Nickname: owner.Text("nickname"), DocumentNumber: owner.Text("document_number"), EntityType: owner.Text("entity_type"),
	}
	return out
}

func requestItem(item tfvalue.Reader) Item {
	out := Item{PreTaxAmount: item.Text("pre_tax_amount"), TotalAmount: item.Text("total_amount"), Description: item.Text("description")}
	if tax := item.Object("tax"); !tax.IsNull() {
		out.Tax = &Tax{Name: tax.Text("name"), Type: tax.Text("type"), Value: tax.Text("value"), Amount: tax.Text("amount")}
	}
	return out
}

// requestCustomer returns nil for a customer of whom nothing is said.
func requestCustomer(c tfvalue.Reader) *Customer {
	out := Customer{
		ID:                c.Text("id"),
		FirstName:         c.Text("first_name"),
		LastName:          c.Text("last_name"),
		Email:             c.Text("email"),
		PhoneNumber:       c.Text("phone_number"),
		PhoneNumberPrefix: c.Text("phone_number_prefix"),
		DocumentType:      c.Text("document_type"),
		DocumentNumber:    c.Text("document_number"),
	}
	a := c.Object("address")
	address := Address{
		AdministrativeAreaLevel1: a.Text("administrative_area_level1"),
		AdministrativeAreaLevel2: a.Text("administrative_area_level2"),
		AdministrativeAreaLevel3: a.Text("administrative_area_level3"),
		Street:                   a.Text("street"),
		StreetNumber:             a.Text("street_number"),
		OptionalAddress:          a.Text("optional_address"),
		Country:                  a.Text("country"),
		Zipcode:                  a.Text("zipcode"),
	}
	if address != (Address{}) {
		out.Address = &address
	}
	if out == (Customer{}) {
		return nil
	}
	return &out
}

func requestDestination(d tfvalue.Reader) Destination {
	account := d.Object("account")
	out := Destination{
		Name: d.Text("name"), Type: cmp.Or(d.Text("type"), destinationAccount), ExternalID: d.Text("external_id"), Amount: d.Text("amount"), Currency: d.Text("currency"),
		Account: Account{
			Type: account.Text("type"), Currency: account.Text("currency"),
			AccountNumber: account.Text("account_number"), AccountHolder: account.Text("account_holder"),
		},
	}
	if i := d.Object("identity"); !i.IsNull() {
		out.Identity = &Identity{IdentityID: i.Text("identity_id")}
	}
	if m := d.Object("metadata"); !m.IsNull() {
		out.Metadata = &Metadata{Image: m.Text("image"), Description: m.Text("description"), Category: m.Text("category")}
	}
	return out
}
