terraform {
  required_providers {
    paymentlinks = {
      source  = "paymentlinks/paymentlinks"
      version = "~> 0.1.0"
    }
  }
}

locals {
  # Cents, as a shop's export has them.
  basket = { hammock = 12000, delivery = 950 }
}

# "129.50", ready for the amount of a link
output "total" {
  value = provider::paymentlinks::major_units(sum(values(local.basket)), "EUR")
}

# { delivery = "9.50", hammock = "120.00" }
output "prices" {
  value = { for name, cents in local.basket : name => provider::paymentlinks::major_units(cents, "EUR") }
}
