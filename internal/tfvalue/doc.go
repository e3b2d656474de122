// Package tfvalue holds what the vendors' schemas and mappings share: readers of Terraform values, plan modifiers and
// validators. It knows no vendor and no payment link.
package tfvalue
