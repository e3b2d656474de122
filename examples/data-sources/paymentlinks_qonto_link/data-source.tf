data "paymentlinks_qonto_link" "tasting" {
  id = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
}

output "tasting_url" {
  value = data.paymentlinks_qonto_link.tasting.url
}
