terraform {
  required_version = ">= 1.11"

  required_providers {
    paymentlinks = {
      source  = "paymentlinks/paymentlinks"
      version = "~> 0.1"
    }
  }
}

# Credentials come from the environment: QONTO_ACCESS_TOKEN, or QONTO_TOKEN_FILE for tokens that the provider renews itself.
provider "paymentlinks" {
  qonto = {
    environment = "production"
    account     = "Main account"
  }
}
