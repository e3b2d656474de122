output "links" {
  description = "What to hand out: the address of each link, and whether it can be paid."
  value = {
    for name, link in {
      order        = paymentlinks_powens_link.order
      subscription = paymentlinks_conomy_link.subscription
      phone        = paymentlinks_gigs_link.phone
      supporter    = paymentlinks_qonto_link.supporter
      invoice      = paymentlinks_qonto_link.invoice
    } : name => { url = link.url, state = link.state }
  }
}
