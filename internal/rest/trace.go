package rest

import (
	"net/http/httptrace"
	"sync/atomic"
)

// requestTrace tells how far a request came. Its hooks run on the transport's goroutines.
type requestTrace struct{ connRequested, connected, wroteHeaders atomic.Bool }

func (t *requestTrace) hooks() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn:      func(string) { t.connRequested.Store(true) },
		GotConn:      func(httptrace.GotConnInfo) { t.connected.Store(true) },
		WroteHeaders: func() { t.wroteHeaders.Store(true) },
	}
}

// written reports whether the vendor may have got the request. In doubt it may: where the transport does not trace, and
// where the time ran out on a connection, as the headers may be on their way.
func (t *requestTrace) written(timedOut bool) bool {
	return !t.connRequested.Load() || t.wroteHeaders.Load() || timedOut && t.connected.Load()
}
