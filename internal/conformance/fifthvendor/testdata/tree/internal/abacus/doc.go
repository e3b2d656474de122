// Package abacus is Abacus' payment links. Numbers in its comments are those of contract.md.
package abacus
