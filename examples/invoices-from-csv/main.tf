# QONTO_ACCESS_TOKEN or QONTO_TOKEN_FILE come from the environment, and QONTO_ACCOUNT, a name of your own for the account behind them.
provider "paymentlinks" {
  qonto = {
    environment = var.environment
  }
}

locals {
  # Each row knows its place in the file; the first line holds the columns. Spreadsheets write a byte order mark before it.
  rows = [for i, row in csvdecode(trimprefix(file(var.invoices_file), "\ufeff")) : merge(row, { line = i + 2 })]

  # By invoice number, which names the link in the state: rows may be added, removed and sorted anew without a change of the other links.
  # Each number has a list of its rows here, so that one that stands twice can be named below.
  by_number = { for row in local.rows : trimspace(row.number) => row... }

  # In cents; a row whose amount is none counts for nothing here, and is refused below.
  cents = sum(concat([0], [for row in local.rows : try(provider::paymentlinks::minor_units(trimspace(row.amount), "EUR"), 0)]))
  total = provider::paymentlinks::major_units(local.cents, "EUR")
}

resource "paymentlinks_qonto_link" "invoice" {
  for_each = local.by_number

  invoice_id                = trimspace(each.value[0].invoice_id)
  invoice_number            = each.key
  debitor_name              = trimspace(each.value[0].customer)
  potential_payment_methods = var.payment_methods

  amount = { value = trimspace(each.value[0].amount), currency = "EUR" }

  # An invoice stays due when its link expires or is canceled.
  replace_when = ["revoked", "expired"]

  lifecycle {
    precondition {
      condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9/_-]*$", each.key))
      error_message = "${var.invoices_file}, row ${each.value[0].line}: an invoice number is letters, digits, \"/\", \"_\" and \"-\", but the file has \"${each.key}\"."
    }
    precondition {
      condition     = length(each.value) == 1
      error_message = "${var.invoices_file}, rows ${join(" and ", each.value[*].line)}: ${each.key} stands there more than once. For which of the rows is the link?"
    }
    precondition {
      condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", trimspace(each.value[0].invoice_id)))
      error_message = "${var.invoices_file}, row ${each.value[0].line} (${each.key}): the invoice_id is not one of Qonto, but \"${each.value[0].invoice_id}\"."
    }
    precondition {
      condition     = can(regex("^[0-9]+([.][0-9]{1,2})?$", trimspace(each.value[0].amount)))
      error_message = "${var.invoices_file}, row ${each.value[0].line} (${each.key}): an amount is euros with a point, such as 240.00 or 240, but the file has \"${each.value[0].amount}\"."
    }
    precondition {
      condition     = trimspace(each.value[0].customer) != ""
      error_message = "${var.invoices_file}, row ${each.value[0].line} (${each.key}): there is no customer."
    }
    precondition {
      condition     = var.expected_total == null || local.total == var.expected_total
      error_message = "The invoices of ${var.invoices_file} come to ${local.total}, not to the expected ${coalesce(var.expected_total, "total")}."
    }
  }
}

# Warns, and blocks nothing: an empty file ends every link that was made from it.
check "there_are_invoices" {
  assert {
    condition     = length(local.rows) > 0
    error_message = "${var.invoices_file} holds no invoices. Is that meant? Applied, this ends all links."
  }
}
