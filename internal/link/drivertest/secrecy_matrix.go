package drivertest

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact/redacttest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/vendortest"
)

// echoed is how many secrets one answer repeats: some before a cut, some after it.
const echoed = 3

// secretMatrix is a link with values of its own in all that is sensitive, and what is done with it.
type secretMatrix struct {
	*Fixture
	config  Object
	state   protocoltest.State
	payer   []string // what is sensitive in the configuration
	held    []string // and in the state
	secrets []string // the credentials and the tokens
	log     bytes.Buffer
	journal string
}

// Whatever a vendor repeats, wherever, however it is spelled, and whatever was asked of it: of a credential and of a payer no message, no
// log, no plan, no private state and no journal shows more than five characters. Each operation meets each place and each spelling, and
// each secret is repeated at each place and in each spelling. A call that is given only an id knows no payer.
func testSecrecyMatrix(t *testing.T, h Harness) {
	covered := map[string]bool{}
	for _, shape := range h.mostFirst() {
		m := newSecretMatrix(t, h, shape, covered)
		if m == nil {
			continue
		}
		t.Run(shape.Name, func(t *testing.T) {
			t.Parallel()
			m := *m
			m.Fixture = m.Subtest(t)
			m.run()
		})
	}
	f := h.Start(t)
	for _, path := range h.Secrecy.Sensitive {
		if !covered[path] && isText(f.Server.AttributeAt(h.Type(), path)) {
			t.Errorf("no shape has %s", path)
		}
	}
}

// newSecretMatrix makes the link of a shape; nil if all that is sensitive in it was covered before.
func newSecretMatrix(t *testing.T, h Harness, shape Shape, covered map[string]bool) *secretMatrix {
	m := &secretMatrix{Fixture: h.open(t, nil), config: shape.Config, journal: filepath.Join(t.TempDir(), "journal")}
	m.StartProvider(Object{"journal": m.journal, "look_before_create": true})
	m.Server = m.Server.WithContext(tflogtest.RootLogger(context.Background(), &m.log))
	news := false
	for _, path := range tfconfig.LeafPaths(shape.Config) {
		a := m.Server.AttributeAt(h.Type(), path)
		if a == nil || !a.Sensitive || !isText(a) {
			continue
		}
		name := withoutIndexes(path)
		news = news || !covered[name]
		covered[name] = true
		leaf := name[strings.LastIndex(name, ".")+1:]
		sum := sha256.Sum256([]byte(name))
		code := hex.EncodeToString(sum[:])
		value := cmp.Or(h.Secrecy.Values[name], h.Secrecy.Values[leaf], "Q"+code[:7]+` "ä" & <`+code[7:14]+">")
		m.config = tfconfig.With(m.config, path, value)
		if utf8.RuneCountInString(value) >= 6 {
			m.payer = append(m.payer, value)
			if !a.WriteOnly {
				m.held = append(m.held, value)
			}
		}
	}
	if !news {
		return nil
	}
	for _, setting := range m.d.Credentials.Secret {
		m.secrets = append(m.secrets, m.Settings()[setting].(string))
	}
	var diags protocoltest.Diagnostics
	if m.state, _, diags = m.Server.ApplyConfig(protocoltest.State{}, h.Type(), m.config); diags.HasError() {
		t.Fatal(diags)
	}
	for _, r := range m.Sandbox.Requests() {
		if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok && !slices.Contains(m.secrets, token) {
			m.secrets = append(m.secrets, token)
		}
	}
	m.Clock.Advance(newLinkGrace)
	return m
}

func isText(a *tfprotov6.SchemaAttribute) bool {
	return a.NestedType == nil && a.Type.Is(tftypes.String)
}

func withoutIndexes(path string) string {
	return strings.Join(slices.DeleteFunc(strings.Split(path, "."), func(part string) bool { return strings.Trim(part, "0123456789") == "" }), ".")
}

