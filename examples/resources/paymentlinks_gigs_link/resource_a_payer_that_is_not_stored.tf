# This payer is write-only and never stored. Pass it as TF_VAR_payer on every apply that creates the link.
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
    user_wo_version = 1 # increment it to create a new link for the current payer
  }
}
