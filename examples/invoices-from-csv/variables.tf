variable "environment" {
  description = "Environment in which the links are created: sandbox or production."
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
    condition     = can(csvdecode(trimprefix(file(var.invoices_file), "\ufeff")))
    error_message = "The file does not exist, or is not a CSV file."
  }
  validation {
    condition = alltrue([
      for row in try(csvdecode(trimprefix(file(var.invoices_file), "\ufeff")), []) : length(setsubtract(["number", "invoice_id", "customer", "amount"], keys(row))) == 0
    ])
    error_message = "The first line must contain the columns number, invoice_id, customer and amount, separated by commas."
  }
}

variable "expected_total" {
  description = "Expected total of all amounts in the file, such as \"1624.40\". If it differs, the plan fails. Null disables the check."
  type        = string
  default     = null
}

variable "payment_methods" {
  description = "Payment methods offered to customers. Each must be enabled for the account."
  type        = set(string)
  default     = ["credit_card"]

  validation {
    condition     = length(var.payment_methods) > 0
    error_message = "At least one payment method is required."
  }
}
