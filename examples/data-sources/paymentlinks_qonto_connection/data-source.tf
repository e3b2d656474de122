data "paymentlinks_qonto_connection" "this" {}

# New links need a connection. This warns before a create is rejected.
check "qonto_connection" {
  assert {
    condition     = data.paymentlinks_qonto_connection.this.status == "enabled"
    error_message = "Qonto accepts no payment links yet: the connection is ${data.paymentlinks_qonto_connection.this.status}."
  }
}

output "qonto_connection" {
  value = data.paymentlinks_qonto_connection.this.status
}
