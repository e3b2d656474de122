package qonto

import (
	"mime"
	"net/http"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

const idempotencyHeader = "X-Qonto-Idempotency-Key"

// idempotencyLifetime is how long a key is remembered (section 6.1).
const idempotencyLifetime = 30 * time.Minute

// idempotent is the successful answer to a key.
type idempotent struct {
	reply vendorapi.Reply
	until time.Time
}

// create makes a link (section 2.4). A known key is answered before anything is looked at, because the vendor repeats the
// first answer even when the body differs (row 8).
func (s *Server) create(call *vendorapi.Call) vendorapi.Reply {
	key := call.Header.Get(idempotencyHeader)
	if held, ok := s.idempotent[key]; ok && key != "" && !s.switches.IgnoreIdempotencyKey && s.now().Before(held.until) {
		return held.reply
	}
	if refusal, refused := wantJSON(call); refused {
		return refusal
	}
	b := &body{strict: s.switches.StrictUnknownFields}
	link := s.request(b, call.Body)
	if refusal, refused := s.judge(b); refused {
		return refusal
	}
	s.complete(call, link)
	s.links.Put(link.ID, link)
	call.Commit()
	reply := vendorapi.JSON(http.StatusCreated, linkEnvelope{s.wire(link)})
	if key != "" {
		s.idempotent[key] = idempotent{reply: reply, until: s.now().Add(idempotencyLifetime)}
	}
	return reply
}

// wantJSON refuses another content type; the status is our own choice.
func wantJSON(call *vendorapi.Call) (vendorapi.Reply, bool) {
	if media, _, err := mime.ParseMediaType(call.Header.Get("Content-Type")); err == nil && media == "application/json" {
		return vendorapi.Reply{}, false
	}
	return refuse(http.StatusUnsupportedMediaType,
		apiError{Code: codeInvalid, Detail: "Content-Type must be application/json"}), true
}

// judge refuses a body: 400 for what is not JSON of the right types and for a missing connection, 422 for broken rules
// (row 20).
func (s *Server) judge(b *body) (vendorapi.Reply, bool) {
	switch {
	case b.mismatch != nil:
		return refuse(http.StatusBadRequest, apiError{Code: codeInvalid, Detail: b.mismatch.Error()}), true
	case s.connection.Status != ConnectionEnabled:
		return refuse(http.StatusBadRequest, apiError{Code: codeInvalid, Detail: "connection with the provider does not exist"}), true
	case len(b.broken) > 0:
		return refuse(http.StatusUnprocessableEntity, b.broken...), true
	}
	return vendorapi.Reply{}, false
}

// complete fills in what the vendor decides.
func (s *Server) complete(call *vendorapi.Call, link *Link) {
	now := s.now()
	link.ID, link.Status, link.since = vendorapi.UUID(now), Open, now
	link.CreatedAt = now.UTC().Truncate(time.Second)
	link.ExpirationDate = link.CreatedAt.Add(lifetime)
	link.URL = call.Origin + "/pay/qonto/" + vendorapi.UUID(now) + "?resource_id=" + vendorapi.UUID(now)
}

// deactivate cancels an open link and refuses in other states (section 2.7, row 3).
func (s *Server) deactivate(call *vendorapi.Call) vendorapi.Reply {
	link, ok := s.find(call)
	if !ok {
		return notFound("payment link")
	}
	if len(call.Body) > 0 {
		return refuse(http.StatusBadRequest, apiError{Code: codeInvalid, Detail: "this call takes no body"})
	}
	status := link.status(s.now())
	switch {
	case status == Canceled && s.switches.IdempotentDeactivate:
	case status == Open, status == Processing && s.switches.DeactivateProcessing:
		link.Status = Canceled
		call.Commit()
	default:
		return refuse(http.StatusUnprocessableEntity,
			apiError{Code: codeInvalid, Detail: "a payment link with status " + status + " cannot be deactivated"})
	}
	return vendorapi.JSON(http.StatusOK, linkEnvelope{s.wire(link)})
}
