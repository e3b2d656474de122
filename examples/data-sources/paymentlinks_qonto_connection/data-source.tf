data "paymentlinks_qonto_connection" "this" {}

# New links need a connection: say so before a create is refused.
check "qonto_connection" {
  assert {
    condition     = data.paymentlinks_qonto_connection.this.status == "enabled"
    error_message = "Qonto takes no payment links yet: the connection is ${data.paymentlinks_qonto_connection.this.status}."
  }
}

output "qonto_connection" {
  value = data.paymentlinks_qonto_connection.this.status
}
