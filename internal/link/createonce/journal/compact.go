package journal

import (
	"bytes"
	"crypto/rand"
	"errors"
	"time"
)

const (
	// compactAbove is the size, in bytes, from which a run leaves out old records when it first reads the file.
	compactAbove = 1 << 20
	// settledAge is how long what nobody takes over is kept: so long no search for a lost create may find its link.
	settledAge = 24 * time.Hour
	// lostAge is how long what a killed run left is kept.
	lostAge = 90 * 24 * time.Hour
)

var (
	errNewerVersion = errors.New("the file was written by a newer version of the provider")
	errNotAJournal  = errors.New("the file is not a journal, and was left as it is")

	// ErrDamaged is that of a file that could not be read and was replaced: what it said of killed runs is lost.
	ErrDamaged = errors.New("the file was damaged, and a new one was begun")
)

// readHeader reads the first line of a file. It replaces a journal without one, which cannot be understood, and one that has grown too
// large; then the file must be read again.
func (j *Journal) readHeader(data []byte) (header record, replaced bool, err error) {
	line, records, complete := bytes.Cut(data, []byte("\n"))
	header, ok := parseLine(line)
	switch {
	case !complete || !ok || header.Kind != kindHeader:
		if !isJournal(data) {
			return header, false, errNotAJournal
		}
		if len(records) > 0 {
			j.damage = ErrDamaged
		}
		header = record{Kind: kindHeader, Version: version, Key: make([]byte, 32)}
		_, _ = rand.Read(header.Key) // never fails
		return header, true, j.store.Replace(header.line())
	case header.Version > version:
		return header, false, errNewerVersion
	case len(data) > compactAbove && !j.compacted:
		j.compacted = true
		// Where it cannot be replaced, as on Windows while another run has it open, it stays as it is.
		return header, j.store.Replace(append(header.line(), j.compact(records)...)) == nil, nil
	}
	return header, false, nil
}

// isJournal reports whether a file without a header may be replaced: it holds a record, or nothing. Any other file is somebody's own.
func isJournal(data []byte) bool {
	if len(bytes.Trim(data, "\x00")) == 0 { // as a machine leaves it that lost its power
		return true
	}
	for line := range bytes.Lines(data) {
		if _, ok := parseLine(bytes.TrimSuffix(line, []byte("\n"))); ok {
			return true
		}
	}
	return false
}

// compact returns the records without those that are old. A record from the future is kept: a clock jumped.
func (j *Journal) compact(records []byte) (out []byte) {
	x := newIndex()
	x.addAll(records)
	now := j.clock.Now()
	kept := map[string]bool{}
	for _, e := range x.order {
		age := settledAge
		if e.mayBeLost() && !x.closed[e.Run] {
			age = lostAge
		}
		if now.Sub(e.at()) > age && (x.closed[e.Run] || !j.store.Lives(e.Run)) {
			continue
		}
		kept[e.Run] = true
		out = append(out, e.lines()...)
	}
	for run := range kept {
		if x.closed[run] {
			out = append(out, record{Kind: kindClosed, Run: run}.line()...)
		}
		if x.orphaned[run] {
			out = append(out, record{Kind: kindOrphaned, Run: run}.line()...)
		}
	}
	return out
}

// lines returns the records that tell of an attempt what is known of it.
func (e *entry) lines() []byte {
	begin := e.record
	begin.From = nil // what it settled has a record of its own
	out := begin.line()
	if !e.holdsTurn() {
		out = append(out, record{Kind: e.last, Run: e.Run, Number: e.Number, At: e.At, ID: e.id}.line()...)
	}
	if e.settled {
		out = append(out, record{Kind: kindSeen, From: []ref{e.ref()}}.line()...)
	}
	return out
}
