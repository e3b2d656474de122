import {
  to = paymentlinks_gigs_link.subscription
  id = "gigs/pml_0SNlurA049MEWV1x2CfC8u8im5xU"
}
