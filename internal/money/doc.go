// Package money holds what this provider knows about amounts. No amount is ever a float.
//
// It decides which text is an amount and when two amounts are equal (decimal.go), how amounts go over the wire (number.go), how many
// decimals a currency has, and what is done with them (currency.go). It knows no vendor.
package money
