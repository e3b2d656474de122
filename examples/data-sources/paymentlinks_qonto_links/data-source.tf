# What was not paid in time, the largest first.
data "paymentlinks_qonto_links" "expired" {
  statuses = ["expired"]
  sort_by  = "amount:desc"
}

output "expired_amounts" {
  value = { for link in data.paymentlinks_qonto_links.expired.links : link.id => link.amount.value }
}
