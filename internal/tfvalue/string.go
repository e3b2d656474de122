package tfvalue

import "github.com/hashicorp/terraform-plugin-framework/types"

// StringOrNull returns the text of an answer: "" is null, as an absent one is.
func StringOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}
