variable "vendor" {
  description = "Vendor: powens, conomy, gigs or qonto."
  type        = string

  validation {
    condition     = contains(["powens", "conomy", "gigs", "qonto"], var.vendor)
    error_message = "The vendor must be powens, conomy, gigs or qonto."
  }
}

variable "amount" {
  description = "Amount, taxes included, as a decimal string such as \"49.90\". Null for Gigs, which takes it from the invoice."
  type        = string
  default     = null

  validation {
    condition     = (var.amount == null) == (var.vendor == "gigs")
    error_message = "The amount is required, except for Gigs, which takes it from the invoice: omit it there."
  }
}

variable "currency" {
  description = "ISO 4217 code of the amount, such as \"EUR\". Null for Gigs, which takes it from the invoice."
  type        = string
  default     = null

  validation {
    condition     = (var.currency == null) == (var.vendor == "gigs")
    error_message = "The currency is required, except for Gigs, which takes it from the invoice: omit it there."
  }
  validation {
    condition     = var.vendor != "qonto" || var.currency == "EUR"
    error_message = "Qonto accepts only EUR."
  }
}

variable "label" {
  description = "Label that the payer reads. Not sent to Gigs."
  type        = string

  validation {
    condition     = trimspace(var.label) != ""
    error_message = "The label must not be empty."
  }
}

variable "reference" {
  description = "Unique reference of the payment: the invoice's id at Gigs, the checkout token at Conomy, the reference at Powens. Not sent to Qonto."
  type        = string

  validation {
    condition     = trimspace(var.reference) != ""
    error_message = "The reference must not be empty."
  }
}

variable "payer" {
  description = "Payer. Powens requires the names, Gigs all four values; not sent to Conomy and Qonto."
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
    error_message = "Powens and Gigs require the payer."
  }
  validation {
    condition     = var.vendor != "gigs" || try(var.payer.email != null && var.payer.tax_number != null, false)
    error_message = "Gigs requires the payer's email and tax_number."
  }
}

variable "return_url" {
  description = "URL to which the payer's browser is redirected after the payment; null for none. Qonto does not support it."
  type        = string
  default     = null

  validation {
    condition     = var.return_url == null || can(regex("^https://", var.return_url))
    error_message = "The URL must begin with https://."
  }
}

variable "payee" {
  description = <<-EOT
    Your details for each vendor; only those of the vendor in use are read. Gigs needs none: it knows your project.

    - `powens`: the account that is credited, and the company that owns it.
    - `conomy`: the account that is credited, your identity there, the payment methods, the link's life in seconds, and whether it is activated. An activated link can be destroyed only after it has expired.
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
    error_message = "payee must have an object for this vendor."
  }
}
