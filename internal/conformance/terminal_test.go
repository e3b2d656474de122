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

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// hostile rings, clears the screen, sets a title and turns the direction of what follows.
const hostile = "\x1b[2J\x1b]0;x\x07\u202e\u2066\u200b\u0085\x9b31m\r\x00"

// Whatever stands in any field of any answer, no message brings it to a terminal as it is: not in a create, refresh, plan, list, import or
// destroy, and not in an error.
func TestTerminalMatrix(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		cases := 0
		for op, body := range f.observeReplies() {
			for _, pointer := range textPointers(body) {
				cases++
				f.hostileAt(op, pointer)
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
func (f *fixture) hostileAt(op, pointer string) {
	f.Helper()
	for _, l := range f.Sandbox.Overview() {
		f.Sandbox.Simulate(l.ID, "delete")
	}
	state, _ := f.apply(protocoltest.State{}, f.d.Config)
	value, err := json.Marshal("x" + hostile + "y")
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
	f.requireTame(op, pointer, diags)
	for _, of := range []protocoltest.State{created, state} {
		if of.Exists() {
			f.requireTame(op, pointer, f.everything(of))
		}
	}
}

// everything reads, lists, imports, replaces and destroys a link, and returns all that is said. It is not recorded: what is said of hostile
// answers belongs to no list of messages.
func (f *fixture) everything(state protocoltest.State) (all protocoltest.Diagnostics) {
	f.Helper()
	refreshed, diags := f.Server.Refresh(state)
	all = append(all, diags...)
	if refreshed.Exists() {
		all = append(all, f.Server.Plan(f.d.ResourceType(), refreshed, tfconfig.With(f.d.Config, f.d.Label, "changed")).Diagnostics...)
	}
	if f.d.List != nil {
		_, diags = f.Server.ReadDataSource(f.d.LinksType(), nil)
		all = append(all, diags...)
	}
	_, diags = f.Server.Import(f.d.ResourceType(), state.Text("id"))
	all = append(all, diags...)
	plan := f.Server.Plan(f.d.ResourceType(), state, nil)
	_, diags = f.Server.Apply(plan)
	return slices.Concat(all, plan.Diagnostics, diags)
}

func (f *fixture) requireTame(op, pointer string, diags protocoltest.Diagnostics) {
	f.Helper()
	for _, d := range diags {
		for _, text := range []string{d.Summary, d.Detail} {
			if at := strings.IndexFunc(text, func(r rune) bool {
				return r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
			}); at >= 0 {
				f.Errorf("%s%s: %q", op, pointer, text)
				return
			}
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
