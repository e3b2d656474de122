package gigs_test

import (
	"maps"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

const typeName = "paymentlinks_gigs_link"

// The payer of most tests: a name with every character that an echo writes in another way, and the tax number of the
// vendor's sample.
const (
	payerName  = `Planted Ärger & "Söhne" <GmbH>`
	payerEmail = "planted+payer@example.com"
	payerTax   = "290.063.072-03"
)

// fragments of the payer that no diagnostic may show.
var payerFragments = []string{"Planted", "Ärger", "Söhne", "GmbH>", "GmbH&gt;", "planted", payerTax, "29006307203"}

// TestMain keeps the variables of whoever runs the tests out of them.
func TestMain(m *testing.M) {
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "GIGS_") || name == "TF_APPEND_USER_AGENT" || strings.HasSuffix(strings.ToUpper(name), "_PROXY") {
			if err := os.Unsetenv(name); err != nil {
				panic(err)
			}
		}
	}
	os.Exit(m.Run())
}

type (
	object = acctest.Object
	list   = acctest.List
)

// bench is one test's sandbox and provider on one clock that never waits. At the end of the test nothing that was said
// may hold a secret.
type bench struct {
	*testing.T
	env    *environment
	server *acctest.Server
	clock  *clock.Manual

	mu      sync.Mutex
	said    []acctest.Diagnostics
	secrets []string
}

// environment is a sandbox with what a provider for it is configured with.
type environment struct {
	*sandbox.Sandbox
	account string // empty leaves it out
}

// Settings is the `gigs` object for this sandbox; changes override or (nil) remove settings.
func (e *environment) Settings(changes ...object) object {
	env := e.Env()
	settings := object{
		"endpoint": env["GIGS_ENDPOINT"], "project": env["GIGS_PROJECT"], "api_key": env["GIGS_API_KEY"],
	}
	if e.account != "" {
		settings["account"] = e.account
	}
	for _, change := range changes {
		maps.Copy(settings, change)
	}
	maps.DeleteFunc(settings, func(_ string, setting any) bool { return setting == nil })
	return settings
}

// Count is the number of calls of one kind that the sandbox received.
func (e *environment) Count(op string) int { return len(e.Requests(sandbox.ByOp("gigs", op))) }

func newBench(t *testing.T, changes ...object) *bench {
	t.Helper()
	return openBench(t, "main", changes...)
}

// openBench is newBench with an `account` or, when empty, without.
func openBench(t *testing.T, account string, changes ...object) *bench {
	t.Helper()
	clk := clock.NewManual(clock.System{}.Now())
	return serveBench(t, clk, clk, nil, account, changes...)
}

// serveBench is openBench with settings of the provider's own (top), and with a clock of its own for the sandbox: faults
// that wait need a real one.
func serveBench(t *testing.T, clk *clock.Manual, theirs clock.Clock, top object, account string, changes ...object) *bench {
	t.Helper()
	box, err := sandbox.Start(sandbox.Options{Clock: theirs})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	})
	b := &bench{T: t, env: &environment{Sandbox: box, account: account}, clock: clk}
	env := box.Env()
	b.secrets = append(b.secrets, env["GIGS_API_KEY"])
	b.secrets = append(b.secrets, payerFragments...)
	t.Cleanup(b.keepsSecrets)
	config := object{"gigs": b.env.Settings(changes...)}
	maps.Copy(config, top)
	b.server = b.configured(config)
	return b
}

// configured starts another provider on the same clock, which has to accept its configuration.
func (b *bench) configured(config object) *acctest.Server {
	b.Helper()
	s := acctest.NewServer(b.T, provider.NewAt("test", b.clock)(), config)
	if b.note(s.Configured).HasError() {
		b.Fatal(s.Configured)
	}
	return s
}

// another starts another provider for the same sandbox.
func (b *bench) another(changes ...object) *acctest.Server {
	b.Helper()
	return b.configured(object{"gigs": b.env.Settings(changes...)})
}

// in is the same bench, reporting to a subtest.
func (b *bench) in(t *testing.T) *bench {
	return &bench{T: t, env: b.env, server: b.server, clock: b.clock}
}

func (b *bench) note(diags acctest.Diagnostics) acctest.Diagnostics {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.said = append(b.said, diags)
	return diags
}

// plant adds secrets that no diagnostic may show.
func (b *bench) plant(secrets ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.secrets = append(b.secrets, secrets...)
}

func (b *bench) keepsSecrets() {
	for _, diags := range b.said {
		if secret := b.leaked(diags); secret != "" {
			b.Errorf("a diagnostic shows %q:\n%s", secret, diags)
		}
	}
}

// leaked is a secret that the diagnostics show; empty when they show none.
func (b *bench) leaked(diags acctest.Diagnostics) string {
	for _, secret := range b.secrets {
		if secret != "" && strings.Contains(diags.String(), secret) {
			return secret
		}
	}
	return ""
}

// up is `terraform apply`: refresh, validate, plan, apply.
func (b *bench) up(state acctest.State, config object) (acctest.State, acctest.Plan, acctest.Diagnostics) {
	b.Helper()
	if diags := b.note(b.server.Validate(typeName, config)); diags.HasError() {
		return state, acctest.Plan{}, diags
	}
	state, plan, diags := b.server.Up(state, typeName, config)
	b.note(diags)
	return state, plan, diags
}

// create makes a link that has to succeed without a word.
func (b *bench) create(config object) acctest.State {
	b.Helper()
	state, _, diags := b.up(acctest.State{}, config)
	if len(diags) > 0 {
		b.Fatalf("create: %s", diags)
	}
	return state
}

func (b *bench) plan(state acctest.State, config object) acctest.Plan {
	b.Helper()
	plan := b.server.Plan(typeName, state, config)
	b.note(plan.Diagnostics)
	return plan
}

func (b *bench) apply(plan acctest.Plan) (acctest.State, acctest.Diagnostics) {
	b.Helper()
	state, diags := b.server.Apply(plan)
	return state, b.note(diags)
}

func (b *bench) destroy(state acctest.State) (acctest.State, acctest.Diagnostics) {
	b.Helper()
	plan := b.plan(state, nil)
	if plan.HasError() {
		return state, plan.Diagnostics
	}
	state, diags := b.apply(plan)
	return state, append(plan.Diagnostics, diags...)
}

func (b *bench) refresh(state acctest.State) (acctest.State, acctest.Diagnostics) {
	b.Helper()
	state, diags := b.server.Refresh(state)
	return state, b.note(diags)
}

func (b *bench) imported(id string) (acctest.State, acctest.Diagnostics) {
	b.Helper()
	state, diags := b.server.Import(typeName, id)
	return state, b.note(diags)
}
