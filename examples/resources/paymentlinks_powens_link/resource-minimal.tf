resource "paymentlinks_powens_link" "deposit" {
  amount              = "20.00"
  currency            = "EUR"
  label               = "Deposit 2026-0041"
  execution_date_type = "first_open_day"

  beneficiary          = { scheme_name = "iban", identification = "FR1420041010050500013M02606", label = "Atelier Lumiere" }
  beneficiary_identity = { kind = "corporate", org_name = "Atelier Lumiere SARL", scheme_name = "siren", identification = "749867206" }
  payer_identity       = { first_name = "Ada", last_name = "Lovelace" }
}
