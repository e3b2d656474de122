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
