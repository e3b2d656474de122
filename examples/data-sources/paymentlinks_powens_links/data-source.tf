# Powens has no filters: the provider reads all links in one request, and applies `states` itself.
data "paymentlinks_powens_links" "open" {
  states = ["open", "processing"]
}

output "open_orders" {
  value = { for link in data.paymentlinks_powens_links.open.links : link.label => link.url }
}
