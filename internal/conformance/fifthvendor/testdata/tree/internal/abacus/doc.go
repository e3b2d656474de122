// Package abacus is Abacus's payment links. Its comments cite contract.md, as "contract 2.1".
package abacus
