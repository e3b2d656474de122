terraform {
  required_providers {
    paymentlinks = {
      source  = "paymentlinks/paymentlinks"
      version = "~> 0.1.0"
    }
  }
}

# QONTO_ENVIRONMENT and QONTO_ACCESS_TOKEN
provider "paymentlinks" {
  qonto = {}
}

resource "paymentlinks_qonto_link" "tasting" {
  reusable                  = true
  potential_payment_methods = ["credit_card", "paypal"]

  items = [
    {
      title      = "Wine tasting"
      quantity   = 1
      type       = "service"
      vat_rate   = "21.0"
      unit_price = { value = "32.00", currency = "EUR" }
    },
  ]
}

# For the poster at the door: terraform output -raw poster > poster.svg
output "poster" {
  value     = provider::paymentlinks::qr_svg(paymentlinks_qonto_link.tasting.url)
  sensitive = true # no secret, but thousands of characters: so it stays out of every plan
}
