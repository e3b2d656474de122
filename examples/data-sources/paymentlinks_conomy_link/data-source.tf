# By the token that you chose. The owner spares the search all other links.
data "paymentlinks_conomy_link" "invoice" {
  checkout_token    = "invoice-1001"
  owner_identity_id = "65f0c0ffee65f0c0ffee65f0"
}

# By the identifier that Conomy chose.
data "paymentlinks_conomy_link" "by_id" {
  id = "65f0c0ffee65f0c0ffee65f0"
}

output "invoice_status" {
  value = data.paymentlinks_conomy_link.invoice.status
}
