// Package abacus is Abacus' payment links. Its comments cite contract.md, as "contract 2.1".
package abacus
