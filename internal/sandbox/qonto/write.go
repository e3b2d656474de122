package qonto

import (
	"net/http"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

const idempotencyHeader = "X-Qonto-Idempotency-Key"

// idempotencyLifetime is how long a key is remembered (contract 6.1).
const idempotencyLifetime = 30 * time.Minute

// create makes a link (contract 2.4). A known key is answered before anything is looked at, because the vendor repeats
// the first answer even when the body differs (contract 8.8).
func (s *Server) create(call *vendorapi.Call, account string) vendorapi.Reply {
	key := call.Header.Get(idempotencyHeader)
	if key != "" {
		key = account + " " + key
	}
	if held, ok := s.replays.Find(key, s.Now()); ok && !s.Switch.IgnoreIdempotencyKey {
		return held.Reply
	}
	if !call.IsJSON() {
		return notJSON()
	}
	link, e := s.readRequest(call)
	if refusal, refused := s.validationReply(e); refused {
		return refusal
	}
	s.complete(call, link)
	s.Put(account, link.ID, link)
	call.Commit()
	reply := vendorapi.JSON(http.StatusCreated, linkEnvelope{s.wire(link)})
	if key != "" {
		s.replays[key] = vendorapi.Replay{Reply: reply, Until: s.Now().Add(idempotencyLifetime)}
	}
	return reply
}

// validationReply refuses a body: 400 for what is not JSON of the right types and for a missing connection, 422 for broken rules
// (contract 8.20).
func (s *Server) validationReply(e *requestErrors) (vendorapi.Reply, bool) {
	switch {
	case e.mismatch != nil:
		return refuse(http.StatusBadRequest, apiError{Code: codeInvalid, Detail: e.mismatch.Error()}), true
	case s.connection.Status != ConnectionEnabled:
		return refuse(http.StatusBadRequest, apiError{Code: codeInvalid, Detail: "connection with the provider does not exist"}), true
	case len(e.broken) > 0:
		return refuse(http.StatusUnprocessableEntity, e.broken...), true
	}
	return vendorapi.Reply{}, false
}

// complete fills in what the vendor decides.
func (s *Server) complete(call *vendorapi.Call, link *Link) {
	s.Switch.Change(&link.Amount.Value, &link.Amount.Currency)
	now := s.Now()
	link.ID, link.Status = vendorapi.UUID(now), Open
	link.CreatedAt = now.UTC().Truncate(time.Second)
	link.ExpirationDate = link.CreatedAt.Add(lifetime)
	link.URL = call.Origin + "/pay/qonto/" + vendorapi.UUID(now) + "?resource_id=" + vendorapi.UUID(now)
}

// deactivate cancels an open link and refuses in other states (contract 2.7, 8.3).
func (s *Server) deactivate(call *vendorapi.Call, link *Link) vendorapi.Reply {
	if len(call.Body) > 0 {
		return refuse(http.StatusBadRequest, apiError{Code: codeInvalid, Detail: "this call takes no body"})
	}
	status := link.status(s.Now())
	switch {
	case status == Canceled && s.Switch.IdempotentDeactivate:
	case status == Open, status == Processing && s.Switch.DeactivateProcessing:
		link.Status = Canceled
		call.Commit()
	default:
		return refuse(http.StatusUnprocessableEntity,
			apiError{Code: codeInvalid, Detail: "a payment link with status " + status + " cannot be deactivated"})
	}
	return vendorapi.JSON(http.StatusOK, linkEnvelope{s.wire(link)})
}
