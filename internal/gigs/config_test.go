package gigs_test

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"

// The invoices of the tests; the first is the vendor's sample.
const (
	invoiceID    = "inv_0SNlurA049MEWV1QTRqvd18YuG25"
	otherInvoice = "inv_0SNlurA049MEWV1QTRqvd18YuG26"
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

// shapes are the kinds of link.
var shapes = map[string]func(...object) object{"stored": stored, "minimal": minimal, "write-only": writeOnly}
