package link

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Steady is a resource that can tell, without the framework, that a refresh finds nothing new: the usual case, and two
// thirds of a refresh's time are the framework's, which copies and walks the state some ten times.
type Steady interface {
	// Name is the resource's type, "paymentlinks_<vendor>_link".
	Name() string
	// Type is that of the state.
	Type() tftypes.Type
	// Steady reads the link of a state, once. It is true when Read would leave everything as it is and say nothing; else the
	// context holds what the vendor said, and Read takes it from there. handed is the configured provider's Runtime, note
	// what private state remembers.
	Steady(ctx context.Context, handed any, state tftypes.Value, note []byte) (context.Context, bool)
	// Identity is what a state without one gets.
	Identity(state tftypes.Value) (*tfprotov6.ResourceIdentityData, error)
}

// PrivateStateKey is where private state holds what Steady needs.
const PrivateStateKey = privateStateKey

type saidKey struct{}

// said is what a vendor has said to a refresh already.
type said[L any] struct {
	key  Key
	news readResult[L]
	err  error
}

// Name is the resource's type.
func (r *Resource[M, L, PM]) Name() string { return "paymentlinks_" + r.info.Name + "_link" }

// Type is that of the state.
func (r *Resource[M, L, PM]) Type() tftypes.Type { return r.stateType }

// Identity is the identity of a state's link.
func (r *Resource[M, L, PM]) Identity(state tftypes.Value) (*tfprotov6.ResourceIdentityData, error) {
	key := r.key(state)
	kinds, values := map[string]tftypes.Type{"id": tftypes.String}, map[string]tftypes.Value{"id": tftypes.NewValue(tftypes.String, key.ID)}
	if scope := r.info.Scope; scope != "" {
		kinds[scope], values[scope] = tftypes.String, tftypes.NewValue(tftypes.String, key.Scope)
	}
	kind := tftypes.Object{AttributeTypes: kinds}
	data, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, values))
	return &tfprotov6.ResourceIdentityData{IdentityData: &data}, err
}

// Steady reads as Read does, see the interface.
func (prototype *Resource[M, L, PM]) Steady(ctx context.Context, handed any, state tftypes.Value, data []byte) (context.Context, bool) {
	r := &Resource[M, L, PM]{configured[M, L, PM]{vendorDefinition: prototype.vendorDefinition}}
	if r.configure(handed).HasError() {
		return ctx, false
	}
	remembered, diags := decodePrivateState(data)
	limit, more := readTimeout(state)
	attributes := Attributes(state)
	if diags.HasError() || more.HasError() || remembered.Account == nil || remembered.Imported || remembered.NotFoundReported ||
		attributes["replace_when"].IsNull() || attributes["on_destroy"].IsNull() {
		return ctx, false // Read has something to write, or to complain about
	}
	key := r.key(state)
	account := r.account(key)
	if *remembered.Account != account {
		return ctx, false
	}
	bounded, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	news, err := r.readLink(bounded, key, state, remembered, remembered.Created, limit)
	ctx = context.WithValue(ctx, saidKey{}, said[L]{key, news, err})
	if err != nil || len(news.diags) > 0 || r.remarks(news.answer) {
		return ctx, false
	}
	if !r.diff.MergeRefreshed(state, news.value, remembered.VendorForms).Equal(state) {
		return ctx, false
	}
	r.registry.MarkManaged(key)
	return ctx, true
}

func (r *Resource[M, L, PM]) remarks(answer L) bool {
	remarker, ok := r.vendor.(AnswerWarner[L])
	return ok && len(remarker.Warnings(answer)) > 0
}

// hear is renew, unless Steady has asked already.
func (r *Resource[M, L, PM]) hear(ctx context.Context, key Key, state tftypes.Value, remembered privateState, created time.Time, limit time.Duration) (readResult[L], error) {
	if before, ok := ctx.Value(saidKey{}).(said[L]); ok && before.key == key {
		return before.news, before.err
	}
	return r.readLink(ctx, key, state, remembered, created, limit)
}
