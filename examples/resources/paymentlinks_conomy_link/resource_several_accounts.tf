# Split between two accounts, for a payer who is known; it waits for `activate = true`.
resource "paymentlinks_conomy_link" "order" {
  checkout_token          = "order-2026-0043"
  currency                = "USD"
  payment_methods_allowed = ["CARD", "PSE"]
  duration                = 259200

  items = [
    { description = "Handwoven hammock", pre_tax_amount = "120.00", total_amount = "120.00" },
    { description = "Delivery", pre_tax_amount = "9.50", total_amount = "9.50" },
  ]

  destinations = [
    {
      name        = "Workshop"
      external_id = "workshop"
      amount      = "110.00"
      account     = { account_number = "4417003921", type = "CHECKING", currency = "USD", account_holder = "Telares SAS" }
    },
    {
      name        = "Market"
      external_id = "market"
      amount      = "19.50"
      account     = { account_number = "4417003955", type = "SAVINGS", currency = "USD", account_holder = "Mercado SAS" }
    },
  ]

  owner = {
    identity_id = "65f0c0ffee65f0c0ffee65f1"
    entity_type = "ORGANIZATION"
  }

  customer = {
    first_name          = "Lucía"
    last_name           = "Pérez"
    email               = "lucia.perez@example.com"
    phone_number        = "3001234567"
    phone_number_prefix = "+57"
    document_type       = "CED_CIU"
    document_number     = "1020304050"
    address             = { street = "Carrera 7", street_number = "72-41", country = "COL" }
  }
}
