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
	tfvalue.Read(m.Owner).Fill(out.Owner.texts())
	return out
}

func requestItem(item tfvalue.Reader) (out Item) {
	item.Fill(out.texts())
	if tax := item.Object("tax"); !tax.IsNull() {
		out.Tax = &Tax{}
		tax.Fill(out.Tax.texts())
	}
	return out
}

// requestCustomer returns nil for a customer of whom nothing is said.
func requestCustomer(customer tfvalue.Reader) *Customer {
	var out Customer
	var address Address
	customer.Fill(out.texts())
	customer.Object("address").Fill(address.texts())
	if address != (Address{}) {
		out.Address = &address
	}
	if out == (Customer{}) {
		return nil
	}
	return &out
}

func requestDestination(destination tfvalue.Reader) (out Destination) {
	destination.Fill(out.texts())
	out.Type = cmp.Or(out.Type, destinationAccount)
	destination.Object("account").Fill(out.Account.texts())
	if identity := destination.Object("identity"); !identity.IsNull() {
		out.Identity = &Identity{identity.Text("identity_id")}
	}
	if metadata := destination.Object("metadata"); !metadata.IsNull() {
		out.Metadata = &Metadata{}
		metadata.Fill(out.Metadata.texts())
	}
	return out
}
