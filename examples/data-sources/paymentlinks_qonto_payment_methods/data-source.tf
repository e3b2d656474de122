data "paymentlinks_qonto_payment_methods" "this" {}

# All methods that can be offered to customers, for `potential_payment_methods`.
output "qonto_methods" {
  value = [for method in data.paymentlinks_qonto_payment_methods.this.payment_methods : method.name if method.enabled]
}
