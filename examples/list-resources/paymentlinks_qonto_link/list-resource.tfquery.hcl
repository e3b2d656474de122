# The links that can still be paid, with their names and IDs:
#   terraform query
# With their configuration and import blocks:
#   terraform query -generate-config-out=links.tf
list "paymentlinks_qonto_link" "open" {
  provider = paymentlinks

  # Default: 100.
  limit = 1000

  config {
    states = ["open", "processing"]
  }
}

# The paid links, the largest amount first, with all their attributes (terraform query -json).
list "paymentlinks_qonto_link" "paid" {
  provider         = paymentlinks
  include_resource = true

  config {
    statuses = ["paid"]
    sort_by  = "amount:desc"
  }
}
