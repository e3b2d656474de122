package gigs_test

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"

// The invoices of the tests; the first is the vendor's sample.
const (
	invoiceID    = "inv_0SNlurA049MEWV1QTRqvd18YuG25"
	otherInvoice = "inv_0SNlurA049MEWV1QTRqvd18YuG26"
)

// The payer of most tests: a name with every character that an echo writes in another way, and the tax number of the
// vendor's sample.
const (
	payerName  = `Planted Ärger & "Söhne" <GmbH>`
	payerEmail = "planted+payer@example.com"
	payerTax   = "290.063.072-03"
)

func payer() object {
	return object{"full_name": payerName, "email": payerEmail, "tax_number": payerTax}
}

// stored is a link whose payer is kept in state; changes replace attributes by dotted path.
func stored(changes ...object) object {
	return tfconfig.Changed(object{
		"invoice": invoiceID,
		"ebanx":   object{"redirect_url": "https://example.com/thanks?order=1", "user": payer()},
	}, changes...)
}

// minimal has nothing that is optional.
func minimal(changes ...object) object {
	return tfconfig.Changed(object{"invoice": invoiceID, "ebanx": object{"user": payer()}}, changes...)
}

// writeOnly is a link whose payer is in no state.
func writeOnly(changes ...object) object {
	return tfconfig.Changed(object{
		"invoice": invoiceID,
		"ebanx":   object{"redirect_url": "https://example.com/thanks?order=1", "user_wo": payer(), "user_wo_version": 1},
	}, changes...)
}
