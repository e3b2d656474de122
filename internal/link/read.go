package link

import (
	"context"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// A vendor's reads may lag behind its writes: a 404 this soon after the create is asked again before it is believed.
const newLinkGracePeriod = time.Minute

var newLinkRetryDelays = []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}

func (r *Resource[M, L, PM]) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	private, diags := readPrivateState(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	limit, diags := readTimeout(req.State.Raw)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()

	key := r.key(req.State.Raw)
	created := private.Created
	if private.Account != nil {
		if verdict, _ := private.Account.compare(r.account(key)); verdict == accountDifferent {
			created = time.Time{} // a 404 is no lag then
		}
	}
	result, err := r.hear(ctx, key, req.State.Raw, private, created, limit)
	if rest.IsNotFound(err) {
		var state M
		if resp.Diagnostics.Append(req.State.Get(ctx, &state)...); !resp.Diagnostics.HasError() {
			r.notFound(ctx, key, PM(&state).Common(), private, err, resp)
		}
		return
	}
	if err != nil {
		resp.Diagnostics.Append(r.apiError("read", err, "The link "+key.ID+" stays in state as it was. Try again once the cause is mended.")...)
		return
	}
	if remarker, ok := r.vendor.(AnswerWarner[L]); ok {
		resp.Diagnostics.Append(remarker.Warnings(result.answer)...)
	}
	resp.Diagnostics.Append(result.diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	r.registry.MarkManaged(key)
	resp.State.Raw = result.value
	if !private.Imported { // nothing is known of an imported link: an object of nulls, too, is the answer's
		resp.State.Raw = r.diff.MergeRefreshed(req.State.Raw, result.value, private.VendorForms)
	}
	resp.Diagnostics.Append(r.setPolicyDefaults(ctx, &resp.State, private.Imported)...)

	if private.Imported {
		private.Imported = false
		private.HiddenAtImport = r.diff.HiddenNulls(result.value)
	}
	account := r.account(r.key(resp.State.Raw))
	private.Account, private.NotFoundReported = &account, false
	resp.Diagnostics.Append(private.write(ctx, resp.Private)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, r.key(resp.State.Raw))...)
}

// readTimeout is timeouts.read of a state. The whole model is not needed for a read, and costs as much as the rest of it.
func readTimeout(state tftypes.Value) (limit time.Duration, diags diag.Diagnostics) {
	text := String(Attributes(Attributes(state)["timeouts"])["read"])
	if text == "" {
		return defaultRead, nil
	}
	limit, err := time.ParseDuration(text)
	if err != nil { // a configuration with one is refused
		diags.AddAttributeError(path.Root("timeouts").AtName("read"), "Invalid duration", "`"+text+"` in the state is not a duration such as `30s` or `5m`. Set `timeouts` anew, and apply with -refresh=false.")
	}
	return limit, diags
}

// getWithRetry reads one link; shortly after its create it insists.
func (a *configured[M, L, PM]) getWithRetry(ctx context.Context, key Key, created time.Time) (L, error) {
	answer, err := a.client.Get(ctx, key)
	for _, wait := range newLinkRetryDelays {
		if !rest.IsNotFound(err) || a.clock.Now().Sub(created) >= newLinkGracePeriod {
			break
		}
		if slept := a.clock.Sleep(ctx, wait); slept != nil {
			return answer, slept
		}
		answer, err = a.client.Get(ctx, key)
	}
	return answer, err
}

