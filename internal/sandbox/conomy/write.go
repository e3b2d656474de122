package conomy

import (
	"bytes"
	"net/http"
	"strconv"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// create makes a link (contract 2.2).
func (s *Server) create(call *vendorapi.Call, account string) vendorapi.Reply {
	if !call.IsJSON() {
		return s.refuse(http.StatusUnsupportedMediaType, codeInvalid, "Content-Type must be application/json") // own choice
	}
	link, e := s.readRequest(call)
	if refusal, refused := s.validationReply(e); refused {
		return refusal
	}
	if s.taken(link.CheckoutToken) {
		return s.refuse(http.StatusConflict, codeExists, "checkoutToken already exists")
	}
	s.Switch.Change(&link.TotalAmount, &link.Currency)
	link.terms["currency"] = link.Currency
	now := s.Now()
	link.ID, link.Status = vendorapi.Secret("")[:24], Attempt
	link.URL = call.Origin + "/pay/conomy/" + link.CheckoutToken
	if s.Switch.FreshURLs {
		link.URL += "-" + link.ID
	}
	link.start(now)
	if s.Switch.CreatedActive {
		link.Status = Active
	}
	s.Put(account, link.ID, link)
	call.Commit()
	status := http.StatusCreated
	if s.Switch.CreateOK {
		status = http.StatusOK
	}
	return vendorapi.JSON(status, s.wire(link))
}

// start sets the moment from which the duration counts.
func (l *Link) start(now time.Time) {
	l.CreatedAt = now.UTC().Truncate(time.Millisecond)
	l.Expires = l.CreatedAt.Add(l.lifetime())
}

// delete takes ATTEMPT and EXPIRED links only (contract 3.2).
func (s *Server) delete(call *vendorapi.Call, link *Link) vendorapi.Reply {
	if status := link.status(s.Now()); status != Attempt && status != Expired {
		return s.refused("a payment link with status " + status + " cannot be deleted")
	}
	s.remove(link)
	call.Commit()
	if s.Switch.DeleteOK {
		return vendorapi.JSON(http.StatusOK, struct{}{})
	}
	return vendorapi.Reply{Status: http.StatusNoContent, Header: http.Header{}}
}

func (s *Server) remove(link *Link) {
	s.used[link.CheckoutToken] = true
	s.Remove(link.ID)
}

// refused is the answer to a call that the link's status does not allow (contract 8.4).
func (s *Server) refused(detail string) vendorapi.Reply {
	status, _ := strconv.Atoi(s.Switch.RefusedStatus)
	return s.refuse(status, codePrecondition, detail)
}

// activate takes an ATTEMPT link to ACTIVE (contract 8.2 and 8.3). It takes no body, or {} (contract 2.5).
func (s *Server) activate(call *vendorapi.Call, link *Link) vendorapi.Reply {
	if sent := bytes.TrimSpace(call.Body); len(sent) > 0 && string(sent) != "{}" {
		return s.refuse(http.StatusBadRequest, codeInvalid, "this call takes no body")
	}
	now := s.Now()
	status := link.status(now)
	switch {
	case status == Active && s.Switch.IdempotentActivate:
		return vendorapi.JSON(http.StatusOK, s.wire(link))
	case status == Expired && s.Switch.ReviveExpired:
		link.start(now)
	case status != Attempt:
		return s.refused("a payment link with status " + status + " cannot be activated")
	case s.Switch.RestartClock:
		link.start(now)
	}
	link.Status = Active
	call.Commit()
	return vendorapi.JSON(http.StatusOK, s.wire(link))
}

// session opens a checkout session for an ACTIVE link (contract 2.4); only what a person needs of it is shown.
func (s *Server) session(call *vendorapi.Call, account string) vendorapi.Reply {
	for link := range s.Held(account) {
		if link.CheckoutToken != call.Path[2] {
			continue
		}
		if status := link.status(s.Now()); status != Active {
			return s.refused("a payment link with status " + status + " takes no payers")
		}
		call.Commit()
		return vendorapi.JSON(http.StatusCreated, map[string]any{
			"id": vendorapi.Secret("")[:24], "paymentLinkId": link.ID, "checkoutToken": link.CheckoutToken, "status": Attempt,
			"url": link.URL, "totalAmount": link.TotalAmount, "currency": link.Currency, "createdAt": s.Switch.formatTime(s.Now()), "expiresAt": s.Switch.formatTime(link.Expires),
		})
	}
	return s.notFound("payment link")
}
