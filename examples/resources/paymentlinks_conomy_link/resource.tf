# One account gets everything; the link takes payers at once, for a day.
resource "paymentlinks_conomy_link" "plan" {
  checkout_token          = "invoice-1001"
  currency                = "CLP"
  payment_methods_allowed = ["ETPAY", "WEBPAY"]
  duration                = 86400
  activate                = true

  items = [
    {
      description    = "Annual plan"
      pre_tax_amount = "42008"
      total_amount   = "49990"
      tax            = { name = "IVA", type = "PERCENTAGE", value = "19", amount = "7982" }
    },
  ]

  destinations = [
    {
      amount  = "49990"
      account = { account_number = "000123456789", type = "CHECKING", currency = "CLP", account_holder = "Example SpA" }
    },
  ]

  owner = { identity_id = "65f0c0ffee65f0c0ffee65f0" }

  customer_requirements = ["firstName", "email"]
  success_url           = "https://shop.example/thanks"
  failed_url            = "https://shop.example/sorry"
}
