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
  description = "CSV file with the columns number, id (of the invoice at Qonto), customer and amount (euros with two decimals)."
  type        = string
  default     = "invoices.csv"

  validation {
    condition     = can(csvdecode(file(var.invoices_file)))
    error_message = "This file does not exist, or is no CSV file."
  }
  validation {
    condition = alltrue([
      for row in try(csvdecode(file(var.invoices_file)), []) : length(setsubtract(["number", "id", "customer", "amount"], keys(row))) == 0
    ])
    error_message = "The file needs a first line with the columns number, id, customer and amount."
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
