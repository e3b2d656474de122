resource "paymentlinks_conomy_link" "ticket" {
  checkout_token          = "ticket-1000"
  currency                = "CLP"
  payment_methods_allowed = ["WEBPAY"]
  duration                = 86400
  activate                = true

  items        = [{ description = "Ticket", pre_tax_amount = "5000", total_amount = "5000" }]
  destinations = [{ amount = "5000", account = { account_number = "000123456789", type = "CHECKING", currency = "CLP", account_holder = "Example SpA" } }]
  owner        = { identity_id = "65f0c0ffee65f0c0ffee65f0" }
}
