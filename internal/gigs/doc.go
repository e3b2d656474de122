// Package gigs is Gigs' payment links (EBANX). Sections and rows in its comments are those of the vendor's contract;
// rows are of its section 7.
package gigs
