package link

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// ReadOutcome is what the read of a link came to.
type ReadOutcome int

const (
	ReadUnchanged ReadOutcome = iota // state and private state stay as they are, and there is nothing to say
	ReadChanged                      // state or private state change, or there is a warning
	ReadNotFound                     // the link is gone: removed from state (a null State), or kept there as ended
	ReadFailed                       // nothing is known, and nothing changes: Diagnostics say why
)

// ReadResult is what a read makes of a state.
type ReadResult struct {
	Outcome     ReadOutcome
	State       tftypes.Value
	Private     []byte // what private state holds under PrivateStateKey
	Key         driver.Key
	Diagnostics diag.Diagnostics
}

// Read is EvaluateRead in the framework's terms.
func (r *Resource[M, L, PM]) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	data, diags := req.Private.GetKey(ctx, PrivateStateKey)
	if resp.Diagnostics.Append(diags...); resp.Diagnostics.HasError() {
		return
	}
	result := r.evaluateRead(ctx, req.State.Raw, data)
	resp.Diagnostics.Append(result.Diagnostics...)
	if result.Outcome == ReadFailed {
		return
	}
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, result.Key)...)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, PrivateStateKey, result.Private)...)
	resp.State.Raw = result.State
}

// EvaluateRead reads the link of a state. providerData is the configured provider's *ProviderData; private is what private
// state holds under PrivateStateKey. It may be called without the framework, whose own share of a refresh is larger than all
// the rest.
func (r *Resource[M, L, PM]) EvaluateRead(ctx context.Context, providerData any, state tftypes.Value, private []byte) ReadResult {
	own := &Resource[M, L, PM]{configured[M, L, PM]{vendorDefinition: r.vendorDefinition}}
	if diags := own.configure(providerData); diags.HasError() {
		return ReadResult{Outcome: ReadFailed, State: state, Private: private, Diagnostics: diags}
	}
	return own.evaluateRead(ctx, state, private)
}

