# Revokes the link now, without a change of the configuration:
#   terraform apply -invoke=action.paymentlinks_powens_revoke_link.order
# The next apply creates a new link, unless `replace_when` of the link excludes it.
action "paymentlinks_powens_revoke_link" "order" {
  config {
    id = paymentlinks_powens_link.order.id
  }
}
