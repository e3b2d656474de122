package sandbox

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// anyName stands in a fault's text for any vendor, or any call.
const anyName = "*"

// Kinds are all kinds of faults.
func Kinds() []FaultKind {
	return []FaultKind{
		Answer, Drop, HTML, Empty, Truncate, Malformed, WrongContentType, TooMany, ExpireToken, Redirect, Drip, Wait, Echo, Oversize,
	}
}

// Explain says what a kind is, for people.
func (k FaultKind) Explain() string {
	return map[FaultKind]string{
		Answer:           "an answer of your own: status, default 500, and body",
		Drop:             "the connection is closed without an answer",
		HTML:             "an HTML error page, default status 502",
		Empty:            "no body",
		Truncate:         "the call works, and half its answer comes",
		Malformed:        "JSON that does not parse",
		WrongContentType: "the call works, and its answer says to be text/html",
		TooMany:          "429 in the vendor's words",
		ExpireToken:      "401 in the vendor's words",
		Redirect:         "to location, default status 307",
		Drip:             "the call works, and its answer comes byte by byte, delay before each",
		Wait:             "the call works, and its answer comes after delay",
		Echo:             "422 whose message holds what was sent, credentials too",
		Oversize:         "the call works, and its answer holds more than 2 MiB too much",
	}[k]
}

// ParseFault reads a fault as people write it: "qonto:create:503", "qonto:create:drop,after,times=1", "*:*:wait,delay=2s",
// "gigs:GET /projects/dev/paymentLinks:too_many,retry-after=3". It is VENDOR:CALL:WHAT, then options. A vendor, call, kind or
// option that does not exist is an error: such a fault would never happen, and say so to nobody.
func (s *Sandbox) ParseFault(text string) (Fault, error) {
	f, err := s.parseFaultText(text)
	if err != nil {
		return Fault{}, fmt.Errorf("fault %q: %w", text, err)
	}
	return f, nil
}

func (s *Sandbox) parseFaultText(text string) (Fault, error) {
	vendor, rest, _ := strings.Cut(text, ":")
	words := strings.Split(rest, ",")
	at := strings.LastIndex(words[0], ":") // the last one, because a path may have some
	if at < 0 || at == len(words[0])-1 {
		return Fault{}, errors.New("it is not VENDOR:CALL:WHAT")
	}
	call, what := words[0][:at], words[0][at+1:]
	f := Fault{Header: http.Header{}}
	vendors := s.vendors
	if vendor != anyName {
		v, ok := s.vendor(vendor)
		if !ok {
			return f, fmt.Errorf("no vendor %q: %s, or %s for any", vendor, strings.Join(s.Vendors(), ", "), anyName)
		}
		f.Vendor, vendors = vendor, []vendorapi.Vendor{v}
	}
	var err error
	if f.Op, err = opOf(vendors, call); err != nil {
		return f, err
	}
	if status, err := strconv.Atoi(what); err == nil {
		f.Kind, f.Status = Answer, status
	} else if f.Kind = FaultKind(what); !f.Kind.known() {
		return f, fmt.Errorf("no kind %q: an HTTP status, or one of %v", what, Kinds())
	}
	for _, word := range words[1:] {
		if err := f.option(word); err != nil {
			return f, err
		}
	}
	switch {
	case f.Status != 0 && (f.Status < 200 || f.Status > 599):
		return f, fmt.Errorf("status %d is not an answer", f.Status)
	case f.Kind == Redirect && f.Location == "":
		return f, errors.New("a redirect needs location=URL")
	case (f.Kind == Wait || f.Kind == Drip) && f.Delay == 0:
		return f, fmt.Errorf("%s needs delay=DURATION", f.Kind)
	}
	return f, nil
}

// opOf finds the call that a name, or a method with a path, means for one of the vendors.
func opOf(vendors []vendorapi.Vendor, call string) (string, error) {
	if call == anyName {
		return "", nil
	}
	var known []string
	for _, v := range vendors {
		if method, path, ok := strings.Cut(call, " "); ok {
			if segments, err := vendorapi.Segments(path); err == nil {
				if op := v.Op(method, segments); op != "" {
					return op, nil
				}
			}
		}
		known = append(known, v.Ops()...)
	}
	if slices.Contains(known, call) {
		return call, nil
	}
	slices.Sort(known)
	return "", fmt.Errorf("no call %q: one of %s, %s for any, or a method and a path", call, strings.Join(slices.Compact(known), ", "), anyName)
}

// option reads "after" or "name=value".
func (f *Fault) option(word string) error {
	name, value, _ := strings.Cut(word, "=")
	var err error
	switch name {
	case "after":
		f.After = true
	case "times":
		f.Times, err = atLeastOne(value)
	case "skip":
		f.Skip, err = atLeastOne(value)
	case "status":
		f.Status, err = strconv.Atoi(value)
	case "delay":
		if f.Delay, err = time.ParseDuration(value); err == nil && f.Delay <= 0 {
			err = fmt.Errorf("%s does not wait", value)
		}
	case "retry-after":
		f.Header.Set("Retry-After", value)
	case "location":
		_, err = url.Parse(value)
		f.Location = value
	case "body":
		f.Body = value
	default:
		return fmt.Errorf("no option %q: after, times=N, skip=N, status=N, delay=DURATION, retry-after=SECONDS, location=URL or body=TEXT", word)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func atLeastOne(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err == nil && n < 1 {
		err = fmt.Errorf("%d is less than 1", n)
	}
	return n, err
}

// String is the fault in words that ParseFault reads.
func (f Fault) String() string {
	text := orAny(f.Vendor) + ":" + orAny(f.Op) + ":" + string(f.Kind)
	if f.Status != 0 {
		text += ",status=" + strconv.Itoa(f.Status)
	}
	if f.After {
		text += ",after"
	}
	if f.Delay != 0 {
		text += ",delay=" + f.Delay.String()
	}
	if after := f.Header.Get("Retry-After"); after != "" {
		text += ",retry-after=" + after
	}
	if f.Location != "" {
		text += ",location=" + f.Location
	}
	if f.Skip > 0 {
		text += ",skip=" + strconv.Itoa(f.Skip)
	}
	if f.Times > 0 {
		text += ",times=" + strconv.Itoa(f.Times)
	}
	return text
}

func orAny(name string) string {
	if name == "" {
		return anyName
	}
	return name
}

// list shows what is injected, with what is left of it.
func (l *faults) list() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var texts []string
	for _, a := range l.active {
		left := a.fault
		left.Skip, left.Times = a.skip, a.left
		texts = append(texts, left.String())
	}
	return texts
}
