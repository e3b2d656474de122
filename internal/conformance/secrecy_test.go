package conformance_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact/redacttest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// Whatever field of a success repeats a credential: it gets into no state, no private state, no identity and no message.
func TestNoStateHoldsACredential(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		var secrets []string
		for _, setting := range f.d.Credentials.Secret {
			secrets = append(secrets, f.Settings()[setting].(string))
		}
		cases := 0
		for op, body := range f.observeReplies() {
			if op == f.d.Operations.Token {
				continue // it is what is asked for
			}
			for _, pointer := range textPointers(body) {
				cases++
				f.credentialAt(op, pointer, secrets[cases%len(secrets)])
			}
		}
		if cases < 20 {
			f.Errorf("%d cases", cases)
		}
	})
}

// credentialAt lets one value of a call's answers repeat a credential while a link is made, read and listed.
func (f *fixture) credentialAt(op, pointer, secret string) {
	f.Helper()
	for _, l := range f.Sandbox.Overview() {
		f.Sandbox.Simulate(l.ID, "delete")
	}
	value, err := json.Marshal("https://pay.test/" + secret)
	if err != nil {
		f.Fatal(err)
	}
	remove := f.Sandbox.Inject(fault.Fault{Vendor: f.d.Name, Op: op, Kind: fault.Deviate, Pointer: pointer, Value: string(value)})
	defer remove()
	config := f.d.Config
	if f.d.Unique != "" {
		config = tfconfig.With(config, f.d.Unique, "another")
	}
	require := func(what string, state protocoltest.State, diags protocoltest.Diagnostics) {
		f.Helper()
		shown := diags.String() + string(state.Private)
		if state.Exists() {
			shown += state.Raw.String()
		}
		if part := redacttest.Shown(shown, secret); part != "" {
			f.Errorf("%s, %s%s: %q in %s", what, op, pointer, part, shown)
		}
	}
	state, plan, diags := f.Server.ApplyConfig(protocoltest.State{}, f.d.ResourceType(), config)
	require("create", state, append(diags, plan.Diagnostics...))
	f.Clock.Advance(2 * time.Minute)
	if state.Exists() {
		refreshed, diags := f.Server.Refresh(state)
		require("refresh", refreshed, diags)
		imported, diags := f.Server.Import(f.d.ResourceType(), state.Text("id"))
		require("import", imported, diags)
	}
	if f.d.List != nil {
		links, diags := f.Server.ReadDataSource(f.d.LinksType(), nil)
		require("list", links, diags)
	}
}
