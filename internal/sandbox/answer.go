package sandbox

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// oversize is more than a client has to accept for one element, in bytes.
const oversize = 2<<20 + 1

// htmlFault is the page of a front server that failed; %s takes an echo of the request.
const htmlFault = "<!DOCTYPE html>\n<html><head><title>Bad gateway</title></head>" +
	"<body><h1>The server is having a moment</h1>%s</body></html>\n"

// answer is a reply and the manner of sending it.
type answer struct {
	vendorapi.Reply
	drop     bool
	truncate bool
	drip     time.Duration
	dripping bool
}

// misanswer makes the answer of a fault; genuine is the vendor's own, or nil when the call had no effect.
func (f Fault) misanswer(vendor vendorapi.Vendor, call *vendorapi.Call, genuine *vendorapi.Reply) answer {
	a := answer{}
	if genuine != nil {
		a.Reply = vendorapi.Reply{Status: genuine.Status, Header: genuine.Header.Clone(), Body: genuine.Body}
	}
	authorization := call.Header.Get("Authorization")
	switch f.Kind {
	case Drop:
		return answer{drop: true}
	case HTML:
		echo := ""
		if f.Echo {
			echo = "<pre>" + html.EscapeString(authorization) + "\n" + html.EscapeString(string(call.Body)) + "</pre>"
		}
		a.Reply = vendorapi.Text(http.StatusBadGateway, vendorapi.ContentTypeHTML, fmt.Sprintf(htmlFault, echo))
	case Empty:
		a.Reply = vendorapi.Reply{Status: statusOf(genuine), Header: http.Header{}}
	case Truncate:
		a.truncate = true
	case Malformed:
		a.Reply = vendorapi.Text(statusOf(genuine), vendorapi.ContentTypeJSON, `{"id": "3c90c3cc", "status": `)
	case WrongContentType:
		a.Header.Set("Content-Type", vendorapi.ContentTypeHTML)
	case TooMany:
		a.Reply = vendor.Refuse(call, vendorapi.TooMany, "Too many requests")
	case ExpireToken:
		a.Reply = vendor.Refuse(call, vendorapi.Expired, "The access token expired")
	case Redirect:
		a.Reply = vendorapi.Reply{Status: http.StatusTemporaryRedirect, Header: http.Header{"Location": {f.Location}}}
	case Drip:
		a.dripping, a.drip = true, f.Delay
	case Wait:
	case Echo:
		a.Reply = vendor.Refuse(call, vendorapi.Invalid, fmt.Sprintf("cannot accept %s from %s", call.Body, authorization))
	case Oversize:
		a.Body = inflate(a.Body)
	default:
		contentType := f.ContentType
		if contentType == "" {
			contentType = vendorapi.ContentTypeJSON
		}
		a.Reply = vendorapi.Text(http.StatusInternalServerError, contentType, f.Body)
	}
	if f.Status != 0 {
		a.Status = f.Status
	}
	maps.Copy(a.Header, f.Header)
	return a
}

func statusOf(genuine *vendorapi.Reply) int {
	if genuine == nil {
		return http.StatusOK
	}
	return genuine.Status
}

// inflate adds a field of more than 2 MiB to the first element of a JSON answer: of its first list of objects, else to
// the object itself.
func inflate(body []byte) []byte {
	at := bytes.Index(body, []byte("[{"))
	if at >= 0 {
		at += 2
	} else if at = bytes.IndexByte(body, '{') + 1; at == 0 {
		return bytes.Repeat([]byte("a"), oversize)
	}
	padding := `"sandbox_padding":"` + strings.Repeat("a", oversize) + `"`
	if next := bytes.TrimLeft(body[at:], " \n\t"); len(next) > 0 && next[0] != '}' {
		padding += ","
	}
	return append(append(append([]byte{}, body[:at]...), padding...), body[at:]...)
}

// send writes an answer. It panics with http.ErrAbortHandler, which net/http takes as "close the connection".
func (s *Sandbox) send(ctx context.Context, w http.ResponseWriter, a answer) {
	if a.drop {
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
	case a.truncate:
		write(w, a.Body[:len(a.Body)/2])
	case a.dripping:
		s.dribble(ctx, w, a)
	default:
		write(w, a.Body)
	}
}

func (s *Sandbox) dribble(ctx context.Context, w http.ResponseWriter, a answer) {
	control := http.NewResponseController(w)
	for i := range a.Body {
		if err := s.clock.Sleep(ctx, a.drip); err != nil {
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