// notFound decides what a 404 means: only under the account that made the link is it believed.
func (r *Resource[M, L, PM]) notFound(ctx context.Context, key Key, state *Model, private privateState, err error, resp *resource.ReadResponse) {
	if private.Account == nil {
		resp.Diagnostics.Append(r.apiError("import", err, r.info.Title+" knows no link "+key.ID+" under the credentials in use. Check the id and the account.")...)
		return
	}
	if doubt := r.notFoundDoubt(key, private); doubt != "" {
		resp.Diagnostics.Append(r.apiError("find", err, doubt)...)
		return
	}
	gone, err := r.confirmNotFound(ctx, key)
	if err != nil {
		resp.Diagnostics.Append(r.apiError("read", err, "The link "+key.ID+" stays in state as it was. Try again once the cause is mended.")...)
		return
	}
	if !gone {
		resp.Diagnostics.AddError("Cannot read "+r.info.Title+" payment link",
			r.info.Title+" answers that the link "+key.ID+" does not exist, and yet lists it. It stays in state as it was. Try again later.")
		return
	}
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, key)...)
	// A link that ended before the vendor forgot it stays what it was: a paid one must not be asked for again.
	last := Revoked
	if known := State(state.State.ValueString()); known.Ended() {
		last = known
	}
	if state.ReplacesOn(last) {
		resp.Diagnostics.AddWarning(r.info.Title+" payment link is gone: "+key.ID,
			"The link "+key.ID+" ("+state.URL.ValueString()+") no longer exists at "+r.info.Title+". It is removed from state; the plan creates a new one.")
		resp.State.RemoveResource(ctx)
		return
	}
	resp.Diagnostics.AddWarning(r.info.Title+" payment link is gone",
		"The link "+key.ID+" ("+state.URL.ValueString()+") no longer exists at "+r.info.Title+". It stays in state as `"+string(last)+"`, because `replace_when` does not name that state.")
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(stateAttribute), types.StringValue(string(last)))...)
	private.NotFoundReported = true
	resp.Diagnostics.Append(private.write(ctx, resp.Private)...)
}

// notFoundDoubt says why a 404 proves nothing, and what to do; empty when it proves that the link is gone.
func (a *configured[M, L, PM]) notFoundDoubt(key Key, private privateState) string {
	verdict, difference := private.Account.compare(a.account(key))
	onPurpose := "To drop the link on purpose, without revoking it: `terraform state rm`, or a `removed` block with `destroy = false`."
	switch verdict {
	case accountSame:
		return ""
	case accountDifferent:
		return "These are not the credentials that made the link " + key.ID + ": " + difference +
			". Nothing was changed. Use the account that the link belongs to. " + onPurpose
	default:
		return "The credentials in use do not say which account they belong to, so that this may be another account's answer; to believe it would be to create the link " + key.ID + " anew. " +
			"Nothing was changed. Check the credentials; with `account` set in the provider's `" + a.info.Name + "` object from the start, every link remembers whose it is. " + onPurpose
	}
}

// confirmNotFound asks the list, where a 404 alone does not prove anything.
func (a *configured[M, L, PM]) confirmNotFound(ctx context.Context, key Key) (bool, error) {
	if !a.info.ConfirmNotFoundByList {
		return true, nil
	}
	for answer, err := range a.client.List(ctx, Query{Scope: key.Scope}) {
		if err != nil {
			return false, err
		}
		m := a.vendor.Model(answer)
		if PM(&m).Common().ID.ValueString() == key.ID {
			return false, nil
		}
	}
	return true, nil
}

// setPolicyDefaults gives an imported link, or one from before a policy existed, the policies' defaults. A link that had come to
// its end before it was imported is taken over as it is: configuration generated from it must not ask for a new one.
func (a *configured[M, L, PM]) setPolicyDefaults(ctx context.Context, state *tfsdk.State, imported bool) (diags diag.Diagnostics) {
	attributes := Attributes(state.Raw)
	if attributes["replace_when"].IsNull() {
		replaceWhen := defaultReplaceWhen(a.info)
		if imported {
			now := String(attributes[stateAttribute])
			replaceWhen = slices.DeleteFunc(replaceWhen, func(ended string) bool { return ended == now })
		}
		diags.Append(state.SetAttribute(ctx, path.Root("replace_when"), stringSet(replaceWhen))...)
	}
	if attributes["on_destroy"].IsNull() {
		diags.Append(state.SetAttribute(ctx, path.Root("on_destroy"), onDestroyValues(a.info)[0])...)
	}
	return diags
}
