# The links that can still be paid, with their names and ids:
#   terraform query
# Configuration for them, and what imports them:
#   terraform query -generate-config-out=links.tf
list "paymentlinks_qonto_link" "open" {
  provider = paymentlinks

  # At most so many; 100 when it is left out.
  limit = 1000

  config {
    states = ["open", "processing"]
  }
}

# The paid ones, the largest first, with all that Qonto says of them (terraform query -json).
list "paymentlinks_qonto_link" "paid" {
  provider         = paymentlinks
  include_resource = true

  config {
    statuses = ["paid"]
    sort_by  = "amount:desc"
  }
}
