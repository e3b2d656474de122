data "paymentlinks_qonto_connection" "this" {}

# Without a connection, Qonto rejects new links: warn in the plan.
check "qonto_connection" {
  assert {
    condition     = data.paymentlinks_qonto_connection.this.status == "enabled"
    error_message = "Qonto does not accept payment links yet: the connection is ${data.paymentlinks_qonto_connection.this.status}."
  }
}

output "qonto_connection" {
  value = data.paymentlinks_qonto_connection.this.status
}
