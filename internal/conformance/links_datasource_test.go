package conformance_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// listing are the vendors that have a list.
func listing() []descriptor.Descriptor {
	return slices.DeleteFunc(descriptor.All(), func(d descriptor.Descriptor) bool { return d.List == nil })
}

// newAllFixture is a fixture whose provider is configured for all vendors but those named.
func newAllFixture(t *testing.T, without ...string) *fixture {
	t.Helper()
	f := newFixture(t, listing()[0])
	config := object{}
	for _, d := range descriptor.All() {
		if !slices.Contains(without, d.Name) {
			config[d.Name] = acctest.WrapSandbox(t, f.Sandbox.Sandbox, d.Name).Settings()
		}
	}
	f.Server = f.NewProviderWith(config)
	return f
}

// requireLists expects one list call for each of the vendors, and none for others.
func (f *fixture) requireLists(vendors ...string) {
	f.Helper()
	for _, d := range listing() {
		want := 0
		if slices.Contains(vendors, d.Name) {
			want = 1
		}
		if n := f.Sandbox.CallCount(d.Name, d.Operations.List); n != want {
			f.Errorf("%s was asked %d times, want %d", d.Name, n, want)
		}
	}
	f.ResetCalls()
}

func names(vendors []descriptor.Descriptor) []string {
	var out []string
	for _, d := range vendors {
		out = append(out, d.Name)
	}
	return out
}

func TestAllLinksSumUpEveryVendor(t *testing.T) {
	t.Parallel()
	f := newAllFixture(t)
	want := map[string]object{}
	for _, d := range listing() {
		state, _, diags := f.Server.ApplyConfig(protocoltest.State{}, d.ResourceType(), d.Config)
		if f.Record(diags).HasError() {
			t.Fatal(diags)
		}
		want[d.Name] = object{
			"vendor": d.Name, "id": state.Text("id"), "url": state.Text("url"), "state": "open",
			"amount": nil, "currency": nil, "created_at": state.Get("created_at"),
		}
		if d.Amount != "" {
			want[d.Name]["amount"], want[d.Name]["currency"] = d.Amount, d.Currency
		}
	}
	f.ResetCalls()
	var vendors []string
	for _, link := range f.read(allLinks, nil).List("links") {
		vendor := tfconfig.Lookup(link, "vendor").(string)
		vendors = append(vendors, vendor)
		for name, value := range want[vendor] {
			if got := tfconfig.Lookup(link, name); got != value {
				t.Errorf("%s: %s is %v, want %v", vendor, name, got, value)
			}
		}
	}
	if !slices.Equal(vendors, names(listing())) {
		t.Errorf("links of %v", vendors)
	}
	f.requireLists(names(listing())...)
	if paid := f.read(allLinks, object{"states": list{"paid"}}); len(paid.List("links")) != 0 {
		t.Errorf("paid: %v", paid.List("links"))
	}
	f.ResetCalls()
	last := listing()[len(listing())-1]
	if some := f.read(allLinks, object{"vendors": list{last.Name}}).List("links"); len(some) != 1 {
		t.Errorf("%d links of one vendor", len(some))
	}
	f.requireLists(last.Name)
}

// What each vendor can narrow by, it is sent for `states`, so that it is spared the rest.
func TestAllLinksSendStatesToTheVendor(t *testing.T) {
	forEachList(t, func(f *fixture) {
		for _, filter := range f.d.List.Filters {
			if len(filter.Config) != 1 || filter.Config["states"] == nil {
				continue
			}
			f.ResetCalls()
			f.read(allLinks, filter.Config)
			sent := f.Sandbox.Requests()
			if got := f.withoutPage(sent[len(sent)-1].Query); got.Encode() != filter.Sent.Encode() {
				f.Errorf("%v: sent %v, want %v", filter.Config, got, filter.Sent)
			}
		}
	})
}

// A vendor that is not configured is left out, unless somebody names it.
func TestAllLinksOfWhatIsConfigured(t *testing.T) {
	t.Parallel()
	all := listing()
	missing := all[len(all)/2]
	f := newAllFixture(t, missing.Name)
	f.read(allLinks, nil)
	f.requireLists(slices.DeleteFunc(names(all), func(n string) bool { return n == missing.Name })...)
	_, diags := f.ReadDataSource(allLinks, object{"vendors": list{all[0].Name, missing.Name}})
	f.RequireErrors(diags, "vendors", missing.Title+" is not configured", missing.Name+" = {}")
	f.Server = f.NewProviderWith(nil)
	state, diags := f.ReadDataSource(allLinks, nil)
	if len(state.List("links")) != 0 || len(diags.Warnings()) != 1 || diags.HasError() {
		t.Errorf("said: %s", diags)
	}
}

