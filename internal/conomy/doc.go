// Package conomy is Conomy's payment links. Comments cite the facts of contract.md by their numbers.
package conomy
