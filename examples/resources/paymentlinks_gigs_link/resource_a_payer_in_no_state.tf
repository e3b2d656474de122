# This payer is in no state and no plan: give him at every apply that makes a link, as TF_VAR_payer.
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
