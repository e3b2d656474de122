package conomy

import (
	"bytes"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// create makes a link (section 2.2).
func (s *Server) create(call *vendorapi.Call) vendorapi.Reply {
	if media, _, err := mime.ParseMediaType(call.Header.Get("Content-Type")); err != nil || media != vendorapi.ContentTypeJSON {
		return s.refuse(http.StatusUnsupportedMediaType, codeInvalid, "Content-Type must be application/json") // own choice
	}
	link, b := s.request(call.Body)
	if refusal, refused := s.judge(b); refused {
		return refusal
	}
	if s.taken(link.CheckoutToken) {
		return s.refuse(http.StatusConflict, codeExists, "checkoutToken already exists")
	}
	now := s.now()
	link.ID, link.since, link.Status = vendorapi.Secret("")[:24], now, Attempt
	link.URL = call.Origin + "/pay/conomy/" + link.CheckoutToken
	link.start(now)
	if s.switches.CreatedActive {
		link.Status = Active
	}
	s.links.Put(link.ID, link)
	call.Commit()
	status := http.StatusCreated
	if s.switches.CreateOK {
		status = http.StatusOK
	}
	return vendorapi.JSON(status, s.wire(link))
}

// start sets the moment from which the duration counts.
func (l *Link) start(now time.Time) {
	l.CreatedAt = now.UTC().Truncate(time.Millisecond)
	l.Expires = l.CreatedAt.Add(l.lifetime())
}

// delete takes ATTEMPT and EXPIRED links only (section 3).
func (s *Server) delete(call *vendorapi.Call) vendorapi.Reply {
	link, ok := s.find(call.Path[1])
	if !ok {
		return s.notFound("payment link")
	}
	if status := link.status(s.now()); status != Attempt && status != Expired {
		return s.refused("a payment link with status " + status + " cannot be deleted")
	}
	s.remove(link)
	call.Commit()
	if s.switches.DeleteOK {
		return vendorapi.JSON(http.StatusOK, struct{}{})
	}
	return vendorapi.Reply{Status: http.StatusNoContent, Header: http.Header{}}
}

func (s *Server) remove(link *Link) {
	s.used[link.CheckoutToken] = true
	s.links.Delete(link.ID)
}

// refused is the answer to a call that the link's status does not allow (row 4).
func (s *Server) refused(detail string) vendorapi.Reply {
	status, _ := strconv.Atoi(s.switches.RefusedStatus)
	return s.refuse(status, codePrecondition, detail)
}

// activate takes an ATTEMPT link to ACTIVE (rows 2 and 3). It takes no body, or {} (section 2).
func (s *Server) activate(call *vendorapi.Call) vendorapi.Reply {
	link, ok := s.find(call.Path[1])
	if !ok {
		return s.notFound("payment link")
	}
	if sent := bytes.TrimSpace(call.Body); len(sent) > 0 && string(sent) != "{}" {
		return s.refuse(http.StatusBadRequest, codeInvalid, "this call takes no body")
	}
	now := s.now()
	status := link.status(now)
	switch {
	case status == Active && s.switches.IdempotentActivate:
		return vendorapi.JSON(http.StatusOK, s.wire(link))
	case status == Expired && s.switches.ReviveExpired:
		link.start(now)
	case status != Attempt:
		return s.refused("a payment link with status " + status + " cannot be activated")
	case s.switches.RestartClock:
		link.start(now)
	}
	link.Status = Active
	call.Commit()
	return vendorapi.JSON(http.StatusOK, s.wire(link))
}

// session opens a checkout session for an ACTIVE link (section 2.4); only what a person needs of it is shown.
func (s *Server) session(call *vendorapi.Call) vendorapi.Reply {
	for link := range s.links.All() {
		if link.CheckoutToken != call.Path[2] {
			continue
		}
		if status := link.status(s.now()); status != Active {
			return s.refused("a payment link with status " + status + " takes no payers")
		}
		call.Commit()
		return vendorapi.JSON(http.StatusCreated, map[string]any{
			"id": vendorapi.Secret("")[:24], "paymentLinkId": link.ID, "checkoutToken": link.CheckoutToken, "status": Attempt,
			"url": link.URL, "totalAmount": link.TotalAmount, "currency": link.Currency, "createdAt": stamp(s.now()), "expiresAt": stamp(link.Expires),
		})
	}
	return s.notFound("payment link")
}
