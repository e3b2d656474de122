# The links of one owner that are not activated yet, with their names and IDs:
#   terraform query
# With their configuration and import blocks:
#   terraform query -generate-config-out=links.tf
list "paymentlinks_conomy_link" "waiting" {
  provider = paymentlinks

  # Default: 100.
  limit = 1000

  config {
    owner_identity_ids = ["65f0c0ffee65f0c0ffee65f0"]
    statuses           = ["ATTEMPT"]
  }
}

# All links of the account that accept payments.
list "paymentlinks_conomy_link" "active" {
  provider = paymentlinks
  limit    = 1000

  config {
    statuses = ["ACTIVE", "PROCESSING_PAYMENT"]
  }
}
