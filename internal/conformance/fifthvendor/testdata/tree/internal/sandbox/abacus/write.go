package abacus

import (
	"net/http"
	"regexp"
	"strconv"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/strictjson"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

const (
	defaultHours = 72
	// replayFor is how long a key is known; no document says it.
	replayFor = 24 * time.Hour
)

var currencyForm = regexp.MustCompile(`^[A-Z]{3}$`)

// create makes a link, or answers as it did to the same key (contract 6.1).
func (s *Server) create(call *vendorapi.Call, account string) vendorapi.Reply {
	key := call.Header.Get("X-Abacus-Once")
	if key != "" {
		key = account + "\n" + key
	}
	if held, ok := s.replays.Find(key, s.Now()); ok {
		return held.Reply
	}
	e := &requestErrors{}
	link := readRequest(e, call.Body)
	if e.refused {
		return e.reply
	}
	mills := strconv.FormatInt(link.Mills, 10)
	s.Switch.Change(&mills, &link.Currency)
	link.Mills, _ = strconv.ParseInt(mills, 10, 64)
	s.last++
	link.Number, link.Status, link.Made = s.last, Live, s.Now().Unix()
	link.Ends = link.Made + link.Hours*3600
	link.Page = call.Origin + "/pay/" + vendor + "/" + vendorapi.Secret("")
	s.Put(account, link.id(), link)
	call.Commit()
	reply := vendorapi.JSON(http.StatusCreated, s.answer(link))
	if key != "" {
		s.replays[key] = vendorapi.Replay{Reply: reply, Body: string(call.Body), Until: s.Now().Add(replayFor)}
	}
	return reply
}

// readRequest reads the body of a create (contract 2.2).
func readRequest(e *requestErrors, body []byte) *Link {
	o := strictjson.Reader{Errors: e}.Parse(body)
	o.Allow("title", "mills", "currency", "metadata", "hours")
	o.Require("title", "mills", "currency")
	link := &Link{
		Title: o.Text("title"), Mills: e.whole(o, "mills"), Currency: o.Text("currency"), Hours: defaultHours, Metadata: map[string]string{},
	}
	if link.Title == "" {
		e.invalid(o.At("title"), "must not be empty")
	}
	if !currencyForm.MatchString(link.Currency) {
		e.invalid(o.At("currency"), "must be three capital letters")
	}
	if o.Has("hours") {
		link.Hours = e.whole(o, "hours")
	}
	texts := o.Object("metadata")
	for _, name := range texts.Keys() {
		link.Metadata[name] = texts.Text(name)
	}
	return link
}

// whole is a whole number above zero.
func (e *requestErrors) whole(o strictjson.Object, key string) int64 {
	text := o.Number(key)
	n, err := strconv.ParseInt(text, 10, 64)
	if text != "" && (err != nil || n < 1) {
		e.invalid(o.At(key), "must be a whole number above zero")
	}
	return n
}

// requestErrors keeps the first thing that is wrong with a body (contract 6.2).
type requestErrors struct {
	refused bool
	reply   vendorapi.Reply
}

func (e *requestErrors) add(status int, code, message, field string) {
	if !e.refused {
		e.refused, e.reply = true, refuse(status, code, message, field)
	}
}

func (e *requestErrors) invalid(at strictjson.Path, rule string) {
	e.add(http.StatusUnprocessableEntity, "invalid", at.String()+" "+rule, at.String())
}

// Malformed notes a body that cannot be read.
func (e *requestErrors) Malformed(err error) {
	e.add(http.StatusBadRequest, "malformed", "The body is not JSON: "+err.Error(), "")
}

// Missing notes a field that is required.
func (e *requestErrors) Missing(at strictjson.Path) { e.invalid(at, "is missing") }

// Unknown notes a field that no document names.
func (e *requestErrors) Unknown(at strictjson.Path) { e.invalid(at, "is unknown") }

// WrongType notes a value of another type.
func (e *requestErrors) WrongType(at strictjson.Path, got, want strictjson.Kind) {
	e.invalid(at, "is "+string(got)+", not "+string(want))
}
