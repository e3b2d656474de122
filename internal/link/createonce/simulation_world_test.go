package createonce_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// world is all that outlives a process: the vendor's links, the engine's state file, the journal's file, and the time.
type world struct {
	now       time.Duration
	links     []simLink
	state     [2]string // ids of the twins; empty for none
	journal   []byte
	runs      int
	forgotten int // links that were taken out of the state
}

// simLink is a link at the vendor. It exists from made on, and the list shows it from listed on.
type simLink struct {
	id           string
	made, listed time.Duration
}

var epoch = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func (w world) clone() world {
	w.links, w.journal = slices.Clone(w.links), slices.Clone(w.journal)
	return w
}

// key is equal for worlds in which the same can happen from here on: for each link what the engine, the list and the journal know of
// it, and what killed runs left without an answer, by its age. The twins are alike.
func (w world) key() string {
	type attempt struct {
		run, phase, id string
		began          time.Duration
		settled        bool
	}
	attempts, closed := map[string]*attempt{}, map[string]bool{}
	var order []*attempt
	for line := range bytes.Lines(w.journal) {
		_, text, _ := bytes.Cut(line, []byte(" "))
		var r struct {
			K, R, ID string
			N        int
			T        int64
			F        []struct {
				R string
				N int
			}
		}
		if json.Unmarshal(text, &r) != nil {
			continue // torn
		}
		for _, from := range r.F {
			attempts[fmt.Sprint(from.R, from.N)].settled = true
		}
		at := fmt.Sprint(r.R, r.N)
		switch r.K {
		case "closed":
			closed[r.R] = true
		case "claim", "begin":
			if attempts[at] == nil {
				attempts[at] = &attempt{run: r.R}
				order = append(order, attempts[at])
			}
			attempts[at].phase, attempts[at].began = r.K, time.UnixMilli(r.T).Sub(epoch)
		case "answer", "take", "void", "unknown":
			attempts[at].phase, attempts[at].id = r.K, r.ID
		}
	}
	known, out := map[string]string{}, []string{fmt.Sprint(w.forgotten)}
	for _, a := range order {
		open := !a.settled && !closed[a.run]
		switch {
		case a.id != "" && open:
			known[a.id] += " left" + fmt.Sprint(len(out))
		case a.id != "":
			known[a.id] += " known"
		case open && (a.phase == "begin" || a.phase == "unknown"):
			out = append(out, "open "+bucket(w.now-a.began))
		}
	}
	for _, l := range w.links {
		inState := slices.Contains(w.state[:], l.id)
		out = append(out, fmt.Sprint(inState, known[l.id], bucket(l.made-w.now), bucket(l.listed-w.now), bucket(w.now-l.made)))
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// bucket rounds a time to what makes a difference: passed, within a search, within the time that a request may take, or longer.
func bucket(d time.Duration) string {
	for _, edge := range []time.Duration{0, 7 * time.Second, inFlight} {
		if d <= edge {
			return edge.String()
		}
	}
	return "long"
}

const inFlight = 30 * time.Second

// chooser walks all sequences of choices, one sequence after another.
type chooser struct {
	path, width []int
	at          int
}

func (c *chooser) choose(n int) int {
	if c.at == len(c.path) {
		c.path, c.width = append(c.path, 0), append(c.width, n)
	}
	c.at++
	return c.path[c.at-1]
}

// next goes to the next sequence; false after the last one.
func (c *chooser) next() bool {
	c.at = 0
	for i := len(c.path) - 1; i >= 0; i-- {
		if c.path[i]++; c.path[i] < c.width[i] {
			c.path, c.width = c.path[:i+1], c.width[:i+1]
			return true
		}
	}
	return false
}

// killed is what a process panics with that was killed.
type killed struct{}

// process is one provider process: its calls may fail, and it may be killed at each of them.
type process struct {
	w      *world
	c      *chooser
	faulty bool // without it nothing goes wrong
	dead   bool
	listed bool
}

// point is a moment at which the process may be killed. again tells how.
func (p *process) point(ways int) (way int) {
	if !p.faulty || p.dead {
		return 0
	}
	return p.c.choose(ways + 1)
}

func (p *process) die() {
	p.dead = true
	panic(killed{})
}

func (p *process) Now() time.Time { return epoch.Add(p.w.now) }

func (p *process) Sleep(_ context.Context, d time.Duration) error {
	p.w.now += d
	return nil
}

// memory is the journal's file. A dead process writes nothing.
type memory struct {
	*process
	opened bool
}

var errDead = errors.New("dead")

func (m *memory) Exists() bool { return len(m.w.journal) > 0 }

func (m *memory) Lock(context.Context) (func(), error) {
	if m.dead {
		return nil, errDead
	}
	return func() {}, nil
}

func (m *memory) Read(offset int64) ([]byte, bool, error) {
	fresh := !m.opened
	m.opened = true
	if fresh {
		offset = 0
	}
	return slices.Clone(m.w.journal[offset:]), fresh, nil
}

// Append may be torn, or be the last thing that happens. Where that is like being killed a moment earlier or later, it is left out.
func (m *memory) Append(data []byte) error {
	has := func(kind string) bool { return bytes.Contains(data, []byte(`"k":"`+kind+`"`)) }
	switch {
	case has("claim"):
	case m.point(1) == 1:
		m.w.journal = append(m.w.journal, data...)
		m.die()
	case !has("begin") && !has("answer") && m.point(1) == 1:
		m.w.journal = append(m.w.journal, data[:len(data)/2]...)
		m.die()
	}
	m.w.journal = append(m.w.journal, data...)
	return nil
}

func (m *memory) Replace(data []byte) error {
	m.w.journal, m.opened = slices.Clone(data), false
	return nil
}

func (m *memory) Sync() error                 { return nil }
func (m *memory) Hold(string) (func(), error) { return func() {}, nil }
func (m *memory) Lives(string) bool           { return false } // one run at a time

// simModel is a link as the provider's schema has it.
type simModel struct {
	driver.Model
	Title types.String `tfsdk:"title"`
}

// simVendor is a vendor whose links all have one content.
type simVendor struct{ dated bool }

var (
	_ driver.Vendor[simModel, simLink] = simVendor{}
	_ driver.Client[simModel, simLink] = (*simClient)(nil)
	_ driver.Lister[simLink]           = (*simClient)(nil)
)

func (simVendor) Info() driver.Info { return driver.Info{Name: "sim", Title: "Sim"} }

func (simVendor) Attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id": schema.StringAttribute{Computed: true}, "url": schema.StringAttribute{Computed: true}, "state": schema.StringAttribute{Computed: true},
		"title": schema.StringAttribute{Required: true},
	}
}

