package conomy

import "encoding/json"

// request is the body of a create. Amounts are sent as they are written; what is left out, or "", is not sent.
func (m *model) request() Terms {
	out := Terms{
		CheckoutToken:         m.CheckoutToken.ValueString(),
		Currency:              m.Currency.ValueString(),
		PaymentMethodsAllowed: names(m.PaymentMethodsAllowed),
		Customer:              wireCustomer(part{m.Customer}),
		Duration:              json.Number(m.Duration.ValueBigFloat().Text('f', -1)),
		CustomerRequirements:  names(m.CustomerRequirements),
		SuccessURL:            m.SuccessURL.ValueString(),
		FailedURL:             m.FailedURL.ValueString(),
	}
	for _, item := range parts(m.Items) {
		out.Items = append(out.Items, wireItem(item))
	}
	for _, destination := range parts(m.Destinations) {
		out.Destinations = append(out.Destinations, wireDestination(destination))
	}
	owner := part{m.Owner}
	out.Owner = Owner{
		IdentityID: owner.text("identity_id"), Name: owner.text("name"), Lastname: owner.text("lastname"),
		Nickname: owner.text("nickname"), DocumentNumber: owner.text("document_number"), EntityType: owner.text("entity_type"),
	}
	return out
}

func wireItem(item part) Item {
	out := Item{PreTaxAmount: item.text("pre_tax_amount"), TotalAmount: item.text("total_amount"), Description: item.text("description")}
	if tax := item.part("tax"); !tax.IsNull() {
		out.Tax = &Tax{Name: tax.text("name"), Type: tax.text("type"), Value: tax.text("value"), Amount: tax.text("amount")}
	}
	return out
}

// wireCustomer is nil for a customer of whom nothing is said.
func wireCustomer(c part) *Customer {
	out := Customer{
		ID:                c.text("id"),
		FirstName:         c.text("first_name"),
		LastName:          c.text("last_name"),
		Email:             c.text("email"),
		PhoneNumber:       c.text("phone_number"),
		PhoneNumberPrefix: c.text("phone_number_prefix"),
		DocumentType:      c.text("document_type"),
		DocumentNumber:    c.text("document_number"),
	}
	a := c.part("address")
	address := Address{
		AdministrativeAreaLevel1: a.text("administrative_area_level1"),
		AdministrativeAreaLevel2: a.text("administrative_area_level2"),
		AdministrativeAreaLevel3: a.text("administrative_area_level3"),
		Street:                   a.text("street"),
		StreetNumber:             a.text("street_number"),
		OptionalAddress:          a.text("optional_address"),
		Country:                  a.text("country"),
		Zipcode:                  a.text("zipcode"),
	}
	if address != (Address{}) {
		out.Address = &address
	}
	if out == (Customer{}) {
		return nil
	}
	return &out
}

func wireDestination(d part) Destination {
	account := d.part("account")
	out := Destination{
		Name: d.text("name"), Type: destinationAccount, ExternalID: d.text("external_id"), Amount: d.text("amount"),
		Account: Account{
			Type: account.text("type"), Currency: account.text("currency"),
			AccountNumber: account.text("account_number"), AccountHolder: account.text("account_holder"),
		},
	}
	if m := d.part("metadata"); !m.IsNull() {
		out.Metadata = &Metadata{Image: m.text("image"), Description: m.text("description"), Category: m.text("category")}
	}
	return out
}
