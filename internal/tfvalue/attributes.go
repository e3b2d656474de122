package tfvalue

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

// RequiredString returns the attribute of a text that a configuration has to write.
func RequiredString(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Required: true, Validators: validators}
}

// OptionalString returns the attribute of a text that is null where it is left out.
func OptionalString(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: validators}
}

// ComputedString returns the attribute of a text that the vendor alone decides.
func ComputedString(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true, PlanModifiers: []planmodifier.String{UseStateWhenOmitted()}}
}

// OptionalComputedString returns the attribute of a text that the vendor fills in where it is left out.
func OptionalComputedString(description string, validators ...validator.String) schema.StringAttribute {
	out := ComputedString(description)
	out.Optional, out.Validators = true, validators
	return out
}

// SensitiveString is [OptionalComputedString] for a text that is not for others' eyes, such as a payer's name.
func SensitiveString(description string, validators ...validator.String) schema.StringAttribute {
	out := OptionalComputedString(description, validators...)
	out.Sensitive = true
	return out
}

// RequiredDecimal returns the attribute of a decimal number that a configuration has to write.
func RequiredDecimal(description string, validators ...validator.String) schema.StringAttribute {
	out := RequiredString(description, validators...)
	out.CustomType, out.PlanModifiers = money.DecimalType{}, []planmodifier.String{money.UseStateWhenEqual()}
	return out
}

// AttributeTypes returns the types of a schema's attributes, as the objects that are made of answers need them.
func AttributeTypes(attributes map[string]schema.Attribute) map[string]attr.Type {
	out := make(map[string]attr.Type, len(attributes))
	for name, attribute := range attributes {
		out[name] = attribute.GetType()
	}
	return out
}
