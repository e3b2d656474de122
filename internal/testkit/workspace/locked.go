package workspace

import (
	"io"
	"sync"
)

// locked lets the two output streams of a program write to one place, a write at a time.
type locked struct {
	mu sync.Mutex
	to io.Writer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.to.Write(p)
}
