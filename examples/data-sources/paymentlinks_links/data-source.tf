# All links that can still be paid, at every configured vendor.
data "paymentlinks_links" "payable" {
  states = ["open", "processing"]
}

output "payable" {
  value = [for link in data.paymentlinks_links.payable.links : "${link.vendor} ${link.id}: ${coalesce(link.amount, "?")} ${coalesce(link.currency, "?")}"]
}
