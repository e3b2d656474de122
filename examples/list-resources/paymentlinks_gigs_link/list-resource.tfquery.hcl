# The links of the provider's project that can still be paid, with their invoices and ids:
#   terraform query
# Configuration for them, and what imports them:
#   terraform query -generate-config-out=links.tf
list "paymentlinks_gigs_link" "active" {
  provider = paymentlinks

  # At most so many; 100 when it is left out.
  limit = 1000

  config {
    statuses = ["active"]
  }
}

# What became of one invoice's links.
list "paymentlinks_gigs_link" "invoice" {
  provider         = paymentlinks
  include_resource = true

  config {
    invoice = "inv_0SNlurA049MEWV1QTRqvd18YuG25"
    states  = ["paid", "revoked"]
  }
}
