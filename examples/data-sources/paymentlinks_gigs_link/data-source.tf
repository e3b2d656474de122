data "paymentlinks_gigs_link" "subscription" {
  id = "pml_0SNlurA049MEWV1x2CfC8u8im5xU"
}

output "subscription_status" {
  value = data.paymentlinks_gigs_link.subscription.status
}
