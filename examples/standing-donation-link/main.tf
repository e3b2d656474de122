# QONTO_ACCESS_TOKEN or QONTO_TOKEN_FILE come from the environment, and QONTO_ACCOUNT, a name of your own for the account behind them.
provider "paymentlinks" {
  qonto = {
    environment = var.environment
  }
}

resource "paymentlinks_qonto_link" "donation" {
  # Everybody may pay it, as often as they like.
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

  # The link is printed: when somebody ends it at Qonto, a person decides what to print next, not a plan.
  replace_when = []

  lifecycle {
    # Refuses each plan that would end the link, a changed amount or title too.
    prevent_destroy = true
  }
}
