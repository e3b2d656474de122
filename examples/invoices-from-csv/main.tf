# Set QONTO_ACCESS_TOKEN or QONTO_TOKEN_FILE in the environment, and QONTO_ACCOUNT, your name for the account.
provider "paymentlinks" {
  qonto = {
    environment = var.environment
  }
}

locals {
  # Each row gets its line number; line 1 names the columns. Spreadsheets may put a byte order mark before it.
  rows = [for i, row in csvdecode(trimprefix(file(var.invoices_file), "\ufeff")) : merge(row, { line = i + 2 })]

  # By invoice number, the key of the link in the state: adding, removing or sorting rows does not change the other links.
  # Each number has a list of its rows, so that the precondition below can report duplicates.
  by_number = { for row in local.rows : trimspace(row.number) => row... }

  # In cents. A row with an invalid amount counts as zero here, and fails below.
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

  # An invoice remains due if its link expires or is canceled.
  replace_when = ["revoked", "expired"]

  lifecycle {
    precondition {
      condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9/_-]*$", each.key))
      error_message = "${var.invoices_file}, row ${each.value[0].line}: the invoice number must consist of letters, digits, \"/\", \"_\" and \"-\", got \"${each.key}\"."
    }
    precondition {
      condition     = length(each.value) == 1
      error_message = "${var.invoices_file}, rows ${join(" and ", each.value[*].line)}: the invoice number ${each.key} is not unique. Keep one of the rows."
    }
    precondition {
      condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", trimspace(each.value[0].invoice_id)))
      error_message = "${var.invoices_file}, row ${each.value[0].line} (${each.key}): the invoice_id must be a UUID of Qonto, got \"${each.value[0].invoice_id}\"."
    }
    precondition {
      condition     = can(regex("^[0-9]+([.][0-9]{1,2})?$", trimspace(each.value[0].amount))) && can(regex("[1-9]", each.value[0].amount))
      error_message = "${var.invoices_file}, row ${each.value[0].line} (${each.key}): the amount must be in euros above zero with a decimal point, such as 240.00 or 240, got \"${each.value[0].amount}\"."
    }
    precondition {
      condition     = trimspace(each.value[0].customer) != ""
      error_message = "${var.invoices_file}, row ${each.value[0].line} (${each.key}): the customer is missing."
    }
    precondition {
      condition     = var.expected_total == null || local.total == var.expected_total
      error_message = "The total of ${var.invoices_file} is ${local.total}, but expected_total is ${coalesce(var.expected_total, "not set")}."
    }
  }
}

# Only warns: an empty file revokes every link that was created from it.
check "there_are_invoices" {
  assert {
    condition     = length(local.rows) > 0
    error_message = "${var.invoices_file} contains no invoices. Applying this plan revokes all links."
  }
}
