data "paymentlinks_powens_link" "order" {
  id = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
}

output "order_attempt" {
  value = data.paymentlinks_powens_link.order.attempt_state
}
