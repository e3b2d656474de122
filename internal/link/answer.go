package link

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// This file decides what an answer about one link proves, and what becomes of it. One about another link proves nothing, and neither does
// what an answer leaves out.

// unprovenError is a success that proves nothing: the outcome is unknown.
type unprovenError string

func (e unprovenError) Error() string { return string(e) }

func (c *configured[M, L, PM]) get(ctx context.Context, key driver.Key) (L, error) {
	answer, err := c.client.Get(ctx, key)
	return c.about(key, answer, err)
}

// about returns an answer if it is about the link that was asked for.
func (c *configured[M, L, PM]) about(key driver.Key, answer L, err error) (L, error) {
	if err != nil {
		return answer, err
	}
	if id := c.idOf(answer); !strings.EqualFold(id, key.ID) {
		var none L
		if id == "" {
			return none, unprovenError(c.info.Title + " returned a link without an ID for link " + key.ID + ".")
		}
		return none, unprovenError(c.info.Title + " returned another link than " + key.ID + ": " + id + ".")
	}
	return answer, nil
}

// isEnded reports whether there is nothing left to revoke: by the link's state, or because the vendor says so otherwise
// (driver.EndChecker).
func (c *configured[M, L, PM]) isEnded(answer L) bool {
	now := c.vendorNow()
	checker, ok := c.vendor.(driver.EndChecker[L])
	return c.vendor.State(answer, now).Ended() || ok && checker.IsEnded(answer, now)
}

// stateValue converts an answer to a value of the schema: the vendor's attributes as answered, the provider's own null. An id that no
// import would take, and a URL that nobody should be sent to, are null, as if they had been left out.
func (c *configured[M, L, PM]) stateValue(ctx context.Context, answer L) (tftypes.Value, diag.Diagnostics) {
	m := c.vendor.Model(answer)
	common := PM(&m).Common()
	common.ID = tfvalue.StringOrNull(c.idIn(common))
	common.URL = tfvalue.StringOrNull(driver.URLOf(common.URL.ValueString()))
	common.State = types.StringValue(string(c.vendor.State(answer, c.vendorNow())))
	common.ReplaceWhen = types.SetNull(types.StringType)
	common.OnDestroy = types.StringNull()
	common.Timeouts = c.nullTimeouts
	return c.encoder.Encode(ctx, &m)
}

// mergeRefreshed merges a link's state with a later answer. An answer that leaves out what the link's state follows from cannot make
// an ended link open, or a known state unknown. The id in another case is the same one, and an identity must not change.
func (c *configured[M, L, PM]) mergeRefreshed(state, answer tftypes.Value, private privateState) tftypes.Value {
	merged := diff.With(c.diff.MergeRefreshed(state, answer, private.VendorForms), "id", diff.Attributes(state)["id"])
	now := driver.State(diff.String(diff.Attributes(answer)[stateAttribute]))
	if (now == driver.Open || now == driver.Unknown) && c.diff.LeavesOutStatus(state, answer) {
		merged = diff.With(merged, stateAttribute, diff.Attributes(state)[stateAttribute])
	}
	return merged
}

// answerWarnings returns what there is to say about an answer: what of it could not be read, a URL that is not used, and what the
// vendor adds.
func (c *configured[M, L, PM]) answerWarnings(answer L) (diags diag.Diagnostics) {
	m := c.vendor.Model(answer)
	common := PM(&m).Common()
	id := c.idIn(common)
	if unread := unreadNames(answer); unread != "" {
		diags.AddWarning("Part of a "+c.info.Title+" payment link cannot be read",
			"The provider cannot read "+unread+" in "+c.info.Title+"'s response for link "+id+". The value in state, or the one that was sent, is kept. Everything else in the response is used.")
	}
	if text := common.URL.ValueString(); text != "" && driver.URLOf(text) == "" {
		diags.AddWarning("The URL of a "+c.info.Title+" payment link is not used",
			c.info.Title+"'s response for link "+id+" contains a `url` that is not an https URL. It is ignored and not shown, because nobody should be sent there. Check the link in "+c.info.Title+"'s console.")
	}
	if warner, ok := c.vendor.(driver.AnswerWarner[L]); ok {
		diags.Append(warner.Warnings(answer)...)
	}
	return diags
}

// UnreadWarning returns what of an answer could not be read, for data sources of the vendor's own; none if all could. what names the
// answer's subject: "connection".
func UnreadWarning(info driver.Info, what string, answer any) (diags diag.Diagnostics) {
	if unread := unreadNames(answer); unread != "" {
		diags.AddWarning("Part of "+info.Title+"'s "+what+" cannot be read",
			"The provider cannot read "+unread+" in "+info.Title+"'s response for the "+what+". The value is null. Everything else in the response is used.")
	}
	return diags
}

// unreadNames returns the fields of an answer that could not be read, for a message; empty for none.
func unreadNames(answer any) string {
	var names []string
	for _, field := range lenient.Fields(answer) {
		if field != "" {
			names = append(names, "`"+field+"`")
		}
	}
	return strings.Join(names, ", ")
}
