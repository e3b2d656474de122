resource "paymentlinks_abacus_link" "tea" {
  title    = "Tea for two"
  amount   = "12.505"
  currency = "EUR"

  metadata = {
    order = "42"
  }
}
