package drivertest

import (
	"maps"
	"slices"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// Settings is the vendor's object in the provider's configuration.
type Settings struct {
	// Invalid returns changes of the sandbox's settings, each with exactly one error: at a setting of the vendor's object.
	Invalid func(*Fixture) map[string]Expectation
	// Valid are whole objects of which nothing is said, and for which nothing is asked before a link is.
	Valid []Object
	// Unusual are changes of the sandbox's settings under which links are made and read.
	Unusual []Object
	// AsProduction are switches with which the sandbox answers as production does, where it does so in another way.
	AsProduction string
	// Hint are words of the error of a vendor that is not configured: the variables to set.
	Hint []string
	// Secrets stand in Invalid, and in no diagnostic.
	Secrets []string
}

// What is certainly wrong with the settings is one error at the setting, before any request.
func testSettings(t *testing.T, h Harness) {
	f := h.Start(t)
	f.AddSecrets(h.Settings.Secrets...)
	for name, want := range f.invalidSettings() {
		diags := f.Configure(Object{f.d.Name: f.Settings(want.Config)})
		if n := len(diags.Errors()); n != 1 {
			t.Errorf("%s: %d errors, want one: %s", name, n, diags)
		}
		f.Subtest(t).RequireErrors(diags, f.at(want.Attribute), want.Words...)
	}
	f.RequireErrors(f.Configure(Object{f.d.Name: tfconfig.Unknown}), f.d.Name)
	for _, settings := range h.Settings.Valid {
		if diags := f.Configure(Object{f.d.Name: settings}); len(diags) > 0 {
			t.Errorf("%v: %s", slices.Sorted(maps.Keys(settings)), diags)
		}
	}
	f.RequireCalls()

	endpoint := f.Settings()["endpoint"].(string)
	unusual := append(slices.Clone(h.Settings.Unusual), Object{"endpoint": endpoint + "/"}) // a slash is no part of it
	if f.hasSetting("environment") {
		unusual = append(unusual, Object{"environment": "sandbox"}, Object{"environment": "production"}) // the endpoint wins
	}
	for _, settings := range unusual {
		if settings["environment"] == "production" {
			f.Switch(h.Settings.AsProduction)
		}
		f.Server = f.NewProvider(settings)
		config := f.Fresh(h.base())
		f.RequireNoDrift(f.Create(config), config)
	}
}

// invalidSettings are the vendor's own, and what no vendor takes.
func (f *Fixture) invalidSettings() map[string]Expectation {
	if f.h.Settings.Invalid == nil {
		f.Fatal("no invalid settings")
	}
	out := f.h.Settings.Invalid(f)
	out["http to another host"] = Expect(Object{"endpoint": "http://api.vendor.example"}, "endpoint", "https")
	if f.hasSetting("token_endpoint") {
		out["token http to another host"] = Expect(Object{"token_endpoint": "http://api.vendor.example"}, "token_endpoint", "https")
	}
	out["an address without a scheme"] = Expect(Object{"endpoint": "api.vendor.example"}, "endpoint")
	out["an address with a user"] = Expect(Object{"endpoint": "https://user:planted-password@api.vendor.example"}, "endpoint")
	f.AddSecrets("planted-password")
	for _, name := range []string{"endpoint", "account", f.d.Credentials.Secret[0]} {
		out["unknown "+name] = Expect(Object{name: tfconfig.Unknown}, name, "not known yet", "`"+name+"`")
	}
	return out
}

func (f *Fixture) hasSetting(name string) bool {
	for _, s := range f.h.Registration.Settings.Settings {
		if s.Name == name {
			return true
		}
	}
	return false
}

// at is where a setting of the vendor's object is written.
func (f *Fixture) at(setting string) string { return f.d.Name + "." + setting }

// Configure starts a provider with any configuration, and returns what it says.
func (f *Fixture) Configure(config Object) protocoltest.Diagnostics {
	f.Helper()
	return f.Record(f.h.provider().NewServer(f.T, f.Clock, config).ConfigureDiagnostics)
}

// Each setting falls back to its variable, which is checked like the setting. A credential's variable alone configures the vendor;
// other variables do not.
func testEnvironment(t *testing.T, h Harness) {
	f := h.Start(t)
	f.AddSecrets(h.Settings.Secrets...)
	variables := map[string]string{}
	for _, s := range h.Registration.Settings.Settings {
		variables[s.Name] = s.Env
	}
	setenv := func(settings Object) {
		for name, variable := range variables {
			text, _ := settings[name].(string)
			t.Setenv(variable, text)
		}
	}
	setenv(f.Settings())
	empty := Object{} // a written "" is not set
	for _, s := range h.Registration.Settings.Settings {
		if s.Credential || s.Sensitive {
			empty[s.Name] = ""
		}
	}
	for _, config := range []Object{{}, {f.d.Name: Object{}}, {f.d.Name: empty}} {
		f.Server = f.NewProviderWith(config)
		link := f.Fresh(h.base())
		f.RequireNoDrift(f.Create(link), link)
	}
	state := f.Create(f.Fresh(h.base()))
	f.Server = f.NewProvider() // the same account, written out
	f.RequireNoDrift(state, f.as(h.base(), Object{f.d.Unique: state.Get(f.d.Unique)}))

	for name := range empty { // named with its variable, before any request
		broken := "planted\nvalue"
		f.Subtest(t).RequireErrors(f.Configure(Object{f.d.Name: f.Settings(Object{name: broken})}).ForAttribute(f.at(name)), f.at(name), "line break")
		setenv(f.Settings(Object{name: broken}))
		f.Subtest(t).RequireErrors(f.Configure(Object{f.d.Name: Object{}}).ForAttribute(f.at(name)), f.at(name), "line break", variables[name])
	}
	setenv(f.Settings())
	for name, want := range f.invalidSettings() {
		written, texts := f.Settings(want.Config), true
		for _, value := range written {
			text, ok := value.(string)
			texts = texts && ok && text != ""
		}
		if !texts { // no variable can hold it
			continue
		}
		setenv(written)
		f.RequireErrors(f.Configure(Object{f.d.Name: Object{}}), f.at(want.Attribute), want.Words...)
		if f.Failed() {
			t.Fatalf("in the environment: %s", name)
		}
	}

	settings := f.Settings()
	for _, s := range h.Registration.Settings.Settings {
		if s.Credential {
			delete(settings, s.Name)
		}
	}
	setenv(settings) // what is left is no credential
	f.Server = f.NewProviderWith(Object{})
	f.ResetCalls()
	diags := f.Plan(protocoltest.State{}, h.base()).Diagnostics
	if len(h.Settings.Hint) == 0 {
		t.Error("Settings.Hint names no variable")
	}
	f.RequireErrors(diags, "", append(h.Settings.Hint, f.d.Title+" is not configured", "`"+f.d.Name+" = {}`")...)
	f.RequireCalls()
}
