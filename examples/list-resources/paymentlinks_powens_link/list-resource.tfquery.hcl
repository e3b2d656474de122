# The links that can still be paid, with their names and ids:
#   terraform query
# Configuration for them, and what imports them:
#   terraform query -generate-config-out=links.tf
list "paymentlinks_powens_link" "open" {
  provider = paymentlinks

  # At most so many; 100 when it is left out.
  limit = 1000

  config {
    states = ["open", "processing"]
  }
}
