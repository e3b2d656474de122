package tfvalue

import (
	"context"
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// IntegerAtLeast returns a validator for whole numbers from minimum on. summary heads its error; rule completes "the value …" in
// it, like "must be a whole number from 1". The framework's own integer attribute calls a fraction an error of the provider.
func IntegerAtLeast(minimum int64, summary, rule string) validator.Number {
	return integerAtLeast{minimum, summary, rule}
}

type integerAtLeast struct {
	minimum       int64
	summary, rule string
}

func (v integerAtLeast) Description(context.Context) string { return "value " + v.rule }

func (v integerAtLeast) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v integerAtLeast) ValidateNumber(_ context.Context, req validator.NumberRequest, resp *validator.NumberResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if n := req.ConfigValue.ValueBigFloat(); !n.IsInt() || n.Cmp(new(big.Float).SetInt64(v.minimum)) < 0 {
		resp.Diagnostics.AddAttributeError(req.Path, v.summary, fmt.Sprintf("%s: the value %s, got %s.", req.Path, v.rule, n.Text('g', 40)))
	}
}
