terraform {
  required_providers {
    paymentlinks = {
      source  = "paymentlinks/paymentlinks"
      version = "~> 0.1.0"
    }
  }
}

variable "price" {
  description = "Price in euros, such as 10.50."
  type        = string
  default     = "10.50"
}

# 1050, for whatever counts in cents
output "cents" {
  value = provider::paymentlinks::minor_units(var.price, "EUR")
}

# 3150: three of them, without a rounding error
output "cents_of_three" {
  value = 3 * provider::paymentlinks::minor_units(var.price, "EUR")
}
