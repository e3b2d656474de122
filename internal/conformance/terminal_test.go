package conformance_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// Values of a field that are hostile: the first rings, clears the screen and sets a title; the second turns the direction of what follows,
// and looks like a message of its own.
const (
	hostile = "x\x1b[2J\x1b]0;x\x07\u0085\x9b31m\r\x00y"
	forged  = "x\u202e\u2066\u200b\u2028\n\n" + forgery + "y"
	forgery = "Error: forged"
)

// Whatever stands in any field of any answer, nothing that is said brings it to a terminal as it is: no message of a create, refresh, plan,
// list, import or destroy, no error, no name in a list, no progress of an action.
func TestTerminalMatrix(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		cases := 0
		replies := f.observeReplies()
		for _, op := range slices.Sorted(maps.Keys(replies)) {
			body := replies[op]
			for _, pointer := range textPointers(body) {
				cases++
				f.hostileAt(op, pointer, forged)
				if cases%8 == 0 { // they are left out in one place for all (package rest)
					f.hostileAt(op, pointer, hostile)
				}
			}
		}
		if cases < 20 {
			f.Errorf("%d cases", cases)
		}
		f.Logf("%d cases", cases)
	})
}

// observeReplies has each of the vendor's calls made once, and returns what it answers by the name of the call.
func (f *fixture) observeReplies() map[string][]byte {
	f.Helper()
	var mu sync.Mutex
	out := map[string][]byte{}
	f.Sandbox.StartChaos(fault.Chaos{After: func(e fault.Event) {
		mu.Lock()
		defer mu.Unlock()
		out[e.Op] = e.Reply
	}})
	state, _ := f.apply(protocoltest.State{}, f.d.Config)
	f.everything(state)
	f.Sandbox.Inject(fault.Fault{Kind: fault.Echo, Times: 1})
	f.Server.Refresh(state)
	mu.Lock()
	defer mu.Unlock()
	return maps.Clone(out)
}

// hostileAt lets one value of a call's answers be hostile while everything is done with a link.
func (f *fixture) hostileAt(op, pointer, hostile string) {
	f.Helper()
	for _, l := range f.Sandbox.Overview() {
		f.Sandbox.Simulate(l.ID, "delete")
	}
	f.Clock.Advance(2 * time.Minute) // a token that could not be had is asked for again
	state, _ := f.apply(protocoltest.State{}, f.d.Config)
	value, err := json.Marshal(hostile)
	if err != nil {
		f.Fatal(err)
	}
	f.Clock.Advance(2 * time.Minute)
	remove := f.Sandbox.Inject(fault.Fault{Vendor: f.d.Name, Op: op, Kind: fault.Deviate, Pointer: pointer, Value: string(value)})
	defer remove()
	config := f.d.Config
	if f.d.Unique != "" {
		config = tfconfig.With(config, f.d.Unique, "another")
	}
	created, _, diags := f.Server.ApplyConfig(protocoltest.State{}, f.d.ResourceType(), config)
	f.requireTame(op, pointer, textsOf(diags)...)
	if created.Exists() && slices.Contains([]string{f.d.Operations.Create, f.d.Operations.Activate}, op) { // the state holds what was answered
		state = created
	}
	f.requireTame(op, pointer, f.everything(state)...)
}

// everything reads, lists, imports, acts on, replaces and destroys a link, and returns all that is said. It is not recorded: what is said of
// hostile answers belongs to no list of messages.
func (f *fixture) everything(state protocoltest.State) (all []string) {
	f.Helper()
	hear := func(diags protocoltest.Diagnostics) { all = append(all, textsOf(diags)...) }
	refreshed, diags := f.Server.Refresh(state)
	hear(diags)
	if refreshed.Exists() {
		hear(f.Server.Plan(f.d.ResourceType(), refreshed, tfconfig.With(f.d.Config, f.d.Label, "changed")).Diagnostics)
	}
	for _, name := range slices.Sorted(maps.Keys(f.Server.Schema().DataSourceSchemas)) {
		if config, ours := f.minimalConfig(name, state); ours {
			_, diags = f.Server.ReadDataSource(name, config)
			hear(diags)
		}
	}
	if f.d.List != nil {
		found, diags := f.Server.List(f.Context(), f.d.ResourceType(), protocoltest.ListRequest{})
		hear(diags)
		for _, one := range found {
			all = append(all, one.Name)
		}
	}
	for verb := range f.d.Actions {
		progress, diags := f.Server.InvokeAction(f.Context(), f.d.ActionType(verb), object{"id": state.Text("id")})
		hear(diags)
		all = append(all, progress...)
	}
	_, diags = f.Server.Import(f.d.ResourceType(), state.Text("id"))
	hear(diags)
	plan := f.Server.Plan(f.d.ResourceType(), state, nil)
	_, diags = f.Server.Apply(plan)
	hear(plan.Diagnostics)
	hear(diags)
	return all
}

