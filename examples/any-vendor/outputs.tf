output "links" {
  description = "URL and state of each link."
  value       = { for name, link in module.payment_link : name => { url = link.url, state = link.state } }
}
