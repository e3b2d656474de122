# The links of the provider's project that can still be paid, with their invoices and IDs:
#   terraform query
# With their configuration and import blocks:
#   terraform query -generate-config-out=links.tf
list "paymentlinks_gigs_link" "active" {
  provider = paymentlinks

  # Default: 100.
  limit = 1000

  config {
    statuses = ["active"]
  }
}

# The links of one invoice.
list "paymentlinks_gigs_link" "invoice" {
  provider         = paymentlinks
  include_resource = true

  config {
    invoice = "inv_0SNlurA049MEWV1QTRqvd18YuG25"
    states  = ["paid", "revoked"]
  }
}
