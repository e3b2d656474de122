# Ends the link now, without a change of the configuration:
#   terraform apply -invoke=action.paymentlinks_powens_revoke_link.order
# The next apply makes a new link, unless `replace_when` of the link says otherwise.
action "paymentlinks_powens_revoke_link" "order" {
  config {
    id = paymentlinks_powens_link.order.id
  }
}