// Every vendor that fails is named, and no failure keeps another vendor from being asked.
func TestAllLinksNameEveryVendorThatFails(t *testing.T) {
	t.Parallel()
	f := newAllFixture(t)
	all := listing()
	first, last := all[0], all[len(all)-1]
	f.Sandbox.Inject(fault.Fault{Vendor: first.Name, Op: first.Operations.List, Kind: fault.Answer, Status: http.StatusForbidden, Body: `{}`})
	f.Sandbox.Inject(fault.Fault{Vendor: last.Name, Op: last.Operations.List, Kind: fault.HTML, Status: http.StatusNotFound})
	state, diags := f.ReadDataSource(allLinks, nil)
	var summaries []string
	for _, d := range diags.Errors() {
		summaries = append(summaries, d.Summary)
	}
	if state.Exists() || !slices.Equal(summaries, []string{"Cannot list " + first.Title + " payment links", "Cannot list " + last.Title + " payment links"}) {
		t.Errorf("said: %s", diags)
	}
	f.requireLists(names(all)...)
}

// No vendor waits for another: all of them, slow, take as long as one.
func TestAllLinksAskVendorsAtOnce(t *testing.T) {
	t.Parallel()
	f := newAllFixture(t)
	slow := acctest.Of(f.d).Start(t, clock.System{}) // whose faults really wait
	config := object{}
	for _, d := range listing() {
		config[d.Name] = acctest.WrapSandbox(t, slow.Sandbox.Sandbox, d.Name).Settings()
	}
	f.Server = f.NewProviderWith(config)
	f.read(allLinks, nil) // tokens are there
	const delay = 400 * time.Millisecond
	for _, d := range listing() {
		slow.Sandbox.Inject(fault.Fault{Vendor: d.Name, Op: d.Operations.List, Kind: fault.Wait, Delay: delay})
	}
	began := (clock.System{}).Now()
	f.read(allLinks, nil)
	if took := (clock.System{}).Now().Sub(began); took < delay || took > 3*delay {
		t.Errorf("it took %s", took)
	}
}

// What is wrong with the vendors or states is said before anything is asked.
func TestAllLinksRefuseBadArguments(t *testing.T) {
	t.Parallel()
	f := newAllFixture(t)
	for _, c := range []struct {
		config   object
		at, word string
	}{
		{object{"vendors": list{"nobody"}}, "vendors", strings.Join(names(listing()), ", ")},
		{object{"vendors": list{}}, "vendors", "Remove the argument"},
		{object{"states": list{"done"}}, "states", "revoked"},
	} {
		f.RequireErrors(f.Record(f.Server.ValidateDataSource(allLinks, c.config)), c.at, c.word)
	}
	if diags := f.Server.ValidateDataSource(allLinks, object{"vendors": list{tfconfig.Unknown}}); len(diags) > 0 {
		t.Errorf("not known yet: %s", diags)
	}
	f.requireNoRequests()
}

// Variables that may be there for something else do not stop the others; whoever names the vendor is told.
func TestAllLinksBesideAnEnvironmentThatConfiguresAVendorInPart(t *testing.T) {
	all := listing()
	for i, d := range all {
		if d.Credentials.Incomplete == "" {
			continue
		}
		t.Run(d.Name, func(t *testing.T) {
			f := newFixture(t, all[(i+1)%len(all)])
			t.Setenv(d.EnvPrefix()+strings.ToUpper(d.Credentials.Incomplete), "somebodys")
			f.Server = f.NewProvider()
			missing := d.EnvPrefix() + strings.ToUpper(d.Credentials.Missing)
			state, diags := f.ReadDataSource(allLinks, nil)
			if !state.Exists() || diags.HasError() || len(diags.Warnings()) != 1 {
				t.Errorf("said: %s", diags)
			}
			f.RequireText(diags, missing)
			_, diags = f.ReadDataSource(allLinks, object{"vendors": list{d.Name}})
			f.RequireErrors(diags, "vendors", missing)
		})
	}
}
