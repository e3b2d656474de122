package provider_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	conomysandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	gigssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	powenssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
)

// stage is where one situation of the table is played, with as many links as there are things to do to one.
type stage struct {
	*acctest.Bench
	v     lifecycle.Vendor
	row   lifecycle.Row
	s     lifecycle.Situation
	c     vendorCase
	links int
}

// policies are a link's.
type policies struct {
	replaceWhen []lifecycle.State
	onDestroy   string
}

func newStage(t *testing.T, v lifecycle.Vendor, row lifecycle.Row, s lifecycle.Situation) *stage {
	t.Helper()
	bench := acctest.Vendor{
		Name: v.Name, Account: "main", Uncounted: map[string]string{"powens": "token", "conomy": "token"}[v.Name],
		Secrets: map[string][]string{"powens": {"Lovelace", "749867206"}, "gigs": {"Benes", "elaine@", "290.063"}}[v.Name],
		SecretSettings: map[string][]string{
			"powens": {"client_secret"}, "conomy": {"client_secret", "api_key"}, "gigs": {"api_key"}, "qonto": {"access_token", "staging_token"},
		}[v.Name],
	}
	g := &stage{Bench: bench.Open(t, nil), v: v, row: row, s: s}
	for _, c := range vendorCases {
		if c.vendor == v.Name {
			g.c = c
		}
	}
	g.Serve(object{"refresh": "get"}) // what is counted is one link's requests, however many a stage has
	// Links whose times are written without fractions begin at a whole second.
	g.Clock.Advance(g.Clock.Now().Truncate(time.Second).Add(time.Second).Sub(g.Clock.Now()))
	if s.Status == lifecycle.NoAttempt {
		powenssandbox.From(g.Sandbox).Set(func(s *powenssandbox.Switches) { s.NullAttemptState = true })
	}
	return g
}

// config is the vendor's configuration under the policies.
func (g *stage) config(p policies, changes object) object {
	config := g.c.with(changes)
	if p.replaceWhen != nil {
		named := list{}
		for _, state := range p.replaceWhen {
			named = append(named, string(state))
		}
		config["replace_when"] = named
	}
	if p.onDestroy != "" {
		config["on_destroy"] = p.onDestroy
	}
	if g.v.Unique != "" && changes[g.v.Unique] == nil {
		config[g.v.Unique] = g.unique()
	}
	return config
}

// unique is the value that belongs to the latest link alone.
func (g *stage) unique() string { return fmt.Sprintf("link-%d", g.links) }

// begin makes a link that comes into the situation behind the provider's back: the state is from before.
func (g *stage) begin(p policies) (acctest.State, object) {
	g.Helper()
	g.links++
	config := g.config(p, nil)
	state := g.Create(config)
	g.Clock.Advance(g.age())
	if err := g.become(state.Text("id")); err != nil {
		g.Fatal(err)
	}
	g.Forget()
	return state, config
}

// age is how old the link is when it changes: too old for a 404 to be a lag, and at Conomy short before its end where the
// situation says so.
func (g *stage) age() time.Duration {
	if g.s.Left == lifecycle.Short {
		return 24*time.Hour - 2*time.Minute
	}
	return 2 * time.Hour
}

func (g *stage) become(id string) error {
	at, status := g.Sandbox, g.s.Status
	switch {
	case g.v.Name == "powens":
		return g.becomeAtPowens(id)
	case g.s.Gone && g.v.Name == "conomy":
		return conomysandbox.From(at).Delete(id)
	case g.s.Gone && g.v.Name == "gigs":
		return gigssandbox.From(at).Delete(id)
	case g.s.Gone:
		return qontosandbox.From(at).Delete(id)
	case g.v.Name == "conomy":
		return conomysandbox.From(at).ForceStatus(id, status)
	case g.v.Name == "gigs":
		return gigssandbox.From(at).ForceStatus(id, status)
	}
	return qontosandbox.From(at).ForceStatus(id, status)
}

func (g *stage) becomeAtPowens(id string) error {
	if g.s.Gone {
		return powenssandbox.From(g.Sandbox).Delete(id)
	}
	attempt := g.s.Status
	switch attempt {
	case lifecycle.NoAttempt, lifecycle.NotYetPaid:
		attempt = ""
	case lifecycle.Outage:
		attempt = "unavailable"
	}
	if err := powenssandbox.From(g.Sandbox).ForceStatus(id, attempt); err != nil {
		return err
	}
	switch g.s.Date {
	case lifecycle.ToCome:
		return powenssandbox.From(g.Sandbox).Revoke(id, g.Clock.Now().Add(100*24*time.Hour))
	case lifecycle.Past:
		return powenssandbox.From(g.Sandbox).Revoke(id, g.Clock.Now().Add(-time.Hour))
	}
	return nil
}

// replaceWhen is the policy in force.
func (g *stage) replaceWhen(p policies) []lifecycle.State {
	if p.replaceWhen == nil {
		return g.v.ReplaceWhen
	}
	return p.replaceWhen
}

// read are the requests of a refresh.
func (g *stage) read() []string {
	if g.s.Gone && g.v.ConfirmGone {
		return []string{"get", "list"}
	}
	return []string{"get"}
}

// asked are the requests in the vendor's words.
func (g *stage) asked(ops ...[]string) {
	g.Helper()
	all := slices.Concat(ops...)
	for i, op := range all {
		if op == "end" {
			all[i] = g.v.Call
		}
	}
	g.Asked(all...)
}

// says expects so many errors and warnings, and that they name the link (an import knows only its id).
func (g *stage) says(what string, diags acctest.Diagnostics, state acctest.State, failed, warned int, words ...string) {
	g.Helper()
	if len(diags.Errors()) != failed || len(diags.Warnings()) != warned {
		g.Errorf("%s: %d errors and %d warnings, want %d and %d: %s", what, len(diags.Errors()), len(diags.Warnings()), failed, warned, diags)
	}
	if failed+warned > 0 {
		g.Has(diags, append(words, state.Text("id"))...)
	}
	if failed+warned > 0 && what != "import" {
		g.Has(diags, state.Text("url"))
	}
}

// payable tells whether somebody can pay the link at the vendor.
func (g *stage) payable(id string) bool {
	for _, l := range g.Sandbox.Overview() {
		if l.ID == id {
			return l.Payable
		}
	}
	return false
}

// one is 1 for what is there, so that conditions can be added up.
func one(there bool) int {
	if there {
		return 1
	}
	return 0
}
