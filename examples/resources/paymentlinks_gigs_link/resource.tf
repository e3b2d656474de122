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

# The second link's payer is write-only and never stored. Pass it as TF_VAR_payer on every apply that creates the link.
variable "payer" {
  type = object({
    full_name  = string
    email      = string
    tax_number = string
  })
  ephemeral = true
  default = {
    full_name  = "George Costanza"
    email      = "george@example.com"
    tax_number = "11144477735"
  }
}

resource "paymentlinks_gigs_link" "roaming" {
  invoice = "inv_0SNlurA049MEWV1QTRqvd18YuG26"

  ebanx = {
    redirect_url    = "https://example.com/roaming/thanks"
    user_wo         = var.payer
    user_wo_version = 1 # another number makes a new link, for the payer of that time
  }
}
