# What one owner has: its links that wait for their activation, with their names and ids:
#   terraform query
# Configuration for them, and what imports them:
#   terraform query -generate-config-out=links.tf
list "paymentlinks_conomy_link" "waiting" {
  provider = paymentlinks

  # At most so many; 100 when it is left out.
  limit = 1000

  config {
    owner_identity_ids = ["65f0c0ffee65f0c0ffee65f0"]
    statuses           = ["ATTEMPT"]
  }
}

# All links of the account that take payers.
list "paymentlinks_conomy_link" "active" {
  provider = paymentlinks
  limit    = 1000

  config {
    statuses = ["ACTIVE", "PROCESSING_PAYMENT"]
  }
}
