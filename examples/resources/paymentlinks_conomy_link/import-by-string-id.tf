import {
  to = paymentlinks_conomy_link.plan
  id = "65f0c0ffee65f0c0ffee65f0"
}
