package link

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
)

// checkLookup: exactly one of the two names, and nothing that narrows a search that does not take place.
func checkLookup(by *driver.Lookup, arguments map[string]tftypes.Value) (diags diag.Diagnostics) {
	id, other, narrow := arguments["id"], arguments[by.Attribute], arguments[by.Argument]
	if !id.IsKnown() || !other.IsKnown() { // null or not, that is decided later
		return nil
	}
	switch {
	case id.IsNull() == other.IsNull():
		diags.AddAttributeError(path.Root("id"), "Invalid combination of arguments",
			"Write exactly one of `id` and `"+by.Attribute+"`: each of them names one link.")
	case other.IsNull() && !narrow.IsNull():
		diags.AddAttributeError(path.Root(by.Argument), "Invalid combination of arguments",
			"`"+by.Argument+"` narrows the search for a `"+by.Attribute+"`. An `id` needs no search: leave it out.")
	}
	return diags
}

// search walks the list to the one link whose attribute has this text. No two that exist have the same, so that the first
// is the one.
func (d *DataSource[M, L, PM]) search(ctx context.Context, by driver.Lookup, text, narrow string) (found L, diags diag.Diagnostics) {
	query := driver.Query{}
	if narrow != "" {
		query.Filters = map[string][]string{by.Narrow.Name: {narrow}}
	}
	advice := d.info.Title + " lists no link with this `" + by.Attribute + "` under " + d.credentials(driver.Key{})
	if narrow != "" {
		advice += " and this `" + by.Argument + "`"
	}
	for answer, err := range d.list(ctx, query) {
		var incomplete *paging.Incomplete
		if errors.As(err, &incomplete) {
			advice += ". " + incomplete.Error() + " Try again"
			break
		}
		if err != nil {
			return found, d.apiError("read", err, "The list was not read to its end, so that nothing is known about the link. Try again once the cause is mended.")
		}
		value, diags := d.stateValue(ctx, answer)
		if !diags.HasError() && diff.String(diff.Attributes(value)[by.Attribute]) == text {
			return answer, nil
		}
	}
	diags.AddAttributeError(path.Root(by.Attribute), d.errorSummary(), advice+". Check what is asked for, and the account.")
	return found, diags
}
