resource "paymentlinks_qonto_link" "seat" {
  reusable                  = false
  potential_payment_methods = ["credit_card"]

  items = [{
    title      = "Seat"
    quantity   = 1
    vat_rate   = "21.0"
    unit_price = { value = "10.99", currency = "EUR" }
  }]
}
