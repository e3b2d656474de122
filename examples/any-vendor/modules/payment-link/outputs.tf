output "id" {
  description = "ID of the link at its vendor."
  value       = local.link.id
}

output "url" {
  description = "URL to hand out."
  value       = local.link.url
}

output "state" {
  description = "State of the link: open, processing, paid, expired, revoked or unknown."
  value       = local.link.state
}
