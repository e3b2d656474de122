package main

import (
	"fmt"
	"regexp"
	"strings"
)

// vendorNames are the vendors, in the order in which links are dealt out to them.
var vendorNames = []string{"powens", "conomy", "gigs", "qonto"}

// declared is one link of the configuration. Its mark is a part of what the vendor is told, and of no other link.
type declared struct {
	vendor  string
	number  int
	version int  // another version is another link
	relaxed bool // its policies were changed
}

func (d declared) address() string {
	return fmt.Sprintf("paymentlinks_%s_link.l%02d", d.vendor, d.number)
}

func (d declared) mark() string {
	return fmt.Sprintf("chaos-%s-%02d-v%d", d.vendor, d.number, d.version)
}

// token is Conomy's checkout_token: it stays the same over all versions.
func (d declared) token() string { return fmt.Sprintf("token-%02d", d.number) }

var markForm = regexp.MustCompile(`chaos-[a-z]+-\d+-v\d+`)

// declare deals out so many links to the vendors, in turn.
func declare(count int) []declared {
	links := make([]declared, count)
	for i := range links {
		links[i] = declared{vendor: vendorNames[i%len(vendorNames)], number: i/len(vendorNames) + 1, version: 1}
	}
	return links
}

// changed makes another link of every third, and changes another third's policies.
func changed(links []declared) []declared {
	out := make([]declared, len(links))
	for i, d := range links {
		switch (i / len(vendorNames)) % 3 {
		case 0:
			d.version++
		case 1:
			d.relaxed = true
		}
		out[i] = d
	}
	return out
}

const header = `terraform {
  required_providers {
    paymentlinks = {
      source = "paymentlinks/paymentlinks"
    }
  }
}

provider "paymentlinks" {
  request_timeout = %q
  retry_budget    = %q

  powens = { account = "chaos" }
  conomy = { account = "chaos" }
  gigs   = { account = "chaos" }
  qonto  = { account = "chaos" }
}
`

// configuration is the whole of it.
func configuration(links []declared) string {
	var out strings.Builder
	fmt.Fprintf(&out, header, requestTimeout, retryBudget)
	for _, d := range links {
		kind, name, _ := strings.Cut(d.address(), ".")
		fmt.Fprintf(&out, "\nresource %q %q {\n%s", kind, name, d.arguments())
		if d.relaxed {
			out.WriteString("  replace_when = [\"revoked\", \"expired\"]\n")
		}
		out.WriteString("}\n")
	}
	return out.String()
}

// Payers have names that are found nowhere else: they must not show up in any output.
var payers = []string{"Zebulonia", "Quistgaard", "zebulonia@quistgaard.example", "290.063.072-03"}

func (d declared) arguments() string {
	switch d.vendor {
	case "powens":
		return fmt.Sprintf(`  amount               = "%d.50"
  currency             = "EUR"
  label                = %q
  execution_date_type  = "instant"
  beneficiary          = { scheme_name = "iban", identification = "FR1420041010050500013M02606", label = "Atelier" }
  beneficiary_identity = { kind = "corporate", org_name = "Atelier", scheme_name = "siren", identification = "749867206" }
  payer_identity       = { first_name = %q, last_name = %q }
`, 10+d.number, d.mark(), payers[0], payers[1])
	case "conomy":
		return fmt.Sprintf(`  checkout_token          = %q
  currency                = "CLP"
  duration                = 86400
  items                   = [{ pre_tax_amount = "%d", total_amount = "%[2]d", description = %[3]q }]
  payment_methods_allowed = ["ETPAY", "WEBPAY"]
  destinations            = [{ amount = "%[2]d", account = { account_number = "9283746501" } }]
  owner                   = { identity_id = "65f1a7c2e4b0d81f3a9c7e21" }
`, d.token(), 40000+d.number, d.mark())
	case "gigs":
		return fmt.Sprintf(`  invoice = %q
  ebanx   = { user = { full_name = "%s %s", email = %q, tax_number = %q } }
`, d.mark(), payers[0], payers[1], payers[2], payers[3])
	default:
		return fmt.Sprintf(`  reusable                  = true
  potential_payment_methods = ["credit_card"]
  items                     = [{ title = %q, quantity = 1, unit_price = { value = "%d.99", currency = "EUR" }, vat_rate = "21.0" }]
`, d.mark(), 10+d.number)
	}
}
