// Package money holds what this provider knows about amounts. No amount is ever a float.
//
// It decides which text is an amount (parse.go), when two amounts are equal (decimal.go) and when a plan keeps the state's
// spelling of one (plan_modifiers.go), how amounts go over the wire (number.go), how many decimals a currency has (currency.go) and
// what is done with them (minor_units.go), how taxes are rounded (rounding.go), and which amounts and currencies a schema accepts
// (validators.go). It knows no vendor.
package money
