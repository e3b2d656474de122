package vendorapi

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"
)

// Base is what every vendor is built on: a lock, a clock, switches, and links that belong to accounts. A vendor's server embeds
// it, with L for its links and S for the struct of its switches; see type switches for what S has to be.
type Base[L any, S switches] struct {
	// Mutex guards what follows. Every method takes it, but for those that say that their caller holds it.
	sync.Mutex
	// Now is the vendor's time.
	Now func() time.Time
	// Switch has the switches.
	Switch S

	kind  Kind[L]
	order []string
	byID  map[string]*entry[L]
}

// Kind says what the links of a vendor are.
type Kind[L any] struct {
	Vendor string // the vendor's name
	// Home is the name of the first account, to which seeds belong.
	Home string
	// Copy returns a link as it is at a time, which shares nothing that changes.
	Copy func(link *L, now time.Time) L
	// Describe says what the control API and the pages show of a copy; Base adds Vendor and CheckoutKey.
	Describe func(link L, now time.Time) Link
	Demo     []byte // what Base.Demo returns
	// ReadSeed reads a link in the vendor's own JSON.
	ReadSeed func(data []byte) (id string, link *L, err error)
	// Lists are the keys under which an answer of the vendor's has a link or an array of links.
	Lists []string
	// Actions is what people can do to a link behind the provider's back.
	Actions []Action
	// Force sets a status, also one that no document names.
	Force func(id, status string) error
}

// Action is something that people do to a link.
type Action struct {
	Name string
	Do   func(id string) error
}

// entry is a link with what no vendor shows of it.
type entry[L any] struct {
	link    *L
	account string
	since   time.Time // when the sandbox got it, for Delays; zero for seeds
}

// Init makes the base of a vendor. Switches of text that are empty get their defaults.
func (b *Base[L, S]) Init(now func() time.Time, defaults S, kind Kind[L]) {
	setDefaults(&defaults)
	b.Now, b.Switch, b.kind, b.byID = now, defaults, kind, map[string]*entry[L]{}
}

// Name returns the vendor's name.
func (b *Base[L, S]) Name() string { return b.kind.Vendor }

// Put adds a new link of an account. The caller holds the lock.
func (b *Base[L, S]) Put(account, id string, link *L) { b.put(id, &entry[L]{link, account, b.Now()}) }

// put adds a link, or replaces the one of the same id, which keeps its place.
func (b *Base[L, S]) put(id string, e *entry[L]) {
	if _, held := b.byID[id]; !held {
		b.order = append(b.order, id)
	}
	b.byID[id] = e
}

// Find returns the link of an id that an account can read now. The caller holds the lock.
func (b *Base[L, S]) Find(account, id string) (*L, bool) {
	e, ok := b.byID[id]
	if !ok || e.account != account || b.Now().Before(e.since.Add(time.Duration(b.Switch.delays().ReadDelay))) {
		return nil, false
	}
	return e.link, true
}

// Listed walks the links that an account's lists show now, oldest first. The caller holds the lock.
func (b *Base[L, S]) Listed(account string) iter.Seq[*L] {
	now, lag := b.Now(), time.Duration(b.Switch.delays().ListLag)
	return b.walk(func(e *entry[L]) bool { return e.account == account && !now.Before(e.since.Add(lag)) })
}

// Held walks the links of an account, oldest first. The caller holds the lock.
func (b *Base[L, S]) Held(account string) iter.Seq[*L] {
	return b.walk(func(e *entry[L]) bool { return e.account == account })
}

// All walks the links of all accounts, oldest first. The caller holds the lock.
func (b *Base[L, S]) All() iter.Seq[*L] {
	return b.walk(func(*entry[L]) bool { return true })
}

func (b *Base[L, S]) walk(fits func(*entry[L]) bool) iter.Seq[*L] {
	return func(yield func(*L) bool) {
		for _, id := range b.order {
			if e := b.byID[id]; fits(e) && !yield(e.link) {
				return
			}
		}
	}
}

// Remove makes a link vanish. The caller holds the lock.
func (b *Base[L, S]) Remove(id string) {
	delete(b.byID, id)
	b.order = slices.DeleteFunc(b.order, func(held string) bool { return held == id })
}

// Update changes a link behind the provider's back. The error is ErrNoLink for an id that the vendor does not hold, else
// change's.
func (b *Base[L, S]) Update(id string, change func(link *L, now time.Time) error) error {
	b.Lock()
	defer b.Unlock()
	e, ok := b.byID[id]
	if !ok {
		return fmt.Errorf("%s %q: %w", b.kind.Vendor, id, ErrNoLink)
	}
	return change(e.link, b.Now())
}

// Delete makes a link vanish behind the provider's back.
func (b *Base[L, S]) Delete(id string) error {
	return b.Update(id, func(*L, time.Time) error {
		b.Remove(id)
		return nil
	})
}

// Act does what Vendor.Act promises.
func (b *Base[L, S]) Act(id, action, status string) error {
	var names []string
	for _, a := range b.kind.Actions {
		if a.Name == action {
			return a.Do(id)
		}
		names = append(names, a.Name)
	}
	switch {
	case action != "force":
		return fmt.Errorf("%s links cannot %q: %s or force?status=", b.kind.Vendor, action, strings.Join(names, ", "))
	case status == "":
		return fmt.Errorf("force needs a status")
	}
	return b.kind.Force(id, status)
}

// Links returns copies of all links that the vendor holds, of all accounts, oldest first.
func (b *Base[L, S]) Links() []L {
	b.Lock()
	defer b.Unlock()
	var links []L
	for link := range b.All() {
		links = append(links, b.kind.Copy(link, b.Now()))
	}
	return links
}

// Overview does what Vendor.Overview promises.
func (b *Base[L, S]) Overview() []Link {
	var overview []Link
	for _, each := range b.Links() {
		link := b.kind.Describe(each, b.Now())
		link.Vendor, link.CheckoutKey = b.kind.Vendor, checkoutKey(b.kind.Vendor, link.URL)
		overview = append(overview, link)
	}
	return overview
}

// Payable counts the links that somebody who has the URL can pay.
func (b *Base[L, S]) Payable() int {
	n := 0
	for _, link := range b.Overview() {
		if link.Payable {
			n++
		}
	}
	return n
}
