package functions

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type conomyItem struct{}

func newConomyItem() function.Function { return conomyItem{} }

func (conomyItem) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "conomy_item"
}

func stringAttributes(names ...string) map[string]attr.Type {
	out := make(map[string]attr.Type, len(names))
	for _, name := range names {
		out[name] = types.StringType
	}
	return out
}

func (conomyItem) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	returned := stringAttributes("description", "pre_tax_amount", "total_amount")
	returned["tax"] = types.ObjectType{AttrTypes: stringAttributes("name", "type", "value", "amount")}
	resp.Definition = function.Definition{
		Summary: "An item of a Conomy link with its tax worked out",
		MarkdownDescription: "Works out the tax and the total of one of the `items` of [`paymentlinks_conomy_link`](../resources/conomy_link.md). Returns the complete item: " +
			"`description`, `pre_tax_amount`, `total_amount` and `tax` with `name`, `type`, `value` and `amount`; `tax` is null where none is given. " +
			"`total_amount` is `pre_tax_amount` plus `tax.amount`.\n\n" +
			"All amounts are written with the decimals that the currency has in ISO 4217, and the tax of a `PERCENTAGE` is rounded to them, a half up: 19 % of `\"42008\"` in `CLP` is `\"7982\"` (7981.52). " +
			"Conomy does not say in what scale it reads a percentage; here it is percent, and `value` is passed on as it is written. " +
			"Each item is rounded by itself. For a crypto code such as `USDC`, and for the ISO 4217 codes without minor units, nothing is rounded: the amounts have as many decimals as the exact tax needs.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "description", MarkdownDescription: "What is sold, as the payer reads it."},
			function.StringParameter{
				Name:                "pre_tax_amount",
				MarkdownDescription: "Amount before tax as decimal text, not negative, with no more decimals than the currency has, such as `\"42008\"`.",
			},
			function.StringParameter{
				Name:                "currency",
				MarkdownDescription: "Currency of the link: an ISO 4217 code such as `CLP`, or a crypto code such as `USDC`, in upper case.",
			},
		},
		VariadicParameter: function.ObjectParameter{
			Name: "tax",
			MarkdownDescription: "At most one tax, an object of texts: `name`, such as `IVA`; `type`, `PERCENTAGE` or `FIXED`; and `value`, not negative: how many percent (`\"19\"` is 19 %, `\"0.19\"` is not), " +
				"or the tax itself. Further attributes, such as the amount of an earlier item's tax, are not looked at. Leave it out where there is no tax; `var.tax[*]...` does so where the variable is null.",
			AttributeTypes: stringAttributes("name", "type", "value"),
		},
		Return: function.ObjectReturn{AttributeTypes: returned},
	}
}

func (conomyItem) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var description, preTax, currency string
	var taxes []taxInput
	if resp.Error = req.Arguments.Get(ctx, &description, &preTax, &currency, &taxes); resp.Error != nil {
		return
	}
	out := item{Description: description}
	if resp.Error = out.computeTax(preTax, currency, taxes); resp.Error == nil {
		resp.Error = resp.Result.Set(ctx, out)
	}
}
