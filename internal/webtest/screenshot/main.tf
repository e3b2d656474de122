terraform {
  required_providers {
    paymentlinks = { source = "paymentlinks/paymentlinks" }
  }
}

provider "paymentlinks" {
  qonto = {}
}

resource "paymentlinks_qonto_link" "workshop" {
  reusable                  = false
  potential_payment_methods = ["credit_card", "paypal"]

  items = [{
    title      = "Letterpress workshop, 12 March"
    quantity   = 1
    vat_rate   = "20.0"
    unit_price = { value = "75.00", currency = "EUR" }
  }]
}

output "pay_here" {
  value = paymentlinks_qonto_link.workshop.url
}

output "state" {
  value = paymentlinks_qonto_link.workshop.state
}
