package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// The range of the provider's durations.
const (
	minDuration = 100 * time.Millisecond
	maxDuration = time.Hour
)

// positiveDuration accepts what time.ParseDuration does, from minDuration to maxDuration.
type positiveDuration struct{}

func (positiveDuration) Description(context.Context) string {
	return "value must be a duration from 100ms to 1h, such as 30s or 1m30s"
}

func (v positiveDuration) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v positiveDuration) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if d, err := time.ParseDuration(req.ConfigValue.ValueString()); err != nil || d < minDuration || d > maxDuration {
		resp.Diagnostics.AddAttributeError(req.Path, "Not a duration", req.Path.String()+": the value must be a duration from 100ms to 1h, such as 30s or 1m30s, got \""+req.ConfigValue.ValueString()+"\".")
	}
}
