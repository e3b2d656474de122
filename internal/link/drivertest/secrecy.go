package drivertest

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// Secrecy is what nobody may read in a diagnostic.
type Secrecy struct {
	// PayerName is an argument that takes any name, of the shape PayerShape; it holds the word "Planted". Empty where links hold no
	// payer's data.
	PayerShape Shape
	PayerName  string
	// Bodies are refusals in the vendor's form, with %[1]s for what the vendor repeats of a request's header.
	Bodies []string
	// Sensitive are the arguments that plans hide, by dotted path without indexes, and SensitiveSettings those of the provider.
	Sensitive, SensitiveSettings []string
	// Values are values of sensitive texts that do not take any text, by their paths or the last part of them.
	Values map[string]string
}

// payerNames are names of payers that an echo writes in another way than they were sent.
var payerNames = []string{
	`Planted Ärger & "Söhne" <GmbH>`, "Planted & Söhne", `Planted\Söhne`, "Planted/Söhne", "Planted<Söhne>", "Planted\tSöhne", "PLANTED 'Söhne'", "Planted+Söhne%20",
	"Planted \U0001F600 Söhne", "Planted  Söhne", "Planted\u00a0Söhne", "Planted\u2028Söhne",
}

// Whatever a vendor or a front server repeats of a request, no diagnostic shows a credential or the payer: each fixture searches all
// that was said in it.
func testSecrecy(t *testing.T, h Harness) {
	const names = true // with every name, in each form that repeats one
	for name, echo := range map[string]struct {
		fault fault.Fault
		names bool
	}{
		"422": {fault.Fault{Kind: fault.Echo}, names}, "success": {fault.Fault{Kind: fault.Echo, Status: http.StatusCreated}, names},
		"400": {fault.Fault{Kind: fault.Echo, Status: http.StatusBadRequest}, !names}, "409": {fault.Fault{Kind: fault.Echo, Status: http.StatusConflict}, !names},
		"html 403": {fault.Fault{Kind: fault.HTML, Echo: true, Status: http.StatusForbidden}, names},
		"html 200": {fault.Fault{Kind: fault.HTML, Echo: true, Status: http.StatusOK}, names}, "html 502": {fault.Fault{Kind: fault.HTML, Echo: true}, !names},
	} {
		t.Run("echo, "+name, func(t *testing.T) {
			t.Parallel()
			testEcho(t, h, echo.fault, echo.names)
		})
	}
	t.Run("headers", func(t *testing.T) {
		t.Parallel()
		testRepeatedHeaders(t, h)
	})
	t.Run("every sensitive value", func(t *testing.T) {
		t.Parallel()
		testEverySensitiveValue(t, h)
	})
	t.Run("the search finds", func(t *testing.T) {
		t.Parallel()
		f := h.Start(t)
		secrets := slices.Clone(h.Secrets)
		for _, setting := range f.d.Credentials.Secret {
			secrets = append(secrets, f.Settings()[setting].(string))
		}
		for _, secret := range secrets {
			if f.FindSecret(protocoltest.Diagnostics{{Summary: "x", Detail: "the answer was: " + secret + "."}}) == "" {
				t.Errorf("%q is not found", secret)
			}
		}
		if found := f.FindSecret(protocoltest.Diagnostics{{Summary: "x", Detail: "*** & ***"}}); found != "" {
			t.Errorf("%q is found", found)
		}
	})
}

func testEcho(t *testing.T, h Harness, echo fault.Fault, everyName bool) {
	f := h.Start(t)
	f.AddSecrets("Planted", "PLANTED", "Söhne", `S\u00f6hne`)
	state := f.Create(h.full().Config)
	f.Sandbox.Inject(echo) // on every call
	requireError := func(config Object) {
		t.Helper()
		if _, _, diags := f.ApplyConfig(protocoltest.State{}, f.Fresh(config)); !diags.HasError() {
			t.Error("no error")
		}
	}
	for _, name := range payerNames {
		if everyName && h.Secrecy.PayerName != "" {
			requireError(tfconfig.With(h.Secrecy.PayerShape.Config, h.Secrecy.PayerName, name))
		}
	}
	for _, shape := range h.Shapes {
		requireError(shape.Config)
	}
	if f.d.Token != nil {
		f.d.Token.Expire(f.API()) // so that a token is asked for, and what was sent is echoed
		requireError(h.base())
	}
	if after, diags := f.Refresh(state); !diags.HasError() || !after.Exists() {
		t.Errorf("refresh: %s", diags)
	}
	if after, diags := f.Destroy(state); !diags.HasError() && after.Exists() {
		t.Errorf("destroy: %s", diags)
	}
	if _, diags := f.ImportByID(state.Text("id")); !diags.HasError() {
		t.Error("imported")
	}
}

