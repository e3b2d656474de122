# A customer pays an order by bank transfer, from the account of her choice, and comes back to the shop.
resource "paymentlinks_powens_link" "order" {
  amount              = "49.90"
  currency            = "EUR"
  label               = "Order 2026-0042"
  execution_date_type = "instant"

  beneficiary = {
    scheme_name    = "iban"
    identification = "FR1420041010050500013M02606"
    label          = "Atelier Lumiere"
  }
  beneficiary_identity = {
    kind           = "corporate"
    org_name       = "Atelier Lumiere SARL"
    scheme_name    = "siren"
    identification = "749867206"
  }
  payer_identity = {
    first_name = "Ada"
    last_name  = "Lovelace"
  }

  # Without redirect_uri the payer stays on Powens' last page. The state comes back with the payer; it may be "".
  redirect_uri   = "https://shop.example.com/thanks"
  redirect_state = "order-2026-0042"
}
