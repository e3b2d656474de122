// Package conomy is Conomy's payment links. Sections and rows in its comments are those of the vendor's contract.
package conomy
