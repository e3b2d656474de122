package journal

import "bytes"

// phase is how far an attempt has come.
type phase int

const (
	phaseClaimed  phase = iota // has its turn, has sent nothing
	phaseBegun                 // may have sent its request
	phaseUnknown               // its turn is over, and it may have made a link
	phaseAnswered              // its link is known
	phaseVoid                  // made no link
)

// entry is one attempt, as its records tell.
type entry struct {
	record         // of its claim or begin; of a begin where there are both
	phase   phase  // how far it came
	id      string // of its link, if answered
	settled bool   // its link is in a state or was taken over, or it came to nothing
}

// holdsTurn reports whether the attempt is under way, if its process lives.
func (e *entry) holdsTurn() bool { return e.phase == phaseClaimed || e.phase == phaseBegun }

// mayBeLost reports whether the attempt may have made a link that no state has.
func (e *entry) mayBeLost() bool {
	return !e.settled && (e.phase == phaseBegun || e.phase == phaseUnknown || e.phase == phaseAnswered)
}

// index is what the records of a file say.
type index struct {
	entries  map[ref]*entry
	order    []*entry            // as begun
	byClass  map[string][]*entry // by account and class
	byID     map[string][]*entry // by account and id
	closed   map[string]bool     // runs
	orphaned map[string]bool
	looks    map[string]record // by class
}

func newIndex() *index {
	return &index{entries: map[ref]*entry{}, byClass: map[string][]*entry{}, byID: map[string][]*entry{}, closed: map[string]bool{}, orphaned: map[string]bool{}, looks: map[string]record{}}
}

// addAll adds the records of complete lines, leaves out what is damaged, and returns the rest after the last line's end.
func (x *index) addAll(data []byte) (rest []byte) {
	for {
		line, after, found := bytes.Cut(data, []byte("\n"))
		if !found {
			return data
		}
		if r, ok := parseLine(line); ok {
			x.add(r)
		}
		data = after
	}
}

// add adds a record. One of an attempt whose begin is damaged is left out: it tells of no content.
func (x *index) add(r record) {
	for _, from := range r.From {
		if e := x.entries[from]; e != nil {
			e.settled = true
		}
	}
	e := x.entries[r.ref()]
	switch r.Kind {
	case kindClosed:
		x.closed[r.Run] = true
	case kindOrphaned:
		x.orphaned[r.Run] = true
	case kindLook:
		x.looks[r.Class] = r
	case kindClaim, kindBegin:
		if e == nil {
			e = &entry{}
			x.entries[r.ref()] = e
			x.order = append(x.order, e)
			x.byClass[r.Account+"\n"+r.Class] = append(x.byClass[r.Account+"\n"+r.Class], e)
		}
		e.record, e.phase = r, phaseClaimed
		if r.Kind == kindBegin {
			e.phase = phaseBegun
		}
	default:
		if e != nil {
			x.end(e, r)
		}
	}
}

func (x *index) end(e *entry, r record) {
	switch r.Kind {
	case kindUnknown:
		e.phase = phaseUnknown
	case kindVoid:
		e.phase = phaseVoid
	case kindAnswer, kindTake:
		e.phase, e.id = phaseAnswered, r.ID
		key := e.Account + "\n" + r.ID
		x.byID[key] = append(x.byID[key], e)
	default: // of the file itself
	}
}

// peers returns the attempts of a class, as begun.
func (x *index) peers(account, class string) []*entry { return x.byClass[account+"\n"+class] }
