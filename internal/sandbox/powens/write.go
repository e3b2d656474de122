package powens

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// create makes a link (2.2). A repeated request makes a second one: nothing tells them apart (5).
func (s *Server) create(call *vendorapi.Call, domain string) vendorapi.Reply {
	if refusal, refused := s.wantJSON(call); refused {
		return refusal
	}
	b := &body{strict: !s.switches.AllowUnknownFields}
	link := s.request(b, call.Body)
	if b.broken != nil {
		return s.refuse(http.StatusBadRequest, b.broken.code, b.broken.description)
	}
	now := s.now()
	link.ID, link.Domain, link.CreatedAt = vendorapi.UUID(now), domain, now
	link.URL = call.Origin + "/pay/powens/" + vendorapi.UUID(now)
	if link.ReferenceID == "" && s.switches.ReferenceID == Generated {
		link.ReferenceID = reference()
	}
	s.links.Put(link.ID, link)
	call.Commit()
	status := http.StatusOK
	if s.switches.Created201 {
		status = http.StatusCreated
	}
	return vendorapi.JSON(status, s.wire(link))
}

// reference is an end-to-end identifier of 31 characters (row 12).
func reference() string { return strings.ToUpper(vendorapi.Secret("E")[:31]) }

// revoke ends a link; one that is revoked already is as unknown as one that never was (2.1). A date in the future moves to
// now (3, inferred). A payment under way goes on (row 35).
func (s *Server) revoke(call *vendorapi.Call, domain string) vendorapi.Reply {
	if text := bytes.TrimSpace(call.Body); len(text) > 0 && string(text) != "{}" { // row 37
		return s.refuse(http.StatusBadRequest, codeInvalid, "this call takes no body")
	}
	now := s.now()
	link, ok := s.find(strings.TrimSuffix(call.Path[2], revokeSuffix), domain)
	if !ok || link.revoked(now) {
		return s.notFound()
	}
	link.RevokedAt = now
	call.Commit()
	return vendorapi.Reply{Status: http.StatusNoContent, Header: http.Header{}}
}
