output "url" {
  description = "The address to print, hang up or publish."
  value       = paymentlinks_qonto_link.donation.url
}

output "qr_code" {
  description = "The address as a picture for the sign: terraform output -raw qr_code > sign.svg"
  value       = provider::paymentlinks::qr_svg(paymentlinks_qonto_link.donation.url)
  sensitive   = true # no secret, but thousands of characters: so it stays out of every plan
}

output "state" {
  description = "Whether it can be paid: open, or revoked when somebody ended it at Qonto."
  value       = paymentlinks_qonto_link.donation.state
}

output "amount" {
  description = "What a giver pays, VAT included, as Qonto computed it."
  value       = "${paymentlinks_qonto_link.donation.amount.value} ${paymentlinks_qonto_link.donation.amount.currency}"
}
