output "links" {
  description = "What to hand out: the address of each link, and what became of it."
  value       = { for name, link in module.payment_link : name => { url = link.url, state = link.state } }
}
