data "paymentlinks_qonto_payment_methods" "this" {}

# All that customers can be offered, for `potential_payment_methods`.
output "qonto_methods" {
  value = [for method in data.paymentlinks_qonto_payment_methods.this.payment_methods : method.name if method.enabled]
}
