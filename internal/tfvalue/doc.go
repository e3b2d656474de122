// Package tfvalue holds what the vendors share about Terraform values: attributes with their validators and plan modifiers
// (attributes.go, decimal.go), values that are made of an answer (answer.go), readers of values (reader.go), and a type for timestamps
// (timestamp.go). It knows no vendor and no payment link.
package tfvalue
