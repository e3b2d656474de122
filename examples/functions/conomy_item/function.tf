terraform {
  required_providers {
    paymentlinks = {
      source  = "paymentlinks/paymentlinks"
      version = "~> 0.1.0"
    }
  }
}

# CONOMY_CLIENT_ID, CONOMY_CLIENT_SECRET and CONOMY_API_KEY
provider "paymentlinks" {
  conomy = {
    environment = "sandbox"
  }
}

locals {
  iva = { name = "IVA", type = "PERCENTAGE", value = "19" }

  # What is sold in each order, before tax.
  orders = {
    "order-1001" = { "Annual plan" = "42008" }
    "order-1002" = { "Hammock" = "119990", "Delivery" = "3990" }
  }

  items = {
    for token, lines in local.orders : token => [
      for description, price in lines : provider::paymentlinks::conomy_item(description, price, "CLP", local.iva)
    ]
  }
}

# A link for each order; the whole of it goes to one account.
resource "paymentlinks_conomy_link" "order" {
  for_each = local.items

  checkout_token          = each.key
  currency                = "CLP"
  payment_methods_allowed = ["ETPAY", "WEBPAY"]
  duration                = 86400
  items                   = each.value

  destinations = [
    {
      amount = provider::paymentlinks::major_units(
        sum([for item in each.value : provider::paymentlinks::minor_units(item.total_amount, "CLP")]), "CLP"
      )
      account = { account_number = "000123456789", type = "CHECKING", currency = "CLP", account_holder = "Example SpA" }
    },
  ]

  owner = { identity_id = "65f0c0ffee65f0c0ffee65f0" }
}