// operations are what is done with a link, by name.
func (m *secretMatrix) operations() map[string]func() (protocoltest.State, protocoltest.Diagnostics) {
	type result = func() (protocoltest.State, protocoltest.Diagnostics)
	refresh := func() (protocoltest.State, protocoltest.Diagnostics) { return m.Server.Refresh(m.state) }
	out := map[string]result{
		"refresh": refresh,
		"create": func() (protocoltest.State, protocoltest.Diagnostics) {
			state, plan, diags := m.Server.ApplyConfig(protocoltest.State{}, m.h.Type(), m.Fresh(m.config))
			m.log.WriteString(string(state.Private))
			return state, append(diags, plan.Diagnostics...)
		},
		"plan": func() (protocoltest.State, protocoltest.Diagnostics) {
			return protocoltest.State{}, m.Server.Plan(m.h.Type(), protocoltest.State{}, m.Fresh(m.config)).Diagnostics
		},
		"destroy": func() (protocoltest.State, protocoltest.Diagnostics) {
			plan := m.Server.Plan(m.h.Type(), m.state, nil)
			if plan.HasError() {
				return m.state, plan.Diagnostics
			}
			return m.Server.Apply(plan)
		},
		"import": func() (protocoltest.State, protocoltest.Diagnostics) {
			return m.Server.Import(m.h.Type(), m.state.Text("id"))
		},
		"data source": func() (protocoltest.State, protocoltest.Diagnostics) {
			return m.Server.ReadDataSource(m.h.Type(), Object{"id": m.state.Text("id")})
		},
	}
	if m.d.List != nil {
		out["list"] = func() (protocoltest.State, protocoltest.Diagnostics) {
			return m.Server.ReadDataSource(m.h.Type()+"s", nil)
		}
		out["query"] = func() (protocoltest.State, protocoltest.Diagnostics) {
			found, diags := m.Server.List(m.context(), m.h.Type(), protocoltest.ListRequest{})
			for _, one := range found {
				m.log.WriteString(one.Name)
			}
			return protocoltest.State{}, diags
		}
	}
	if m.d.Token != nil {
		out["token"] = func() (protocoltest.State, protocoltest.Diagnostics) {
			m.d.Token.Expire(m.API())
			m.Clock.Advance(time.Minute)
			return refresh()
		}
	}
	for verb := range m.d.Actions {
		out[verb] = func() (protocoltest.State, protocoltest.Diagnostics) {
			progress, diags := m.Server.InvokeAction(m.context(), m.d.ActionType(verb), Object{"id": m.state.Text("id")})
			m.log.WriteString(strings.Join(progress, "\n"))
			return protocoltest.State{}, diags
		}
	}
	return out
}

func (m *secretMatrix) context() context.Context {
	return tflogtest.RootLogger(context.Background(), &m.log)
}

func (m *secretMatrix) run() {
	m.Helper()
	operations := m.operations()
	names := slices.Sorted(maps.Keys(operations))
	cases := 0
	for i, at := range slices.Sorted(maps.Keys(redacttest.Places)) {
		place := redacttest.Places[at]
		for j, spelling := range slices.Sorted(maps.Keys(redacttest.Spellings)) {
			operation := names[(i+j)%len(names)]
			secrets := m.secrets
			switch operation {
			case "create", "plan":
				secrets = slices.Concat(m.payer, m.secrets)
			case "refresh", "destroy":
				secrets = slices.Concat(m.held, m.secrets)
			}
			var values, spelled []string
			for k := range echoed {
				secret := secrets[(cases*echoed+k)%len(secrets)]
				values, spelled = append(values, secret), append(spelled, redacttest.Spellings[spelling](secret))
			}
			padding := 0
			if place.Padded {
				padding = []int{0, 250, 280, 560, 1970}[cases%5]
			}
			cases++
			m.log.Reset()
			remove := m.Sandbox.Inject(faultOf(m.T, place.Answer(strings.Join(spelled, " "), padding)))
			_, diags := operations[operation]()
			remove()
			shown := diags.String() + m.log.String()
			for _, value := range values {
				if part := redacttest.Shown(shown, value[strings.LastIndex(value, "_")+1:]); part != "" { // "staging_" is a word of messages
					m.Fatalf("%s at %s, %s of %q: %q is shown:\n%.3000s", operation, at, spelling, value, part, shown)
				}
			}
		}
	}
	journal, err := os.ReadFile(m.journal)
	if err != nil || len(journal) == 0 {
		m.Errorf("no journal: %v", err)
	}
	for _, secret := range slices.Concat(m.payer, m.secrets) {
		if part := redacttest.Shown(vendortest.JournalText(journal), secret); part != "" {
			m.Errorf("the journal shows %q", part)
		}
	}
	m.Logf("%d cases of %d operations and %d secrets", cases, len(names), len(m.payer)+len(m.secrets))
}

// faultOf is an answer as the sandbox gives it. What stands in its status line is lost: package rest has that in a matrix of its own.
func faultOf(t *testing.T, answer *http.Response) fault.Fault {
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return fault.Fault{Status: answer.StatusCode, Header: answer.Header, Body: string(body)}
}
