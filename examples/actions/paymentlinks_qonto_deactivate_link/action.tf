# Ends the link now, without a change of the configuration:
#   terraform apply -invoke=action.paymentlinks_qonto_deactivate_link.invoice
# The next apply makes a new link, unless `replace_when` of the link says otherwise.
action "paymentlinks_qonto_deactivate_link" "invoice" {
  config {
    id = paymentlinks_qonto_link.invoice.id
  }
}
