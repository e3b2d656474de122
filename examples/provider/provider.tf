terraform {
  required_version = ">= 1.11"

  required_providers {
    paymentlinks = {
      source  = "paymentlinks/paymentlinks"
      version = "~> 0.1.0"
    }
  }
}

# Declare the vendors that you use. Credentials come from the environment.
provider "paymentlinks" {
  # POWENS_DOMAIN, POWENS_CLIENT_ID, POWENS_CLIENT_SECRET
  powens = {}

  # CONOMY_CLIENT_ID, CONOMY_CLIENT_SECRET, CONOMY_API_KEY
  conomy = {
    environment = "production"
  }

  # GIGS_PROJECT, GIGS_API_KEY
  gigs = {}

  # QONTO_ACCESS_TOKEN, or QONTO_TOKEN_FILE for tokens that the provider renews itself
  qonto = {
    environment = "production"
    account     = "Main account"
  }
}
