// Package powens is Powens' payment links. Comments cite the facts of contract.md by their numbers.
package powens
