output "id" {
  description = "The link's id at its vendor."
  value       = local.link.id
}

output "url" {
  description = "The address to hand out."
  value       = local.link.url
}

output "state" {
  description = "What became of it: open, processing, paid, expired, revoked or unknown."
  value       = local.link.state
}
