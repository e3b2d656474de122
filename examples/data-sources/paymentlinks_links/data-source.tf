# Everything that somebody can still pay, at every vendor that the provider is configured for.
data "paymentlinks_links" "payable" {
  states = ["open", "processing"]
}

output "payable" {
  value = [for link in data.paymentlinks_links.payable.links : "${link.vendor} ${link.id}: ${coalesce(link.amount, "?")} ${coalesce(link.currency, "?")}"]
}
