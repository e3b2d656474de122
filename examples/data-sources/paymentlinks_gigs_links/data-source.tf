# What became of one invoice's links.
data "paymentlinks_gigs_links" "invoice" {
  invoice = "inv_0SNlurA049MEWV1QTRqvd18YuG25"
}

output "invoice_links" {
  value = { for link in data.paymentlinks_gigs_links.invoice.links : link.id => link.status }
}
