import {
  to = paymentlinks_abacus_link.tea
  identity = {
    id = "480012"
  }
}
