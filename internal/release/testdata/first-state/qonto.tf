# A basket: Qonto computes what is to pay, 3 x 10.99 plus 21 % VAT.
resource "paymentlinks_qonto_link" "tasting" {
  reusable                  = true
  potential_payment_methods = ["credit_card", "paypal"]

  items = [
    {
      title       = "Wine tasting"
      description = "Six wines, two hours, with bread and cheese"
      quantity    = 3
      type        = "service"
      vat_rate    = "21.0"
      unit_price  = { value = "10.99", currency = "EUR" }
    },
  ]

  # Written beside items, the amount is what you expect: a link with another gross is deactivated at once.
  amount = { value = "39.89", currency = "EUR" }
}

# An invoice: the amount is sent, and the link is paid once.
resource "paymentlinks_qonto_link" "invoice" {
  invoice_id                = "0199c2d4-6f0e-7a31-9c55-3b8f5d2e7a11"
  invoice_number            = "F-2026-0043"
  debitor_name              = "Boulangerie Martin"
  potential_payment_methods = ["credit_card"]

  amount = { value = "240.00", currency = "EUR" }

  # An invoice stays due when its link expires: have the next apply make a new link then.
  replace_when = ["revoked", "expired"]
}
