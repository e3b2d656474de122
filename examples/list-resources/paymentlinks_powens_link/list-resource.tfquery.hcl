# The links that can still be paid, with their names and IDs:
#   terraform query
# With their configuration and import blocks:
#   terraform query -generate-config-out=links.tf
list "paymentlinks_powens_link" "open" {
  provider = paymentlinks

  # Default: 100.
  limit = 1000

  config {
    states = ["open", "processing"]
  }
}
