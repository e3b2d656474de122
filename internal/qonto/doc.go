// Package qonto is Qonto's payment links. Comments cite the facts of contract.md by their numbers.
package qonto
