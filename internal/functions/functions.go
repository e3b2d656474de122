// Package functions holds the provider functions, which need no vendor and no credentials. Each file decides what one function
// returns and which arguments it refuses; arguments.go holds what they share.
//
// Terraform puts an error into a sentence of its own ("Invalid value for "amount" parameter: … ."), so that the texts here neither
// begin with a capital letter nor end in a full stop. No text repeats more of an argument than is needed to find it.
package functions

import "github.com/hashicorp/terraform-plugin-framework/function"

// All returns the constructors of the provider's functions.
func All() []func() function.Function {
	return []func() function.Function{newMinorUnits, newMajorUnits, newConomyItem, newQRSVG}
}
