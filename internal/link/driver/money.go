package driver

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// MoneyKind is what a MoneyTerm is, as messages call it.
type MoneyKind string

// The kinds of a MoneyTerm: amounts are compared as numbers, currencies in either case, and invoices' ids as texts
// (tfvalue.PlainText).
const (
	MoneyAmount   MoneyKind = "amount"
	MoneyCurrency MoneyKind = "currency"
	MoneyInvoice  MoneyKind = "invoice"
)

// MoneyTerm is one of the values that decide what money a link asks for.
type MoneyTerm struct {
	Kind            MoneyKind
	Attribute       path.Path // that asks for it
	Asked, Answered string    // by the plan and the answer; "" where it does not say
	MayBeRounding   bool      // the difference is a warning, and the link stays
	Advice          string    // ends the error about a difference; "" to ask the vendor
}

// Differs reports whether plan and answer say two things. What an answer leaves out says nothing.
func (t MoneyTerm) Differs() bool {
	asked, answered := tfvalue.PlainText(t.Asked), tfvalue.PlainText(t.Answered)
	switch {
	case asked == "" || answered == "":
		return false
	case t.Kind == MoneyCurrency:
		return !strings.EqualFold(asked, answered)
	case t.Kind == MoneyInvoice:
		return asked != answered
	}
	askedAmount, err := money.Parse(asked)
	answeredAmount, errAnswered := money.Parse(answered)
	return err == nil && errAnswered == nil && !askedAmount.Equal(answeredAmount)
}
