package conomy

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"

// IsCurrency reports whether a link can have the currency, as far as that is certain without a request: an ISO 4217 code, or
// what has the form of a crypto code.
func IsCurrency(code string) bool { return cryptoForm.MatchString(code) || money.IsCurrency(code) }
