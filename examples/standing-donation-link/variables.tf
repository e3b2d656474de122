variable "environment" {
  description = "Environment in which the link is created: sandbox or production."
  type        = string
  default     = "production"

  validation {
    condition     = contains(["sandbox", "production"], var.environment)
    error_message = "The environment must be sandbox or production."
  }
}

variable "title" {
  description = "Title that the donor reads on the payment page."
  type        = string
  default     = "Donation to the village library"

  validation {
    condition     = trimspace(var.title) != ""
    error_message = "The title must not be empty."
  }
}

variable "description" {
  description = "Longer text below the title; null for none."
  type        = string
  default     = "For new books, and for the roof above them."
}

variable "amount" {
  description = "Amount of one donation in euros, before VAT, a decimal string such as \"10.00\". It is the same for every donor."
  type        = string
  default     = "10.00"

  validation {
    condition     = can(regex("^[0-9]+([.][0-9]{1,2})?$", var.amount)) && can(regex("[1-9]", var.amount))
    error_message = "The amount must be above zero, with at most two decimals, such as \"10.00\"."
  }
}

variable "vat_rate" {
  description = "VAT in percent. Donations usually have none; ask your accountant."
  type        = string
  default     = "0"
}

variable "payment_methods" {
  description = "Payment methods offered to donors. Each must be enabled for the account."
  type        = set(string)
  default     = ["credit_card", "apple_pay", "paypal"]

  validation {
    condition     = length(var.payment_methods) > 0
    error_message = "At least one payment method is required."
  }
}
