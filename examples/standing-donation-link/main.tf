# Set QONTO_ACCESS_TOKEN or QONTO_TOKEN_FILE in the environment, and QONTO_ACCOUNT, your own name for their account.
provider "paymentlinks" {
  qonto = {
    environment = var.environment
  }
}

resource "paymentlinks_qonto_link" "donation" {
  # It can be paid any number of times.
  reusable                  = true
  potential_payment_methods = var.payment_methods

  items = [
    {
      title       = var.title
      description = var.description
      quantity    = 1
      type        = "service"
      vat_rate    = var.vat_rate
      unit_price  = { value = var.amount, currency = "EUR" }
    },
  ]

  # The link is printed: if it is revoked at Qonto, no plan replaces it automatically.
  replace_when = []

  lifecycle {
    # Rejects each plan that would revoke the link, including a change of the amount or title.
    prevent_destroy = true
  }
}
