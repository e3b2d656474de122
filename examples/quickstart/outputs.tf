output "links" {
  description = "What to hand out: the address of each link, and whether it can be paid."
  value = {
    supporter = {
      url    = paymentlinks_qonto_link.supporter.url
      state  = paymentlinks_qonto_link.supporter.state
      amount = paymentlinks_qonto_link.supporter.amount.value
    }
    invoice = {
      url    = paymentlinks_qonto_link.invoice.url
      state  = paymentlinks_qonto_link.invoice.state
      amount = paymentlinks_qonto_link.invoice.amount.value
    }
  }
}
