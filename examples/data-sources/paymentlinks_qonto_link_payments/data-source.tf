data "paymentlinks_qonto_link_payments" "paid" {
  link_id  = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
  statuses = ["paid"]
  sort_by  = "creation_date:desc"
}

output "payments_received" {
  value = [for payment in data.paymentlinks_qonto_link_payments.paid.payments : {
    at     = payment.paid_at
    amount = payment.amount.value
    method = payment.payment_method
  }]
}
