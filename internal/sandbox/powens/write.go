package powens

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// create makes a link (contract 2.2). A repeated request makes a second one: nothing tells them apart (contract 6.1).
func (s *Server) create(call *vendorapi.Call, domain string) vendorapi.Reply {
	if !call.IsJSON() {
		return s.notJSON()
	}
	link, e := s.readRequest(call)
	if e.code != "" {
		return s.refuse(http.StatusBadRequest, e.code, e.description)
	}
	s.Switch.Change(&link.Amount, &link.Currency)
	now := s.Now()
	link.ID, link.Domain, link.CreatedAt = vendorapi.UUID(now), domain, now
	link.URL = call.Origin + "/pay/powens/" + vendorapi.UUID(now)
	if link.ReferenceID == "" && s.Switch.ReferenceID == Generated {
		link.ReferenceID = reference()
	}
	s.Put(domain, link.ID, link)
	call.Commit()
	status := http.StatusOK
	if s.Switch.Created201 {
		status = http.StatusCreated
	}
	return vendorapi.JSON(status, s.wire(link))
}

// reference is an end-to-end identifier of 31 characters (contract 8.12).
func reference() string { return strings.ToUpper(vendorapi.Secret("E")[:31]) }

// revoke ends a link; one that is revoked already is as unknown as one that never was (contract 2.1). A date in the future
// moves to now (contract 3.5, inferred). A payment under way goes on (contract 8.35).
func (s *Server) revoke(call *vendorapi.Call, domain string) vendorapi.Reply {
	if text := bytes.TrimSpace(call.Body); len(text) > 0 && string(text) != "{}" { // contract 8.37
		return s.refuse(http.StatusBadRequest, codeInvalid, "this call takes no body")
	}
	now := s.Now()
	link, ok := s.Find(domain, strings.TrimSuffix(call.Path[2], revokeSuffix))
	if !ok || link.revoked(now) {
		return s.notFound()
	}
	link.RevokedAt = now
	call.Commit()
	return vendorapi.Reply{Status: http.StatusNoContent, Header: http.Header{}}
}
