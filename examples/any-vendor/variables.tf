variable "links" {
  description = "The links, each under a name of your own that it keeps. The module's variables say what each vendor needs."
  type = map(object({
    vendor     = string
    amount     = optional(string)
    currency   = optional(string)
    label      = string
    reference  = string
    return_url = optional(string)
    payer = optional(object({
      first_name = string
      last_name  = string
      email      = optional(string)
      tax_number = optional(string)
    }))
  }))
}

variable "payee" {
  description = "What each vendor has to know of you; the module's variable of this name says what."
  type = object({
    powens = optional(object({
      iban  = string
      name  = string
      siren = string
    }))
    conomy = optional(object({
      account_number  = string
      account_holder  = string
      account_type    = optional(string)
      identity_id     = string
      payment_methods = set(string)
      duration        = optional(number)
      activate        = optional(bool)
    }))
    qonto = optional(object({
      payment_methods = optional(set(string))
    }))
  })
  default = {}
}
