package workspace

import (
	"io"
	"sync"
)

// syncWriter lets the two output streams of a program write to one place, a write at a time.
type syncWriter struct {
	mu sync.Mutex
	to io.Writer
}

func (l *syncWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.to.Write(p)
}
