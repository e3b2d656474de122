output "url" {
  description = "URL to print or publish."
  value       = paymentlinks_qonto_link.donation.url
}

output "qr_code" {
  description = "QR code of the URL, for the sign: terraform output -raw qr_code > sign.svg"
  value       = provider::paymentlinks::qr_svg(paymentlinks_qonto_link.donation.url)
  sensitive   = true # not secret, but this keeps thousands of characters out of plans
}

output "state" {
  description = "State of the link: open, or revoked if it was deactivated at Qonto."
  value       = paymentlinks_qonto_link.donation.state
}

output "amount" {
  description = "Amount that a donor pays, including VAT, as calculated by Qonto."
  value       = "${paymentlinks_qonto_link.donation.amount.value} ${paymentlinks_qonto_link.donation.amount.currency}"
}
