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
