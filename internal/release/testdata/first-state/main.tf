terraform {
  required_providers {
    paymentlinks = { source = "paymentlinks/paymentlinks" }
  }
}

provider "paymentlinks" {
  refresh = "get"
  powens  = { account = "main" }
  conomy  = { account = "main" }
  gigs    = { account = "main" }
  qonto   = { account = "main" }
}
