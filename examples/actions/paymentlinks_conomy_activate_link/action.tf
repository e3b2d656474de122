# Activates the link in the apply that brings the order to "packed"; by hand:
#   terraform apply -invoke=action.paymentlinks_conomy_activate_link.order
action "paymentlinks_conomy_activate_link" "order" {
  config {
    id = paymentlinks_conomy_link.order.id
  }
}

resource "terraform_data" "order" {
  input = "packed"

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.paymentlinks_conomy_activate_link.order]
    }
  }
}
