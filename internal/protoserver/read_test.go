package protoserver_test

import (
	"context"
	"encoding/json"
	"maps"
	"reflect"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

const linkType = "paymentlinks_memory_link"

var linkConfig = tfconfig.Object{
	"title": "Order 42", "pin": "1234", "return_url": "https://shop.example/done", "labels": tfconfig.Object{"shop": "Turin"},
	"lines": tfconfig.List{tfconfig.Object{"name": "Chair", "price": tfconfig.Object{"value": "10"}}},
}

// vendor is the vendor in memory, for several providers.
type vendor struct {
	t       *testing.T
	options memdriver.Options
	store   *memdriver.Store
	clock   *fakeclock.Clock
}

func newVendor(t *testing.T) *vendor {
	t.Helper()
	v := &vendor{t: t, options: memdriver.Options{Info: memdriver.DefaultInfo(), EditPage: func(*memdriver.Link) {}}, clock: fakeclock.New(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))}
	v.store = memdriver.NewStore(v.clock)
	return v
}

// serve returns a configured provider behind a server.
func (v *vendor) serve(server tfprotov6.ProviderServer, mode link.RefreshMode, memory tfconfig.Object) *protocoltest.Server {
	v.t.Helper()
	out := protocoltest.Start(v.t, server, tfconfig.Object{"memory": memory, "refresh": string(mode)})
	if out.ConfigureDiagnostics.HasError() {
		v.t.Fatal(out.ConfigureDiagnostics)
	}
	return out
}

func (v *vendor) registration() link.Registration { return v.store.Registration(v.options) }

// create creates a link that is too old for a 404 to be a lag, and returns its state.
func (v *vendor) create() protocoltest.State {
	v.t.Helper()
	return v.createBy(protoserver.New(provider.New("test", v.clock, v.registration())))
}

// createBy is create by a server of one's own.
func (v *vendor) createBy(inner tfprotov6.ProviderServer) protocoltest.State {
	v.t.Helper()
	server := v.serve(inner, link.RefreshGet, tfconfig.Object{})
	state, _, diags := server.ApplyConfig(protocoltest.State{}, linkType, linkConfig)
	if len(diags) > 0 || !state.Exists() {
		v.t.Fatalf("create: %s", diags)
	}
	v.clock.Advance(time.Hour)
	return state
}

// recorder keeps the latest answer to a read.
type recorder struct {
	tfprotov6.ProviderServer
	response *tfprotov6.ReadResourceResponse
}

func (r *recorder) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	var err error
	r.response, err = r.ProviderServer.ReadResource(ctx, req)
	return r.response, err
}

// situations is what may have happened since a link was created.
var situations = map[string]func(*vendor, *protocoltest.State){
	"nothing":                func(*vendor, *protocoltest.State) {},
	"paid":                   func(v *vendor, _ *protocoltest.State) { v.store.SetStatus("pl-1", "FINISHED") },
	"revoked":                func(v *vendor, _ *protocoltest.State) { v.store.SetStatus("pl-1", "CANCELED") },
	"an undocumented status": func(v *vendor, _ *protocoltest.State) { v.store.SetStatus("pl-1", "NEW_WORD") },
	"drift": func(v *vendor, _ *protocoltest.State) {
		v.store.Change("pl-1", func(l *memdriver.Link) { l.Title = "Order 43" })
	},
	"hidden attributes shown":  func(v *vendor, _ *protocoltest.State) { v.store.ShowHidden = true },
	"defaults filled in":       func(v *vendor, _ *protocoltest.State) { v.store.FillDefaults = true },
	"an id in another case":    func(v *vendor, _ *protocoltest.State) { v.store.UpperCaseIDs = true },
	"gone":                     func(v *vendor, _ *protocoltest.State) { v.store.Forget("pl-1") },
	"gone after it was paid":   func(v *vendor, s *protocoltest.State) { v.store.Forget("pl-1"); set(v.t, s, "state", "paid") },
	"not found and yet listed": func(v *vendor, _ *protocoltest.State) { v.store.ReadsNothing = true },
	"an invalid answer":        func(v *vendor, _ *protocoltest.State) { v.store.InvalidAnswers = true },
	"401":                      failing(&rest.Error{Status: 401, Code: "expired", Message: "Who are you?"}),
	"403":                      failing(&rest.Error{Status: 403, Message: "Not with this role"}),
	"404 with a field":         failing(&rest.Error{Status: 404, Message: "No such link", Fields: []rest.Field{{Pointer: "/lines/0/price/value", Message: "?"}}}),
	"500":                      failing(&rest.Error{Status: 500, Message: "Broken", Outcome: rest.Unknown}),
	"unreadable":               failing(&rest.Error{Status: 200, Message: "The body is no JSON", Outcome: rest.Unknown}),
	"timed out":                failing(context.DeadlineExceeded),
	"no policies in state": func(v *vendor, s *protocoltest.State) {
		set(v.t, s, "replace_when", nil)
		set(v.t, s, "on_destroy", nil)
	},
	"no policies, and equal": func(v *vendor, s *protocoltest.State) {
		v.store.ShowHidden = true
		set(v.t, s, "replace_when", nil)
		set(v.t, s, "on_destroy", nil)
		set(v.t, s, "return_url", "https://shop.example/done/")
		set(v.t, s, "pin", "1234")
	},
	"no identity":           func(_ *vendor, s *protocoltest.State) { s.Identity = nil },
	"damaged private state": func(_ *vendor, s *protocoltest.State) { s.Private = private("link", `{"account":7}`) },
	"foreign private state": func(_ *vendor, s *protocoltest.State) { s.Private = private("other", `{}`) },
	"no private state":      func(_ *vendor, s *protocoltest.State) { s.Private = nil },
	"an invalid timeout in state": func(v *vendor, s *protocoltest.State) {
		set(v.t, s, "timeouts", tftypes.NewValue(attributes(v.t, *s)["timeouts"].Type(), map[string]tftypes.Value{
			"create": tftypes.NewValue(tftypes.String, nil), "read": tftypes.NewValue(tftypes.String, "soon"), "delete": tftypes.NewValue(tftypes.String, nil),
		}))
	},
}

