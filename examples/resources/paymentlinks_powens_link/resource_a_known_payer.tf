# A company pays an invoice from an account that is known already.
resource "paymentlinks_powens_link" "invoice" {
  amount              = "1284.50"
  currency            = "EUR"
  label               = "Invoice F-2026-0043"
  execution_date_type = "first_open_day"

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
  payer = {
    scheme_name    = "iban"
    identification = "DE89370400440532013000"
    label          = "Kaffeehaus GmbH"
  }
  payer_identity = {
    kind           = "corporate"
    org_name       = "Kaffeehaus GmbH"
    scheme_name    = "euid"
    identification = "DEK1101R.HRB116737"
    email          = "buchhaltung@kaffeehaus.example"
  }
}
