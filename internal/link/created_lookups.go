package link

import (
	"sync"
	"time"
)

// createdLookups records when this run created links, by the text of the attribute with which the vendor's Lookup finds them.
type createdLookups struct {
	mu sync.Mutex
	at map[string]time.Time
}

func newCreatedLookups() *createdLookups { return &createdLookups{at: map[string]time.Time{}} }

func (l *createdLookups) add(text string, at time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.at[text] = at
}

func (l *createdLookups) createdAt(text string) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.at[text]
}
