// Package powens is Powens' payment links. Sections and rows in its comments are those of the vendor's contract.
package powens
