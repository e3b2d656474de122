output "links" {
  description = "URL and state of each link."
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
