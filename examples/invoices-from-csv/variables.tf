variable "environment" {
  description = "Where the links are made: sandbox or production."
  type        = string
  default     = "production"

  validation {
    condition     = contains(["sandbox", "production"], var.environment)
    error_message = "The environment is sandbox or production."
  }
}

variable "invoices_file" {
  description = "CSV file with the columns number, invoice_id (Qonto's), customer and amount (euros, such as 240.00)."
  type        = string
  default     = "invoices.csv"

  validation {
    condition     = can(csvdecode(trimprefix(file(var.invoices_file), "\ufeff")))
    error_message = "This file does not exist, or is no CSV file."
  }
  validation {
    condition = alltrue([
      for row in try(csvdecode(trimprefix(file(var.invoices_file), "\ufeff")), []) : length(setsubtract(["number", "invoice_id", "customer", "amount"], keys(row))) == 0
    ])
    error_message = "The file needs a first line with the columns number, invoice_id, customer and amount, and commas between them."
  }
}

variable "expected_total" {
  description = "What all amounts of the file come to, such as \"1624.40\": no link is made when they do not. Null checks nothing."
  type        = string
  default     = null
}

variable "payment_methods" {
  description = "How customers may pay. Each method must be enabled for the account."
  type        = set(string)
  default     = ["credit_card"]

  validation {
    condition     = length(var.payment_methods) > 0
    error_message = "At least one payment method is needed."
  }
}
