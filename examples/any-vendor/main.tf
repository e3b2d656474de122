# Where each vendor is and who asks comes from the environment (QONTO_ENVIRONMENT, QONTO_ACCESS_TOKEN, POWENS_DOMAIN, ...).
# Only the vendors of the links need to be there.
provider "paymentlinks" {}

module "payment_link" {
  source   = "./modules/payment-link"
  for_each = var.links

  vendor     = each.value.vendor
  amount     = each.value.amount
  currency   = each.value.currency
  label      = each.value.label
  reference  = each.value.reference
  payer      = each.value.payer
  return_url = each.value.return_url
  payee      = var.payee
}
