// Package money holds what this provider knows about amounts: decimal text that stays exact from the configuration to
// the wire and back, and the currencies of ISO 4217 with their minor units. No amount is ever a float.
package money
