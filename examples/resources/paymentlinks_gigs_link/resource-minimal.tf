resource "paymentlinks_gigs_link" "topup" {
  invoice = "inv_0SNlurA049MEWV1QTRqvd18YuG24"

  ebanx = {
    user = { full_name = "Elaine Benes", email = "elaine@example.com", tax_number = "290.063.072-03" }
  }
}
