// Package gigs is Gigs' payment links (EBANX). Comments cite the facts of contract.md by their numbers.
package gigs