// minimalConfig is what the vendor's data source demands, about a link; false for one of another vendor.
func (f *fixture) minimalConfig(dataSource string, state protocoltest.State) (object, bool) {
	config := object{}
	for _, a := range f.Server.Schema().DataSourceSchemas[dataSource].Block.Attributes {
		if a.Required || a.Name == "id" {
			config[a.Name] = state.Text("id")
		}
	}
	return config, strings.HasPrefix(dataSource, "paymentlinks_"+f.d.Name+"_") || dataSource == "paymentlinks_links"
}

// textsOf are the texts of messages.
func textsOf(diags protocoltest.Diagnostics) (out []string) {
	for _, d := range diags {
		out = append(out, d.Summary, d.Detail)
	}
	return out
}

func (f *fixture) requireTame(op, pointer string, texts ...string) {
	f.Helper()
	for _, text := range texts {
		if at := strings.IndexFunc(text, func(r rune) bool {
			return r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
		}); at >= 0 || strings.Contains(text, "\n"+forgery) {
			f.Errorf("%s%s: %q", op, pointer, text)
			return
		}
	}
}

// textPointers are the JSON pointers of all values in a body that are no object and no list.
func textPointers(body []byte) (out []string) {
	var document any
	if json.Unmarshal(body, &document) != nil {
		return nil
	}
	var walk func(at string, value any)
	walk = func(at string, value any) {
		switch value := value.(type) {
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(value)) {
				walk(at+"/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(key), value[key])
			}
		case []any:
			for i, element := range value {
				walk(at+"/"+strconv.Itoa(i), element)
			}
		default:
			out = append(out, at)
		}
	}
	walk("", document)
	return out
}

// The same for what a configuration holds: its values may come from a customer, by a file or another resource.
func TestTerminalOfConfigurations(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		for _, path := range tfconfig.LeafPaths(f.d.Config) {
			if _, text := tfconfig.Lookup(f.d.Config, path).(string); text {
				config := tfconfig.With(f.d.Config, path, hostile)
				f.requireTame("validate ", path, textsOf(f.Server.Validate(f.d.ResourceType(), config))...)
				f.requireTame("plan ", path, textsOf(f.Server.Plan(f.d.ResourceType(), protocoltest.State{}, config).Diagnostics)...)
			}
		}
		for name, value := range f.Settings() {
			if _, text := value.(string); text {
				said := acctest.NewServer(f.T, f.Clock, object{f.d.Name: f.Settings(object{name: hostile})}).ConfigureDiagnostics
				f.requireTame("settings ", name, textsOf(said)...)
			}
		}
		for name, schema := range f.Server.Schema().DataSourceSchemas {
			if _, ours := f.minimalConfig(name, protocoltest.State{}); !ours {
				continue
			}
			for _, a := range schema.Block.Attributes {
				if a.NestedType == nil && a.Type.Is(tftypes.String) && (a.Optional || a.Required) {
					f.requireTame(name+" ", a.Name, textsOf(f.Server.ValidateDataSource(name, object{a.Name: hostile}))...)
				}
			}
		}
		for verb := range f.d.Actions {
			f.requireTame(verb, "", textsOf(f.Server.ValidateAction(f.d.ActionType(verb), object{"id": hostile}))...)
		}
		_, diags := f.Server.Import(f.d.ResourceType(), hostile)
		f.requireTame("import", "", textsOf(diags)...)
	})
}
