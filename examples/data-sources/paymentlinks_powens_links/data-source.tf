# Powens has no filters: all links are read in one request, and `states` is applied here.
data "paymentlinks_powens_links" "open" {
  states = ["open", "processing"]
}

output "open_orders" {
  value = { for link in data.paymentlinks_powens_links.open.links : link.label => link.url }
}
