variable "vendor" {
  description = "Who takes the payment: powens, conomy, gigs or qonto."
  type        = string

  validation {
    condition     = contains(["powens", "conomy", "gigs", "qonto"], var.vendor)
    error_message = "The vendor is powens, conomy, gigs or qonto."
  }
}

variable "amount" {
  description = "What the payer pays, taxes included: decimal text such as \"49.90\". Gigs takes it from the invoice; write null there."
  type        = string
  default     = null

  validation {
    condition     = (var.amount == null) == (var.vendor == "gigs")
    error_message = "Every vendor but Gigs needs an amount; at Gigs it is the invoice's, and must be left out."
  }
}

variable "currency" {
  description = "ISO 4217 code of the amount, such as \"EUR\". Gigs takes it from the invoice; write null there."
  type        = string
  default     = null

  validation {
    condition     = (var.currency == null) == (var.vendor == "gigs")
    error_message = "Every vendor but Gigs needs a currency; at Gigs it is the invoice's, and must be left out."
  }
  validation {
    condition     = var.vendor != "qonto" || var.currency == "EUR"
    error_message = "Qonto takes euros only."
  }
}

variable "label" {
  description = "What the payer reads. Gigs takes none, and the module does not send it there."
  type        = string

  validation {
    condition     = trimspace(var.label) != ""
    error_message = "A link needs a label."
  }
}

variable "reference" {
  description = "What you know the payment by: the invoice's id at Gigs, the checkout token at Conomy, the reference at Powens. No two links have the same. Qonto keeps none."
  type        = string

  validation {
    condition     = trimspace(var.reference) != ""
    error_message = "A link needs a reference."
  }
}

variable "payer" {
  description = "Who pays. Powens needs the names, Gigs all four; Conomy and Qonto are not told."
  type = object({
    first_name = string
    last_name  = string
    email      = optional(string)
    tax_number = optional(string)
  })
  default   = null
  sensitive = true

  validation {
    condition     = !contains(["powens", "gigs"], var.vendor) || var.payer != null
    error_message = "Powens and Gigs need the payer."
  }
  validation {
    condition     = var.vendor != "gigs" || try(var.payer.email != null && var.payer.tax_number != null, false)
    error_message = "Gigs needs the payer's email and tax_number."
  }
}

variable "return_url" {
  description = "Where the payer's browser goes after the payment; null for nowhere. Qonto knows no such address."
  type        = string
  default     = null

  validation {
    condition     = var.return_url == null || can(regex("^https://", var.return_url))
    error_message = "The address begins with https://."
  }
}

variable "payee" {
  description = <<-EOT
    What each vendor has to know of you; only that of the vendor in use is read. Gigs knows you by your project.

    - `powens`: the account that is credited, and the company that owns it.
    - `conomy`: the account that is credited, your identity there, how customers may pay, for how many seconds, and whether they may yet. Once they may, the link can be destroyed only after it has expired.
    - `qonto`: how customers may pay.
  EOT
  type = object({
    powens = optional(object({
      iban  = string
      name  = string
      siren = string
    }))
    conomy = optional(object({
      account_number  = string
      account_holder  = string
      account_type    = optional(string, "CHECKING")
      identity_id     = string
      payment_methods = set(string)
      duration        = optional(number, 86400)
      activate        = optional(bool, true)
    }))
    qonto = optional(object({
      payment_methods = optional(set(string), ["credit_card"])
    }), {})
  })
  default = {}

  validation {
    condition     = !contains(["powens", "conomy"], var.vendor) || lookup(var.payee, var.vendor, null) != null
    error_message = "payee has no object for this vendor."
  }
}
