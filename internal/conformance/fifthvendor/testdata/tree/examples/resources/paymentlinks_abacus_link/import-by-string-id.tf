import {
  to = paymentlinks_abacus_link.tea
  id = "480012"
}
