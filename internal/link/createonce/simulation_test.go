package createonce_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce/journal"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// simulation walks everything that can happen to two links of equal content in three runs of an engine, and what a fourth one, in which
// nothing goes wrong, then makes of it.
type simulation struct {
	dated   bool // the vendor's answers hold a creation time
	forgets bool // after a run that was ended in order, somebody may take a link out of the state
	// Mutations of the algorithm.
	noJournal, repeats, adoptsOrderly, ignoresTargets bool

	runs              int // 0 for faultyRuns
	histories, worlds int
	failed            string // how two links became more, or fewer
}

const faultyRuns = 3

// walk returns after the first history that ends wrongly.
func (s *simulation) walk() {
	level := map[string]world{"": {}}
	for range cmp.Or(s.runs, faultyRuns) {
		next := map[string]world{}
		for _, w := range level {
			c := &chooser{}
			for more := true; more; more = c.next() {
				after := w.clone()
				s.run(&after, c, true)
				s.histories++
				next[after.key()] = after
			}
		}
		s.worlds += len(next)
		for _, w := range next {
			if s.settled(w); s.failed != "" {
				return
			}
		}
		level = next
	}
}

// settled lets nothing go wrong any more, and then there are two links.
func (s *simulation) settled(w world) {
	end := w.clone()
	end.now += time.Minute
	s.run(&end, &chooser{}, false)
	if len(end.links) != 2+end.forgotten || end.state[0] == end.state[1] || end.state[0] == "" || end.state[1] == "" {
		s.failed = fmt.Sprintf("%d links at the vendor, in state %q; the journal before the last run:\n%s", len(end.links), end.state, w.journal)
	}
}

// run is a plan and its apply by one engine, with one provider process.
func (s *simulation) run(w *world, c *chooser, faulty bool) {
	w.runs++
	p := &process{w: w, c: c, faulty: faulty}
	creator := s.creator(p)
	// A plan that leaves a link out (-target) shows it to nobody.
	shows := !faulty || w.state == [2]string{} || c.choose(2) == 0
	if creator.Journal != nil && !s.ignoresTargets {
		creator.Journal.Partial = func() bool { return !shows }
	}
	state := w.state // the engine's, in memory
	persisted := []([2]string){w.state}
	killedHere := killedDuring(func() {
		for _, id := range w.state {
			if id != "" && shows {
				creator.Journal.Seen(context.Background(), creator.Account, id)
			}
		}
	})
	for i := range state {
		if killedHere || state[i] != "" {
			continue
		}
		var id string
		killedHere = killedDuring(func() {
			if created, diags := creator.Create(context.Background(), plan, &simModel{}, &simModel{}); !diags.HasError() {
				id = created.Answer.id
			}
		})
		if id != "" {
			state[i] = id
			persisted = append(persisted, state)
		}
		if faulty && !killedHere && c.choose(2) == 1 { // between two of its steps
			killedHere = true
		}
	}
	p.dead = p.dead || killedHere
	w.state = state
	if killedHere {
		// The engine was killed too, and has written its state at some moment or never; or it lives, and writes it now.
		w.state = persisted[len(persisted)-1-c.choose(len(persisted))]
	} else {
		p.faulty = false // between the end of the provider and the last state lies the window that is known
		creator.Journal.Close(context.Background())
		if s.forgets && faulty && shows && w.state[0] != "" && c.choose(2) == 1 {
			w.state[0] = ""
			w.forgotten++
		}
	}
	if w.now += time.Second; killedHere {
		w.now += []time.Duration{0, time.Minute}[c.choose(2)]
	}
}

// killedDuring reports whether the process was killed meanwhile.
func killedDuring(f func()) (dead bool) {
	defer func() {
		if r := recover(); r != nil {
			if _, dead = r.(killed); !dead {
				panic(r)
			}
		}
	}()
	f()
	return false
}

var (
	simSchema = schema.Schema{Attributes: simVendor{}.Attributes()}
	simDiff   = diff.NewSchema(simSchema, nil, nil, nil)
	plan      = simValue(tftypes.UnknownValue)
)

// simValue returns a link with an id.
func simValue(id any) tftypes.Value { return simTitled(id, "Donation") }

func simTitled(id any, title string) tftypes.Value {
	text := func(v any) tftypes.Value { return tftypes.NewValue(tftypes.String, v) }
	object := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String, "url": tftypes.String, "state": tftypes.String, "title": tftypes.String}}
	state := any("open")
	if id == any(tftypes.UnknownValue) {
		state = id
	}
	return tftypes.NewValue(object, map[string]tftypes.Value{"id": text(id), "url": text(id), "state": text(state), "title": text(title)})
}

func (s *simulation) creator(p *process) *createonce.Creator[simModel, simLink] {
	client := &simClient{process: p, repeats: s.repeats}
	info := simVendor{}.Info()
	info.NoCreationTime = !s.dated
	out := &createonce.Creator[simModel, simLink]{
		Vendor: simVendor{s.dated}, Client: client, Info: info, Diff: simDiff, Registry: createonce.NewRegistry(), Clock: p, Budget: time.Minute, InFlight: inFlight, Account: "me",
		Value: func(_ context.Context, l simLink) (tftypes.Value, diag.Diagnostics) { return simValue(l.id), nil },
		ID:    func(l simLink) string { return l.id },
		Key: func(v tftypes.Value) driver.Key {
			return driver.Key{ID: diff.String(diff.Attributes(v)["id"])}
		},
		Scope: func(tftypes.Value) string { return "" },
		Find: func(ctx context.Context, key driver.Key, _ time.Time) (*simLink, error) {
			link, err := client.Get(ctx, key)
			if rest.IsNotFound(err) {
				return nil, nil
			}
			return &link, err
		},
		Refused: func(err error) diag.Diagnostics {
			return diag.Diagnostics{diag.NewErrorDiagnostic("refused", err.Error())}
		},
		Explain: rest.Describe,
	}
	var store journal.Store = &memory{process: p}
	if s.adoptsOrderly {
		store = forgetful{store}
	}
	if !s.noJournal {
		out.Journal = journal.New(store, "here", p)
	}
	return out
}

// forgetful is a store in which no run ends in order.
type forgetful struct{ journal.Store }

func (f forgetful) Append(data []byte) error {
	if bytes.Contains(data, []byte(`"k":"closed"`)) {
		return nil
	}
	return f.Store.Append(data)
}

// Whatever is killed, lost, late or repeated, in whatever order: two links that were declared are two links.
func TestEveryHistoryEndsInOneLinkEach(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]*simulation{
		"with creation times": {dated: true}, "without": {}, "with a state that forgets": {dated: true, forgets: true, runs: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s.walk()
			t.Logf("%d histories of a run, %d different worlds after at most %d runs", s.histories, s.worlds, cmp.Or(s.runs, faultyRuns))
			if s.failed != "" {
				t.Error(s.failed)
			}
		})
	}
}

// The simulation finds what it is there to find.
func TestSimulationFindsMistakes(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]*simulation{
		"the create is sent again":                           {dated: true, repeats: true},
		"there is no journal":                                {dated: true, noJournal: true},
		"an orderly run's links are taken over":              {dated: true, adoptsOrderly: true, forgets: true, runs: 1},
		"what is in a state that is not shown is taken over": {dated: true, ignoresTargets: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s.walk()
			if t.Logf("found after %d histories", s.histories); s.failed == "" {
				t.Error("not found")
			}
		})
	}
}
