package sandbox

import (
	"context"
	"maps"
	"net/http"
	"strconv"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
)

// send writes a response. It panics with http.ErrAbortHandler, which net/http takes as "close the connection".
func (s *Sandbox) send(ctx context.Context, w http.ResponseWriter, a fault.Response) {
	if a.Drop {
		panic(http.ErrAbortHandler)
	}
	maps.Copy(w.Header(), a.Header)
	if _, ok := a.Header["Content-Type"]; !ok {
		w.Header()["Content-Type"] = nil // net/http would guess one
	}
	// Clients measure the age of what they find by this header: it must agree with the clock that stamps links.
	w.Header().Set("Date", s.Now().UTC().Format(http.TimeFormat))
	w.Header().Set("Content-Length", strconv.Itoa(len(a.Body)))
	w.WriteHeader(a.Status)
	switch {
	case a.Truncate:
		write(w, a.Body[:len(a.Body)/2])
	case a.Slow:
		s.writeSlowly(ctx, w, a)
	default:
		write(w, a.Body)
	}
}

func (s *Sandbox) writeSlowly(ctx context.Context, w http.ResponseWriter, a fault.Response) {
	control := http.NewResponseController(w)
	for i := range a.Body {
		if err := s.clock.Sleep(ctx, a.Pause); err != nil {
			panic(http.ErrAbortHandler)
		}
		write(w, a.Body[i:i+1])
		if err := control.Flush(); err != nil {
			panic(http.ErrAbortHandler)
		}
	}
}

// write sends bytes; whoever is gone no longer wants them.
func write(w http.ResponseWriter, body []byte) { _, _ = w.Write(body) }
