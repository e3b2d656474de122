output "links" {
  description = "By invoice number: the address to send, its state, and the amount. As JSON: terraform output -json links"
  value = {
    for number, link in paymentlinks_qonto_link.invoice : number => {
      url    = link.url
      state  = link.state
      amount = link.amount.value
    }
  }
}

output "csv" {
  description = "The same as a CSV file for a mail merge: terraform output -raw csv > links.csv"
  value = join("\n", concat(["number,amount,state,url"], [
    for number, link in paymentlinks_qonto_link.invoice : "${number},${link.amount.value},${link.state},${link.url}"
  ], [""]))
}

output "total" {
  description = "What all invoices of the file come to, in euros."
  value       = local.total
}
