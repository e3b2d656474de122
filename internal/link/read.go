package link

import (
	"context"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// ReadOutcome tells what a read found.
type ReadOutcome int

const (
	ReadUnchanged ReadOutcome = iota // state and private state stay as they are, without any diagnostic
	ReadChanged                      // state or private state change, or there is a warning
	ReadNotFound                     // the link is gone: removed from state (State is null), or kept there as ended
	ReadFailed                       // nothing is known and nothing changes: Diagnostics tell why
)

// ReadResult is the result of a read.
type ReadResult struct {
	Outcome     ReadOutcome
	State       tftypes.Value
	Private     []byte // what private state holds under PrivateStateKey
	Key         driver.Key
	Diagnostics diag.Diagnostics
}

// Read is EvaluateRead behind the framework.
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
	r.setIdentity(resp.Identity, result.Key)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, PrivateStateKey, result.Private)...)
	resp.State.Raw = result.State
}

// EvaluateRead reads the link of a state without the framework, whose own share of a refresh is larger than all the rest.
// providerData is the configured provider's *ProviderData; private is what private state holds under PrivateStateKey.
func (r *Resource[M, L, PM]) EvaluateRead(ctx context.Context, providerData any, state tftypes.Value, private []byte) ReadResult {
	own, diags := r.with(providerData)
	if diags.HasError() {
		return ReadResult{Outcome: ReadFailed, State: state, Private: private, Diagnostics: diags}
	}
	return own.evaluateRead(ctx, state, private)
}