func (r *Resource[M, L, PM]) evaluateRead(ctx context.Context, state tftypes.Value, data []byte) ReadResult {
	key := r.key(state)
	failed := func(diags diag.Diagnostics) ReadResult {
		return ReadResult{Outcome: ReadFailed, State: state, Private: data, Key: key, Diagnostics: diags}
	}
	private, diags := decodePrivateState(data)
	limit, more := readTimeout(state)
	if diags.Append(more...); diags.HasError() {
		return failed(diags)
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()

	result, err := r.readLink(ctx, key, state, private, r.createdHere(key, private), limit)
	switch {
	case rest.IsNotFound(err):
		return r.evaluateNotFound(ctx, key, state, data, private, err)
	case err != nil:
		return failed(r.apiError("read", err, "The link "+key.ID+" stays in state as it was. Try again once the cause is mended."))
	}
	diags.Append(r.answerWarnings(result.answer)...)
	if diags.Append(result.diags...); diags.HasError() {
		return failed(diags)
	}
	r.registry.MarkManaged(key)
	fresh := result.value
	if !private.Imported { // nothing is known of an imported link: an object of nulls, too, is the answer's
		fresh = r.diff.MergeRefreshed(state, result.value, private.VendorForms)
	}
	fresh = r.withPolicyDefaults(fresh, private.Imported)
	if private.Imported {
		private.Imported = false
		private.HiddenAtImport = r.diff.HiddenNulls(result.value)
	}
	key = r.key(fresh)
	account := r.account(key)
	private.Account, private.NotFoundReported = &account, false
	return r.readResultOf(state, fresh, data, private, key, diags)
}

// readResultOf compares what a read made of state and private state with what they were.
func (r *Resource[M, L, PM]) readResultOf(state, fresh tftypes.Value, data []byte, private privateState, key driver.Key, diags diag.Diagnostics) ReadResult {
	out := ReadResult{Outcome: ReadChanged, State: fresh, Private: data, Key: key, Diagnostics: diags}
	written, err := json.Marshal(private)
	if err != nil {
		out.Diagnostics.Append(privateStateError(err))
		return out
	}
	if len(diags) == 0 && string(written) == string(data) && fresh.Equal(state) {
		out.Outcome, out.State = ReadUnchanged, state
	}
	out.Private = written
	return out
}

// createdHere returns when the link was created, for a 404 that may be a lag: zero under another account.
func (r *Resource[M, L, PM]) createdHere(key driver.Key, private privateState) time.Time {
	if private.Account != nil {
		if match, _ := compareAccounts(*private.Account, r.account(key)); match == accountDifferent {
			return time.Time{}
		}
	}
	return private.Created
}

// evaluateNotFound is a read that was answered by a 404. Believed, it means that the link is what it had ended as before, else
// revoked: a paid link that its vendor has forgotten must not be asked for again.
func (r *Resource[M, L, PM]) evaluateNotFound(ctx context.Context, key driver.Key, state tftypes.Value, data []byte, private privateState, notFound error) ReadResult {
	out := ReadResult{Outcome: ReadFailed, State: state, Private: data, Key: key}
	if private.Account == nil {
		out.Diagnostics = r.apiError("import", notFound, r.info.Title+" knows no link "+key.ID+" under the credentials in use. Check the id and the account.")
		return out
	}
	out.Diagnostics = r.believeNotFound(ctx, key, private, notFound, notFoundContext{
		doubt: "find", verb: "read", consequence: "The link " + key.ID + " stays in state as it was.", next: "Try again once the cause is mended.",
	})
	if out.Diagnostics.HasError() {
		return out
	}
	attributes := diff.Attributes(state)
	last := driver.Revoked
	if known := driver.State(diff.String(attributes[stateAttribute])); known.Ended() {
		last = known
	}
	url := diff.String(attributes["url"])
	out.Outcome = ReadNotFound
	if slices.Contains(stringValues(attributes["replace_when"]), string(last)) {
		out.Diagnostics.AddWarning(r.info.Title+" payment link is gone: "+key.ID,
			"The link "+key.ID+" ("+url+") no longer exists at "+r.info.Title+". It is removed from state; the plan creates a new one.")
		out.State = r.nullState()
		return out
	}
	out.Diagnostics.AddWarning(r.info.Title+" payment link is gone",
		"The link "+key.ID+" ("+url+") no longer exists at "+r.info.Title+". It stays in state as `"+string(last)+"`, because `replace_when` does not name that state.")
	attributes[stateAttribute] = tftypes.NewValue(tftypes.String, string(last))
	private.NotFoundReported = true
	kept := r.readResultOf(state, tftypes.NewValue(r.stateType, attributes), data, private, key, out.Diagnostics)
	kept.Outcome = ReadNotFound
	return kept
}

// answerWarnings returns what the vendor has to say about an answer.
func (a *configured[M, L, PM]) answerWarnings(answer L) diag.Diagnostics {
	if warner, ok := a.vendor.(driver.AnswerWarner[L]); ok {
		return warner.Warnings(answer)
	}
	return nil
}

// readTimeout returns `timeouts.read` of a state. Decoding the whole model for it would cost as much as the rest of a read.
func readTimeout(state tftypes.Value) (limit time.Duration, diags diag.Diagnostics) {
	text := diff.String(diff.Attributes(diff.Attributes(state)["timeouts"])["read"])
	if text == "" {
		return defaultRead, nil
	}
	limit, err := time.ParseDuration(text)
	if err != nil { // a configuration with one is refused
		diags.AddAttributeError(path.Root("timeouts").AtName("read"), "Invalid duration", "`"+text+"` in the state is not a duration such as `30s` or `5m`. Set `timeouts` anew, and apply with -refresh=false.")
	}
	return limit, diags
}

// withPolicyDefaults gives an imported link, or one from before a policy existed, the policies' defaults. A link that had
// ended before it was imported keeps out of `replace_when`: configuration generated from it must not ask for a new link.
func (a *configured[M, L, PM]) withPolicyDefaults(state tftypes.Value, imported bool) tftypes.Value {
	attributes := diff.Attributes(state)
	noPolicy, noDestroy := attributes["replace_when"].IsNull(), attributes["on_destroy"].IsNull()
	if !noPolicy && !noDestroy {
		return state
	}
	if noPolicy {
		replaceWhen := defaultReplaceWhen(a.info)
		if imported {
			now := diff.String(attributes[stateAttribute])
			replaceWhen = slices.DeleteFunc(replaceWhen, func(ended string) bool { return ended == now })
		}
		attributes["replace_when"] = textSet(replaceWhen)
	}
	if noDestroy {
		attributes["on_destroy"] = tftypes.NewValue(tftypes.String, onDestroyValues(a.revocable)[0])
	}
	return tftypes.NewValue(state.Type(), attributes)
}
