package fault

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

// wildcard stands in a fault's text for any vendor, or any call.
const wildcard = "*"

// Parse reads a fault of one of vendors as people write it: VENDOR:CALL:WHAT, then options. VENDOR and CALL may be "*", CALL a
// method with a path, WHAT a status, as in "*:create:503", "*:create:drop,after,times=1", "*:*:wait,delay=2s" and
// "*:GET /v2/links:too_many,retry-after=3". A value, which may hold commas, is the last option. A vendor, call, kind or option that does not exist is an error: such a fault would
// never happen, and say so to nobody.
func Parse(text string, vendors []vendorapi.Vendor) (Fault, error) {
	f, err := parse(text, vendors)
	if err != nil {
		return Fault{}, fmt.Errorf("fault %q: %w", text, err)
	}
	return f, nil
}

func parse(text string, vendors []vendorapi.Vendor) (Fault, error) {
	text, value, _ := strings.Cut(text, ",value=")
	vendor, rest, _ := strings.Cut(text, ":")
	words := strings.Split(rest, ",")
	at := strings.LastIndex(words[0], ":") // the last one, because a path may have some
	if at < 0 || at == len(words[0])-1 {
		return Fault{}, errors.New("it is not VENDOR:CALL:WHAT")
	}
	call, what := words[0][:at], words[0][at+1:]
	f := Fault{Header: http.Header{}, Value: value}
	if vendor != wildcard {
		var names []string
		for _, v := range vendors {
			names = append(names, v.Name())
		}
		at := slices.Index(names, vendor)
		if at < 0 {
			return f, fmt.Errorf("no vendor %q: %s, or %s for any", vendor, strings.Join(names, ", "), wildcard)
		}
		f.Vendor, vendors = vendor, vendors[at:at+1]
	}
	var err error
	if f.Op, err = resolveOp(vendors, call); err != nil {
		return f, err
	}
	if status, err := strconv.Atoi(what); err == nil {
		f.Kind, f.Status = Answer, status
	} else {
		f.Kind = Kind(what)
	}
	for _, word := range words[1:] {
		if err := f.option(word); err != nil {
			return f, err
		}
	}
	switch {
	case f.Kind == Redirect && f.Location == "":
		return f, errors.New("a redirect needs location=URL")
	case (f.Kind == Wait || f.Kind == Drip) && f.Delay == 0:
		return f, fmt.Errorf("%s needs delay=DURATION", f.Kind)
	}
	return f, f.check()
}

// resolveOp finds the call that a name, or a method with a path, means for one of the vendors.
func resolveOp(vendors []vendorapi.Vendor, call string) (string, error) {
	if call == wildcard {
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
	return "", fmt.Errorf("no call %q: one of %s, %s for any, or a method and a path", call, strings.Join(slices.Compact(known), ", "), wildcard)
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
	case "pointer":
		f.Pointer = value
	default:
		return fmt.Errorf("no option %q: after, times=N, skip=N, status=N, delay=DURATION, retry-after=SECONDS, location=URL, body=TEXT, pointer=POINTER or value=JSON", word)
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

// String is the fault in words that Parse reads; they do not show a body.
func (f Fault) String() string {
	text := orWildcard(f.Vendor) + ":" + orWildcard(f.Op) + ":" + string(f.Kind)
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
	if f.Pointer != "" {
		text += ",pointer=" + f.Pointer
	}
	if f.Value != "" {
		text += ",value=" + f.Value
	}
	return text
}

func orWildcard(name string) string {
	if name == "" {
		return wildcard
	}
	return name
}
