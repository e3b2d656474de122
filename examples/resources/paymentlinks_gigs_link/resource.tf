# A link for the invoice of a mobile subscription. The payer is kept in state, marked as sensitive.
resource "paymentlinks_gigs_link" "subscription" {
  invoice = "inv_0SNlurA049MEWV1QTRqvd18YuG25"

  ebanx = {
    # Where the browser goes after an attempt to pay, whether it succeeded or failed.
    redirect_url = "https://example.com"

    user = {
      full_name  = "Elaine Benes"
      email      = "elaine@example.com"
      tax_number = "290.063.072-03"
    }
  }

  # Gigs has no call that ends a link: refuse to destroy or replace this one while it can be paid.
  on_destroy = "fail"
}