// A front server repeats what came in the headers, in a body or a header of its own.
func testRepeatedHeaders(t *testing.T, h Harness) {
	if len(h.Secrecy.Bodies) == 0 {
		t.Error("no refusals in the vendor's form")
	}
	f := h.Start(t)
	state := f.Create(h.base())
	sent := f.Sandbox.Requests()
	authorization := sent[len(sent)-1].Header.Get("Authorization")
	secrets := []string{authorization, strings.TrimPrefix(authorization, "Bearer ")}
	for _, setting := range f.d.Credentials.Secret {
		secrets = append(secrets, f.Settings()[setting].(string))
	}
	for _, secret := range secrets {
		answers := []fault.Fault{
			{Body: "unknown token " + secret, ContentType: "text/plain"}, {Body: `<html><title>` + secret + `</title></html>`, ContentType: "text/html"},
			{Body: `{}`, Header: http.Header{"X-Request-Id": {secret}}},
		}
		for _, body := range h.Secrecy.Bodies {
			answers = append(answers, fault.Fault{Body: fmt.Sprintf(body, secret)})
		}
		for _, answer := range answers {
			answer.Status = http.StatusForbidden
			remove := f.Sandbox.Inject(answer)
			_, _, diags := f.ApplyConfig(protocoltest.State{}, f.Fresh(h.base()))
			_, more := f.Refresh(state)
			if !diags.HasError() || !more.HasError() {
				t.Error("no error")
			}
			if _, diags := f.Destroy(state); f.d.Operations.Revoke != "" && !diags.HasError() {
				t.Error("destroyed")
			}
			remove()
		}
	}
}

// No text that is sensitive is shown, alone in a configuration of its own.
func testEverySensitiveValue(t *testing.T, h Harness) {
	f := h.Start(t)
	f.Sandbox.Inject(fault.Fault{Op: f.d.Operations.Create, Kind: fault.Echo})
	for _, path := range f.arguments() {
		a := f.Server.AttributeAt(h.Type(), path)
		i := slices.IndexFunc(h.Shapes, func(s Shape) bool { return tfconfig.Lookup(s.Config, path) != nil })
		if !a.Sensitive || a.NestedType != nil || a.Type.String() != "tftypes.String" || i < 0 {
			continue
		}
		leaf := path[strings.LastIndex(path, ".")+1:]
		value := cmp.Or(h.Secrecy.Values[path], h.Secrecy.Values[leaf], `Geheim "`+leaf+`" & <Söhne>`)
		f.ResetCalls()
		_, _, diags := f.ApplyConfig(protocoltest.State{}, f.Fresh(tfconfig.With(h.Shapes[i].Config, path, value)))
		if f.CallCount(f.d.Operations.Create) == 0 || strings.Contains(diags.String(), value) || strings.Contains(diags.String(), "Geheim") {
			t.Errorf("%s: %s", path, diags)
		}
	}
}

// Every attribute has a description. Credentials and payers' data are hidden in plans: leaves, and no whole objects.
func testSchema(t *testing.T, h Harness) {
	f := h.Start(t)
	sensitive := func(attributes []*tfprotov6.SchemaAttribute) []string {
		var out []string
		var walk func(prefix string, attributes []*tfprotov6.SchemaAttribute)
		walk = func(prefix string, attributes []*tfprotov6.SchemaAttribute) {
			for _, a := range attributes {
				if a.Description == "" {
					t.Errorf("%s%s has no description", prefix, a.Name)
				}
				if a.Sensitive {
					out = append(out, prefix+a.Name)
				}
				if a.NestedType != nil {
					walk(prefix+a.Name+".", a.NestedType.Attributes)
				}
			}
		}
		walk("", attributes)
		slices.Sort(out)
		return out
	}
	if got, want := sensitive(f.Server.Schema().ResourceSchemas[h.Type()].Block.Attributes), slices.Sorted(slices.Values(h.Secrecy.Sensitive)); !slices.Equal(got, want) {
		t.Errorf("sensitive are %q, want %q", got, want)
	}
	for _, a := range f.Server.Schema().Provider.Block.Attributes {
		if a.Name != f.d.Name {
			continue
		}
		if got, want := sensitive(a.NestedType.Attributes), slices.Sorted(slices.Values(h.Secrecy.SensitiveSettings)); !slices.Equal(got, want) {
			t.Errorf("sensitive settings are %q, want %q", got, want)
		}
	}
}
