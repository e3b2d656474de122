# The links that can still be paid, with their names and ids:
#   terraform query
# To generate their configuration and import blocks:
#   terraform query -generate-config-out=links.tf
list "paymentlinks_powens_link" "open" {
  provider = paymentlinks

  # Maximum number of links; default 100.
  limit = 1000

  config {
    states = ["open", "processing"]
  }
}
