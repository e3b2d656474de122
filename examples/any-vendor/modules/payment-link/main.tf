# One of these four exists: the vendor's. Moving a link to another vendor ends it there and makes a new one, with a new address.

resource "paymentlinks_powens_link" "this" {
  count = var.vendor == "powens" ? 1 : 0

  amount              = var.amount
  currency            = var.currency
  label               = var.label
  reference_id        = var.reference
  execution_date_type = "instant"
  redirect_uri        = var.return_url
  redirect_state      = var.return_url == null ? null : var.reference

  beneficiary = {
    scheme_name    = "iban"
    identification = var.payee.powens.iban
    label          = var.payee.powens.name
  }
  beneficiary_identity = {
    kind           = "corporate"
    org_name       = var.payee.powens.name
    scheme_name    = "siren"
    identification = var.payee.powens.siren
  }
  payer_identity = {
    first_name = var.payer.first_name
    last_name  = var.payer.last_name
  }
}

resource "paymentlinks_conomy_link" "this" {
  count = var.vendor == "conomy" ? 1 : 0

  checkout_token          = var.reference
  currency                = var.currency
  payment_methods_allowed = var.payee.conomy.payment_methods
  duration                = var.payee.conomy.duration
  activate                = var.payee.conomy.activate
  success_url             = var.return_url
  failed_url              = var.return_url

  items = [
    {
      description    = var.label
      pre_tax_amount = var.amount
      total_amount   = var.amount
    },
  ]
  destinations = [
    {
      amount = var.amount
      account = {
        account_number = var.payee.conomy.account_number
        type           = var.payee.conomy.account_type
        currency       = var.currency
        account_holder = var.payee.conomy.account_holder
      }
    },
  ]
  owner = { identity_id = var.payee.conomy.identity_id }
}

resource "paymentlinks_gigs_link" "this" {
  count = var.vendor == "gigs" ? 1 : 0

  invoice = var.reference

  ebanx = {
    redirect_url = var.return_url
    user = {
      full_name  = "${var.payer.first_name} ${var.payer.last_name}"
      email      = var.payer.email
      tax_number = var.payer.tax_number
    }
  }
}

resource "paymentlinks_qonto_link" "this" {
  count = var.vendor == "qonto" ? 1 : 0

  reusable                  = false
  potential_payment_methods = var.payee.qonto.payment_methods

  items = [
    {
      title      = var.label
      quantity   = 1
      vat_rate   = "0"
      unit_price = { value = var.amount, currency = var.currency }
    },
  ]
}

locals {
  link = one(concat(
    [for link in paymentlinks_powens_link.this : { id = link.id, url = link.url, state = link.state }],
    [for link in paymentlinks_conomy_link.this : { id = link.id, url = link.url, state = link.state }],
    [for link in paymentlinks_gigs_link.this : { id = link.id, url = link.url, state = link.state }],
    [for link in paymentlinks_qonto_link.this : { id = link.id, url = link.url, state = link.state }],
  ))
}
