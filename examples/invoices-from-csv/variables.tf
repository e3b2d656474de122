variable "environment" {
  description = "Environment of the links: sandbox or production."
  type        = string
  default     = "production"

  validation {
    condition     = contains(["sandbox", "production"], var.environment)
    error_message = "The environment must be sandbox or production."
  }
}

variable "invoices_file" {
  description = "CSV file with the columns number, invoice_id (Qonto's), customer and amount (euros, such as 240.00)."
  type        = string
  default     = "invoices.csv"

  validation {
    condition     = fileexists(var.invoices_file)
    error_message = "The file ${var.invoices_file} does not exist."
  }
  validation {
    condition = alltrue([
      # A line that is no CSV passes here: main.tf reports it with its number.
      for row in try(csvdecode(trimprefix(file(var.invoices_file), "\ufeff")), []) : length(setsubtract(["number", "invoice_id", "customer", "amount"], keys(row))) == 0
    ])
    error_message = "The first line of the file must name the columns number, invoice_id, customer and amount, separated by commas."
  }
}

variable "expected_total" {
  description = "Expected total of the file, such as \"1624.40\". With another total, no link is created. Null for no check."
  type        = string
  default     = null
}

variable "payment_methods" {
  description = "Payment methods. Each must be enabled for the account."
  type        = set(string)
  default     = ["credit_card"]

  validation {
    condition     = length(var.payment_methods) > 0
    error_message = "At least one payment method is required."
  }
}
