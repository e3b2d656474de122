terraform {
  required_version = ">= 1.11"

  required_providers {
    paymentlinks = {
      source  = "paymentlinks/paymentlinks"
      version = "~> 0.1"
    }
  }
}

# Where Qonto is and who asks comes from the environment (QONTO_ENVIRONMENT, QONTO_ACCESS_TOKEN, ...).
provider "paymentlinks" {
  qonto = {}
}

# A standing link, for the sign beside the collection box: everybody may pay it, as often as they like.
resource "paymentlinks_qonto_link" "supporter" {
  reusable                  = true
  potential_payment_methods = ["credit_card", "apple_pay", "paypal"]

  items = [
    {
      title       = "Supporter's membership 2026"
      description = "One year, with the quarterly magazine"
      quantity    = 1
      type        = "service"
      vat_rate    = "20.0"
      unit_price  = { value = "50.00", currency = "EUR" }
    },
    {
      title        = "Enamel pin"
      quantity     = 2
      type         = "good"
      measure_unit = "unit"
      vat_rate     = "20.0"
      unit_price   = { value = "4.50", currency = "EUR" }
    },
  ]
}

# A link for one invoice: it is paid once, and the amount is the invoice's.
resource "paymentlinks_qonto_link" "invoice" {
  invoice_id                = "0199c2d4-6f0e-7a31-9c55-3b8f5d2e7a10"
  invoice_number            = "F-2026-0042"
  debitor_name              = "Atelier Lumière SARL"
  potential_payment_methods = ["credit_card", "ideal"]

  amount = { value = "1284.50", currency = "EUR" }
}