// evaluateRead reads the link of a state; data is the encoded private state.
func (r *Resource[M, L, PM]) evaluateRead(ctx context.Context, state tftypes.Value, data []byte) ReadResult {
	key := r.key(state)
	failed := func(diags diag.Diagnostics) ReadResult {
		return ReadResult{Outcome: ReadFailed, State: state, Private: data, Key: key, Diagnostics: diags}
	}
	private, diags := decodePrivateState(data)
	timeout, more := readTimeout(state)
	if diags.Append(more...); diags.HasError() {
		return failed(diags)
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	found, err := r.readLink(ctx, key, state, private, timeout)
	switch {
	case rest.IsNotFound(err):
		return r.evaluateNotFound(ctx, key, state, data, private, err)
	case err != nil:
		return failed(r.apiError(opRead, err, "The link "+key.ID+" stays in state unchanged. Fix the cause and run the command again."))
	}
	if diags.Append(found.diags...); diags.HasError() {
		return failed(diags)
	}
	r.markInState(ctx, key)
	fresh := r.withPolicyDefaults(found.value, private.Imported)
	if private.Imported {
		private.Imported = false
		private.MissingAtImport = r.diff.MissingArguments(found.answered)
	}
	private = private.orAssumed(r.diff, fresh)
	key = r.key(fresh)
	account := r.account(key)
	private.Account, private.NotFoundReported = &account, false
	return readResult(state, fresh, data, private, key, diags)
}

// readResult compares state and private state before and after a read.
func readResult(before, after tftypes.Value, data []byte, private privateState, key driver.Key, diags diag.Diagnostics) ReadResult {
	out := ReadResult{Outcome: ReadChanged, State: after, Private: data, Key: key, Diagnostics: diags}
	encoded, failed := private.encode()
	if failed.HasError() {
		out.Diagnostics.Append(failed...)
		return out
	}
	if len(diags) == 0 && string(encoded) == string(data) && tfvalue.Identical(after, before) {
		out.Outcome, out.State = ReadUnchanged, before
	}
	out.Private = encoded
	return out
}

// evaluateNotFound returns the result of a read that was answered by a 404. If the 404 is believed, the link keeps the state in
// which it had ended, else it becomes revoked: a paid link that its vendor has forgotten must not be asked for again.
func (r *Resource[M, L, PM]) evaluateNotFound(ctx context.Context, key driver.Key, state tftypes.Value, data []byte, private privateState, notFound error) ReadResult {
	out := ReadResult{Outcome: ReadFailed, State: state, Private: data, Key: key}
	if private.Account == nil {
		out.Diagnostics = r.apiError(opImport, notFound, r.info.Title+" found no link "+key.ID+" for these credentials. Check the ID and the account.")
		return out
	}
	out.Diagnostics = r.believeNotFound(ctx, key, private, notFound, notFoundContext{
		op: opRead, inDoubt: opFind, consequence: "stays in state unchanged.", advice: "Fix the cause and run the command again.",
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
	if slices.Contains(diff.Strings(attributes["replace_when"]), string(last)) {
		out.Diagnostics.AddWarning(r.info.Title+" payment link was deleted outside Terraform: "+key.ID,
			"The link "+key.ID+" ("+url+") no longer exists at "+r.info.Title+". It is removed from state, and the plan creates a new one.")
		out.State = r.nullState()
		sharedByVendor(r.data, r.info.Name, newShared[droppedLinks]).Store(key, droppedLink{state, last})
		return out
	}
	out.Diagnostics.AddWarning(r.info.Title+" payment link was deleted outside Terraform",
		"The link "+key.ID+" ("+url+") no longer exists at "+r.info.Title+". It stays in state as `"+string(last)+"`, because `replace_when` does not name that state.")
	private.NotFoundReported = true
	kept := diff.With(state, stateAttribute, tftypes.NewValue(tftypes.String, string(last)))
	out = readResult(state, kept, data, private, key, out.Diagnostics)
	out.Outcome = ReadNotFound
	return out
}

// readTimeout returns `timeouts.read` of a state. Decoding the whole model for it would cost as much as the rest of a read.
func readTimeout(state tftypes.Value) (timeout time.Duration, diags diag.Diagnostics) {
	text := diff.String(diff.Attributes(diff.Attributes(state)["timeouts"])["read"])
	if text == "" {
		return defaultReadTimeout, nil
	}
	timeout, err := time.ParseDuration(text)
	if err != nil { // the schema refuses a configuration with one
		diags.AddAttributeError(path.Root("timeouts").AtName("read"), "Invalid duration", "`"+text+"` in the state is not a duration such as `30s` or `5m`. Set `timeouts` again, and apply with -refresh=false.")
	}
	return timeout, diags
}

// withPolicyDefaults fills in the defaults of policies that a state lacks: an imported one, or one from before the policy
// existed. If an imported link has ended, its state is left out of `replace_when`, so that configuration generated from it plans
// no new link.
func (c *configured[M, L, PM]) withPolicyDefaults(state tftypes.Value, imported bool) tftypes.Value {
	attributes := diff.Attributes(state)
	if attributes["replace_when"].IsNull() {
		replaceWhen := defaultReplaceWhen(c.info)
		if imported {
			now := diff.String(attributes[stateAttribute])
			replaceWhen = slices.DeleteFunc(replaceWhen, func(ended string) bool { return ended == now })
		}
		state = diff.With(state, "replace_when", diff.StringSet(replaceWhen))
	}
	if attributes[replacePaidAttribute].IsNull() {
		state = diff.With(state, replacePaidAttribute, tftypes.NewValue(tftypes.Bool, false))
	}
	if attributes["on_destroy"].IsNull() {
		state = diff.With(state, "on_destroy", tftypes.NewValue(tftypes.String, onDestroyValues(c.revocable)[0]))
	}
	return state
}

// linkAnswer is what the vendor says of one link.
type linkAnswer struct {
	answered tftypes.Value    // as the vendor says
	value    tftypes.Value    // merged with the state
	diags    diag.Diagnostics // of the answer and of its mapping
}

// readLink reads one link for a refresh: from a page of the list if that says nothing new, else singly. timeout
// bounds all of it; half of it may be spent waiting for pages.
func (r *Resource[M, L, PM]) readLink(ctx context.Context, key driver.Key, state tftypes.Value, private privateState, timeout time.Duration) (linkAnswer, error) {
	created := r.createdByAccount(key, private)
	get := func(ctx context.Context) (L, error) { return r.getWithRetry(ctx, key, created) }
	reader := r.bulkReader()
	if reader == nil || private.Imported { // the first read of an import learns what the vendor says of a link
		answer, err := get(ctx)
		return r.mapAnswer(ctx, answer, err, state, private), err
	}
	var listed linkAnswer
	answer, fromPage, err := reader.Read(ctx, key, timeout/2, get, func(answer L) bool {
		listed = r.mapAnswer(ctx, answer, nil, state, private)
		if !r.saysNothingNew(listed, state) {
			return false
		}
		listed.value = state // with which it is compared again
		return true
	})
	if fromPage {
		return listed, nil
	}
	return r.mapAnswer(ctx, answer, err, state, private), err
}

func (r *Resource[M, L, PM]) mapAnswer(ctx context.Context, answer L, err error, state tftypes.Value, private privateState) linkAnswer {
	if err != nil {
		return linkAnswer{}
	}
	value, diags := r.stateValue(ctx, answer)
	out := linkAnswer{value, value, append(r.answerWarnings(answer), diags...)}
	if !private.Imported { // an imported state holds nothing to merge with, and null objects of the answer stay objects of nulls
		out.value = r.mergeRefreshed(state, value, private)
	}
	return out
}

// saysNothingNew reports whether a listed link is as the state has it. A list may lag or say less than the link itself, so that what
// would change, replace or warn is read singly, and so is a link whose state may follow from what the page leaves out.
func (c *configured[M, L, PM]) saysNothingNew(listed linkAnswer, state tftypes.Value) bool {
	return len(listed.diags) == 0 && !c.diff.LeavesOutStatus(state, listed.answered) && tfvalue.Identical(listed.value, state)
}
