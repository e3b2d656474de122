terraform {
  required_version = ">= 1.11"

  required_providers {
    paymentlinks = {
      source  = "paymentlinks/paymentlinks"
      version = "~> 0.1.0"
    }
  }
}

# Where each vendor is and who asks comes from the environment (QONTO_ENVIRONMENT, QONTO_ACCESS_TOKEN, POWENS_DOMAIN, ...).
# Declare the vendors that you use.
provider "paymentlinks" {
  powens = {}
  conomy = {}
  gigs   = {}
  qonto  = {}
}

# Powens: a customer pays an order by bank transfer, from the account of his choice.
resource "paymentlinks_powens_link" "order" {
  amount              = "49.90"
  currency            = "EUR"
  label               = "Order 2026-0042"
  execution_date_type = "instant"

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
  payer_identity = {
    first_name = "Ada"
    last_name  = "Lovelace"
  }
}

# Conomy: a month of a subscription in Chile, payable for a day.
resource "paymentlinks_conomy_link" "subscription" {
  checkout_token          = "subscription-2026-11"
  currency                = "CLP"
  payment_methods_allowed = ["ETPAY", "WEBPAY"]
  duration                = 86400

  items = [
    {
      description    = "Monthly subscription, November"
      pre_tax_amount = "41966"
      total_amount   = "49940"
      tax            = { name = "IVA", type = "PERCENTAGE", value = "19", amount = "7974" }
    },
  ]
  destinations = [
    {
      amount  = "49940"
      account = { account_number = "9283746501", type = "CHECKING", currency = "CLP", account_holder = "Librería SpA" }
    },
  ]
  owner = { identity_id = "65f1a7c2e4b0d81f3a9c7e21" }
}

# Gigs: an invoice of a phone subscription in Brazil, paid through EBANX. Gigs has no call that ends a link: destroy lets
# go of it with a warning, and it can still be paid until the invoice is settled.
resource "paymentlinks_gigs_link" "phone" {
  invoice = "inv_0SNlurA049MEWV1QTRqvd18YuG25"

  ebanx = {
    redirect_url = "https://phone.example/thanks"
    user = {
      full_name  = "Elaine Benes"
      email      = "elaine@example.com"
      tax_number = "290.063.072-03"
    }
  }
}

# Qonto: a standing link, for the sign beside the collection box. Everybody may pay it, as often as they like.
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

# Qonto: a link for one invoice. It is paid once, and the amount is the invoice's.
resource "paymentlinks_qonto_link" "invoice" {
  invoice_id                = "0199c2d4-6f0e-7a31-9c55-3b8f5d2e7a10"
  invoice_number            = "F-2026-0042"
  debitor_name              = "Atelier Lumière SARL"
  potential_payment_methods = ["credit_card", "ideal"]

  amount = { value = "1284.50", currency = "EUR" }
}
