data "paymentlinks_abacus_link" "tea" {
  id = "480012"
}

output "tea_status" {
  value = data.paymentlinks_abacus_link.tea.status
}
