# A link for the invoice of a mobile subscription. The payer is stored in state, marked as sensitive.
resource "paymentlinks_gigs_link" "subscription" {
  invoice = "inv_0SNlurA049MEWV1QTRqvd18YuG25"

  ebanx = {
    # The browser is sent there after an attempt to pay, whether it succeeded or failed.
    redirect_url = "https://example.com"

    user = {
      full_name  = "Elaine Benes"
      email      = "elaine@example.com"
      tax_number = "290.063.072-03"
    }
  }

  # Gigs has no call that revokes a link: reject destroying or replacing this one while it can be paid.
  on_destroy = "fail"
}