func (simVendor) Validate(context.Context, *simModel) diag.Diagnostics { return nil }
func (simVendor) Model(l simLink) simModel {
	return simModel{Model: driver.Model{ID: types.StringValue(l.id)}, Title: types.StringValue("Donation")}
}
func (simVendor) State(simLink, time.Time) driver.State { return driver.Open }
func (v simVendor) Created(l simLink) time.Time {
	if !v.dated {
		return time.Time{}
	}
	return epoch.Add(l.made).Truncate(time.Second)
}

// simClient makes links. What becomes of a request, and when the list shows its link, is chosen.
type simClient struct {
	*process
	repeats bool // a client that sends a create again whose answer was lost
}

func (c *simClient) Account() driver.Account          { return driver.Account{BaseURL: "https://sim.example"} }
func (c *simClient) ClockSkew() (time.Duration, bool) { return 0, true }

func (c *simClient) Create(ctx context.Context, _, _ *simModel, _ string) (simLink, error) {
	c.w.now += 100 * time.Millisecond
	var after, lag time.Duration
	way := c.point(6)
	switch way {
	case 1, 2: // refused, or never carried out
		outcome := []rest.Outcome{rest.NotApplied, rest.Unknown}[way-1]
		return simLink{}, &rest.Error{Method: "POST", Path: "/links", Message: "no", Outcome: outcome}
	case 4:
		after = time.Second
	case 6:
		after = 20 * time.Second
	}
	if way > 0 && c.point(1) == 1 {
		lag = 5 * time.Second
	}
	made := c.w.now + after
	link := simLink{id: fmt.Sprintf("pl-%d", len(c.w.links)+1), made: made, listed: made + lag}
	c.w.links = append(c.w.links, link)
	switch way {
	case 3, 4: // the answer is lost
		if c.repeats {
			c.repeats = false
			return c.Create(ctx, nil, nil, "")
		}
		return simLink{}, &rest.Error{Method: "POST", Path: "/links", Message: "connection reset", Outcome: rest.Unknown}
	case 5, 6:
		c.die()
	}
	return link, nil
}

func (c *simClient) Get(_ context.Context, key driver.Key) (simLink, error) {
	for _, l := range c.w.links {
		if l.id == key.ID && l.made <= c.w.now {
			return l, nil
		}
	}
	return simLink{}, &rest.Error{Method: "GET", Path: "/links", Status: 404, Outcome: rest.NotApplied}
}

func (c *simClient) List(context.Context, driver.Query) iter.Seq2[simLink, error] {
	return func(yield func(simLink, error) bool) {
		if !c.listed && c.point(1) == 1 { // at the first look, for all
			c.die()
		}
		c.listed = true
		c.w.now += 100 * time.Millisecond
		links := slices.SortedFunc(slices.Values(c.w.links), func(a, b simLink) int { return cmp.Compare(b.made, a.made) })
		for _, l := range links {
			if l.made <= c.w.now && l.listed <= c.w.now && !yield(l, nil) {
				return
			}
		}
	}
}