func failing(err error) func(*vendor, *protocoltest.State) {
	return func(v *vendor, _ *protocoltest.State) {
		v.store.FailAlways(memdriver.CallGet, err)
		v.store.FailAlways(memdriver.CallList, err)
	}
}

// A read without the framework answers byte for byte what the framework would: state, private state, identity and diagnostics, in
// every mode of `refresh`, under the account of the link and under another one, and once more from what the first read left. It makes
// the same requests.
func TestReadEqualsTheFramework(t *testing.T) {
	t.Parallel()
	for name, happen := range situations {
		for _, mode := range link.RefreshModes {
			for _, endpoint := range []any{nil, "https://other.example"} {
				t.Run(name+"/"+string(mode), func(t *testing.T) {
					t.Parallel()
					v := newVendor(t)
					state := v.create()
					happen(v, &state)
					memory := tfconfig.Object{"endpoint": endpoint}
					// Two providers of the same kind, so that neither knows what the other has read.
					own := &recorder{ProviderServer: protoserver.New(provider.New("test", v.clock, v.registration()))}
					framework := &recorder{ProviderServer: providerserver.NewProtocol6(provider.New("test", v.clock, v.registration()))()}
					ownServer, frameworkServer := v.serve(own, mode, memory), v.serve(framework, mode, memory)
					for range 2 {
						v.store.TakeCalls()
						got, _ := ownServer.Refresh(state)
						calls := v.store.TakeCalls()
						frameworkServer.Refresh(state)
						if want := v.store.TakeCalls(); calls != want {
							t.Errorf("requests %q, the framework makes %q", calls, want)
						}
						if !reflect.DeepEqual(own.response, framework.response) {
							t.Errorf("answers\n%s\nthe framework\n%s", show(t, own.response), show(t, framework.response))
						}
						if !got.Exists() {
							return
						}
						state = got
					}
				})
			}
		}
	}
}

func private(key, value string) []byte {
	out, _ := json.Marshal(map[string][]byte{key: []byte(value)})
	return out
}

func attributes(t *testing.T, state protocoltest.State) map[string]tftypes.Value {
	t.Helper()
	var out map[string]tftypes.Value
	if err := state.Raw.As(&out); err != nil {
		t.Fatal(err)
	}
	return maps.Clone(out)
}

// set changes an attribute of a state: to a value, a text, or (nil) null.
func set(t *testing.T, state *protocoltest.State, name string, value any) {
	t.Helper()
	all := attributes(t, *state)
	if v, ok := value.(tftypes.Value); ok {
		all[name] = v
	} else {
		all[name] = tftypes.NewValue(all[name].Type(), value)
	}
	state.Raw = tftypes.NewValue(state.Raw.Type(), all)
}

func show(t *testing.T, response *tfprotov6.ReadResourceResponse) string {
	t.Helper()
	text, err := json.MarshalIndent(response, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
