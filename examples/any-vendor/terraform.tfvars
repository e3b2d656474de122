links = {
  order = {
    vendor     = "powens"
    amount     = "49.90"
    currency   = "EUR"
    label      = "Order 2026-0042"
    reference  = "2026-0042"
    return_url = "https://shop.example/thanks"
    payer      = { first_name = "Ada", last_name = "Lovelace" }
  }
  subscription = {
    vendor    = "conomy"
    amount    = "49940"
    currency  = "CLP"
    label     = "Monthly subscription, December"
    reference = "subscription-2026-12"
  }
  phone = {
    vendor    = "gigs"
    label     = "Mobile phone, December"
    reference = "inv_0SNlurA049MEWV1QTRqvd18YuG26"
    payer     = { first_name = "Elaine", last_name = "Benes", email = "elaine@example.com", tax_number = "290.063.072-03" }
  }
  ticket = {
    vendor    = "qonto"
    amount    = "12.00"
    currency  = "EUR"
    label     = "Ticket, summer concert"
    reference = "concert-17"
  }
}

payee = {
  powens = {
    iban  = "FR1420041010050500013M02606"
    name  = "Atelier Lumiere SARL"
    siren = "749867206"
  }
  conomy = {
    account_number  = "9283746501"
    account_holder  = "Atelier Lumiere SpA"
    identity_id     = "65f1a7c2e4b0d81f3a9c7e21"
    payment_methods = ["ETPAY", "WEBPAY"]
    activate        = false # remove this line to make the link payable
  }
  qonto = {
    payment_methods = ["credit_card", "paypal"]
  }
}
