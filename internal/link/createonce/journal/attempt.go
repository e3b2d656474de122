package journal

import (
	"context"
	"slices"
	"time"
)

// Leftovers returns what is known by now of what killed runs left of a content. Nothing is waited for, and nothing recorded.
func (j *Journal) Leftovers(ctx context.Context, content Content) (left []Leftover) {
	j.ifLoaded(ctx, func() { left = j.leftovers(j.claim(content)) })
	return left
}

// claim returns the record of an attempt that is about to begin.
func (j *Journal) claim(content Content) record {
	return record{
		Kind: kindClaim, Number: j.number + 1, Workspace: j.hash("place", j.workspace), Account: j.hash("account", content.Account),
		Class: j.hash("class", content.Class), Content: j.hash("content", content.Exact),
		Since: content.Since.UnixMilli(), Existing: content.Existing, Counted: content.Counted,
	}
}

// Attempt is one create that has its turn. Its methods may be called on nil: without a journal.
type Attempt struct {
	journal   *Journal
	own       record
	leftovers []Leftover
	flushed   <-chan struct{} // closed when the disk has the latest record
	done      bool
}

// Leftover is what an attempt of equal content left when its run was killed.
type Leftover struct {
	ID    string    // of the link that it made; empty if it got no answer
	Began time.Time // by the machine's clock
	Evidence
	ref ref
}

// Begin waits until no other attempt of the class is under way, in any process, and records that this one is. It returns nil without
// a journal, and an error only if ctx ends first. End must be called in the end.
func (j *Journal) Begin(ctx context.Context, content Content) (*Attempt, error) {
	for {
		var attempt *Attempt
		err := j.locked(ctx, func() error {
			if j.release == nil { // the run lives from its first attempt on
				release, err := j.store.Hold(j.run)
				if err != nil {
					return err
				}
				j.release = release
			}
			own := j.claim(content)
			if j.mustWait(own) {
				return nil
			}
			j.number++
			attempt = &Attempt{journal: j, own: own, leftovers: j.leftovers(own)}
			if len(attempt.leftovers) == 0 {
				return attempt.begin(nil)
			}
			return j.append(own)
		})
		if err != nil || j == nil || j.isOff() {
			return nil, err
		}
		if attempt != nil {
			attempt.flush()
			return attempt, nil
		}
		if err := j.clock.Sleep(ctx, turnPoll); err != nil {
			return nil, err
		}
	}
}

func (j *Journal) isOff() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.failure != nil || j.closed
}

// mustWait reports whether an attempt has to wait: for one of its class that is under way, and for a provider whose engine was
// killed to end, because until then nobody knows what it leaves.
func (j *Journal) mustWait(own record) bool {
	lives := map[string]bool{}
	for _, e := range j.index.peers(own.Account, own.Class) {
		if e.settled || j.index.closed[e.Run] {
			continue
		}
		ending := e.Run != j.run && e.Workspace == own.Workspace && e.Content == own.Content && e.mayBeLost() && j.mayBeEnding(e.Run)
		if !e.holdsTurn() && !ending {
			continue
		}
		if _, known := lives[e.Run]; !known {
			lives[e.Run] = e.Run == j.run || j.store.Lives(e.Run)
		}
		if lives[e.Run] {
			return true
		}
	}
	return false
}

// mayBeEnding reports whether another run has lost its engine, or has not had the time to find out.
func (j *Journal) mayBeEnding(run string) bool {
	if j.index.orphaned[run] {
		return true
	}
	now := j.clock.Now()
	if j.grace[run].IsZero() {
		j.grace[run] = now.Add(orphanGrace)
	}
	left := j.grace[run].Sub(now)
	return left > 0 && left <= orphanGrace // a clock that is set back ends the grace
}

// leftovers returns what killed runs left of this content in this workspace: first what was answered, the latest before the others.
func (j *Journal) leftovers(own record) []Leftover {
	var answered, open []Leftover
	for _, e := range j.index.peers(own.Account, own.Class) {
		if !e.mayBeLost() || e.Run == j.run || e.Content != own.Content || e.Workspace != own.Workspace ||
			j.index.closed[e.Run] || j.store.Lives(e.Run) {
			continue
		}
		one := Leftover{ID: e.id, Began: e.at(), ref: e.ref(), Evidence: Evidence{time.UnixMilli(e.Since).UTC(), e.Existing, e.Counted}}
		if e.id != "" {
			answered = append(answered, one)
		} else {
			open = append(open, one)
		}
	}
	// The engine writes its state from time to time: the later a link was made, the less a state can have it.
	slices.Reverse(answered)
	return append(answered, open...)
}

// Leftovers returns what killed runs left of equal content: first what was answered. Settle them one after another: until one is taken
// over (TakeOver), or nothing is left of any (Begin).
func (a *Attempt) Leftovers() []Leftover {
	if a == nil {
		return nil
	}
	return slices.Clone(a.leftovers)
}

// Begin records, before the request, that it may be sent, and that the leftovers made no link.
func (a *Attempt) Begin(ctx context.Context, nothing []Leftover) error {
	if a == nil || len(a.leftovers) == 0 { // begun already
		return nil
	}
	if err := a.journal.locked(ctx, func() error { return a.begin(nothing) }); err != nil {
		return err
	}
	<-a.flushed
	a.flush()
	return nil
}

func (a *Attempt) begin(nothing []Leftover) error {
	r := a.own
	r.Kind = kindBegin
	for _, one := range nothing {
		r.From = append(r.From, one.ref)
	}
	return a.journal.append(r)
}

// flush has the disk write what is recorded, while the request is under way: when a process is killed the system has the record, and only
// a machine that dies needs it on the disk.
func (a *Attempt) flush() {
	flushed := make(chan struct{})
	a.flushed = flushed
	go func() {
		defer close(flushed)
		if err := a.journal.store.Sync(); err != nil {
			a.journal.mu.Lock()
			defer a.journal.mu.Unlock()
			a.journal.failure = err
		}
	}()
}

// TakeOver records that the attempt's link is one that a leftover left.
func (a *Attempt) TakeOver(from Leftover, id string) {
	a.record(record{Kind: kindTake, ID: id, From: []ref{from.ref}})
}

// Answered records the attempt's link.
func (a *Attempt) Answered(id string) { a.record(record{Kind: kindAnswer, ID: id}) }

// Refused records that the attempt has made no link.
func (a *Attempt) Refused() { a.record(record{Kind: kindVoid}) }

// End ends the turn. An attempt of which nothing else was recorded may have made a link.
func (a *Attempt) End() { a.record(record{Kind: kindUnknown}) }

// record ends the turn with a record; only the first one counts. It does not wait for the disk: what a lost answer leaves is found
// like what was never answered.
func (a *Attempt) record(r record) {
	if a == nil || a.done {
		return
	}
	a.done = true
	r.Number = a.own.Number
	_ = a.journal.locked(context.Background(), func() error { return a.journal.append(r) }) // its context never ends
	<-a.flushed
}
