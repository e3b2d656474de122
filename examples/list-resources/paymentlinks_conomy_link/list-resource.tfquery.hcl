# One owner's links that wait for their activation, with their names and ids:
#   terraform query
# To generate their configuration and import blocks:
#   terraform query -generate-config-out=links.tf
list "paymentlinks_conomy_link" "waiting" {
  provider = paymentlinks

  # Maximum number of links; default 100.
  limit = 1000

  config {
    owner_identity_ids = ["65f0c0ffee65f0c0ffee65f0"]
    statuses           = ["ATTEMPT"]
  }
}

# All active links of the account.
list "paymentlinks_conomy_link" "active" {
  provider = paymentlinks
  limit    = 1000

  config {
    statuses = ["ACTIVE", "PROCESSING_PAYMENT"]
  }
}
