data "paymentlinks_conomy_links" "waiting" {
  statuses           = ["ATTEMPT", "ACTIVE"]
  owner_identity_ids = ["65f0c0ffee65f0c0ffee65f0"]
}

output "waiting_tokens" {
  value = [for link in data.paymentlinks_conomy_links.waiting.links : link.checkout_token]
}
