variable "environment" {
  description = "Where the link is made: sandbox or production."
  type        = string
  default     = "production"

  validation {
    condition     = contains(["sandbox", "production"], var.environment)
    error_message = "The environment is sandbox or production."
  }
}

variable "title" {
  description = "What the giver reads on the payment page."
  type        = string
  default     = "Donation to the village library"

  validation {
    condition     = trimspace(var.title) != ""
    error_message = "A link without a title says nobody what is paid."
  }
}

variable "description" {
  description = "A longer text below the title; null for none."
  type        = string
  default     = "For new books, and for the roof above them."
}

variable "amount" {
  description = "What one donation is, in euros, before VAT: decimal text such as \"10.00\". Qonto asks each giver for the same amount."
  type        = string
  default     = "10.00"

  validation {
    condition     = can(regex("^[0-9]+([.][0-9]{1,2})?$", var.amount)) && can(regex("[1-9]", var.amount))
    error_message = "The amount is above zero, with at most two decimals, such as \"10.00\"."
  }
}

variable "vat_rate" {
  description = "VAT in percent. A donation has none, as a rule; ask whoever keeps your books."
  type        = string
  default     = "0"
}

variable "payment_methods" {
  description = "How givers may pay. Each method must be enabled for the account."
  type        = set(string)
  default     = ["credit_card", "apple_pay", "paypal"]

  validation {
    condition     = length(var.payment_methods) > 0
    error_message = "At least one payment method is needed."
  }
}
