package journal

import "bytes"

// entry is one attempt, as its records tell.
type entry struct {
	record         // of its claim or begin; of a begin where there are both
	last    kind   // of its latest record; kindAnswer for kindTake
	id      string // of its link, if answered
	settled bool   // its link is in a state or was taken over, or it made no link
}

// holdsTurn reports whether the attempt is under way, if its process lives.
func (e *entry) holdsTurn() bool { return e.last == e.Kind }

// mayBeLost reports whether the attempt may have made a link that no state has.
func (e *entry) mayBeLost() bool {
	return !e.settled && (e.last == kindBegin || e.last == kindUnknown || e.last == kindAnswer)
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
	return &index{
		entries: map[ref]*entry{}, byClass: map[string][]*entry{}, byID: map[string][]*entry{},
		closed: map[string]bool{}, orphaned: map[string]bool{}, looks: map[string]record{},
	}
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
		e.record, e.last = r, r.Kind
	case kindUnknown, kindVoid:
		if e != nil {
			e.last = r.Kind
		}
	case kindAnswer, kindTake:
		if e != nil {
			e.last, e.id = kindAnswer, r.ID
			key := e.Account + "\n" + r.ID
			x.byID[key] = append(x.byID[key], e)
		}
	default: // of the file itself, or nothing but its From
	}
}

// peers returns the attempts of a class, as begun.
func (x *index) peers(account, class string) []*entry { return x.byClass[account+"\n"+class] }
