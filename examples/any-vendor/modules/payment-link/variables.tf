variable "vendor" {
  description = "Vendor of the link: powens, conomy, gigs or qonto."
  type        = string

  validation {
    condition     = contains(["powens", "conomy", "gigs", "qonto"], var.vendor)
    error_message = "The vendor must be powens, conomy, gigs or qonto."
  }
}

variable "amount" {
  description = "Amount including taxes, a decimal string such as \"49.90\". Must be null for Gigs, which takes it from the invoice."
  type        = string
  default     = null

  validation {
    condition     = (var.amount == null) == (var.vendor == "gigs")
    error_message = "Every vendor except Gigs needs an amount. For Gigs it must be null."
  }
}

variable "currency" {
  description = "ISO 4217 code of the amount, such as \"EUR\". Must be null for Gigs, which takes it from the invoice."
  type        = string
  default     = null

  validation {
    condition     = (var.currency == null) == (var.vendor == "gigs")
    error_message = "Every vendor except Gigs needs a currency. For Gigs it must be null."
  }
  validation {
    condition     = var.vendor != "qonto" || var.currency == "EUR"
    error_message = "Qonto accepts only EUR."
  }
}

variable "label" {
  description = "Text that the payer reads. Not sent to Gigs, which has none."
  type        = string

  validation {
    condition     = trimspace(var.label) != ""
    error_message = "A link needs a label."
  }
}

variable "reference" {
  description = "Your reference, unique for each link: the invoice ID at Gigs, the checkout token at Conomy, the reference at Powens. Qonto stores none."
  type        = string

  validation {
    condition     = trimspace(var.reference) != ""
    error_message = "A link needs a reference."
  }
}

variable "payer" {
  description = "The payer. Powens needs the names, Gigs all four attributes. Not sent to Conomy and Qonto."
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
  description = "URL to which the payer is sent after the payment; null for none. Qonto does not support it."
  type        = string
  default     = null

  validation {
    condition     = var.return_url == null || can(regex("^https://", var.return_url))
    error_message = "The URL must begin with https://."
  }
}

variable "payee" {
  description = <<-EOT
    Your account at each vendor. Only the object of the selected vendor is used. Gigs needs none: the project identifies you.

    - `powens`: the account that receives the money, and the company that owns it.
    - `conomy`: the account that receives the money, your identity there, the payment methods, the lifetime of the link in seconds, and whether it is activated. An active link can be destroyed only after it has expired.
    - `qonto`: the payment methods.
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
