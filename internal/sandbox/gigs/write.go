package gigs

import (
	"fmt"
	"net/http"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

const (
	idempotencyHeader   = "Idempotency-Key"
	maxIdempotencyKey   = 255
	idempotencyLifetime = 24 * time.Hour // (contract 6.6)
)

// create makes a link (contract 2.4). Failures are not kept for a key; successes are replayed before the body is looked
// at (contract 6.6).
func (s *Server) create(call *vendorapi.Call, project string) vendorapi.Reply {
	key := call.Header.Get(idempotencyHeader)
	if key != "" {
		key = project + "\n" + key // the scope of a key is not documented: own choice
	}
	if held, ok := s.replays.Find(key, s.Now()); ok && !s.Switch.IgnoreIdempotencyKeys {
		if s.Switch.RejectReusedKey && held.Body != string(call.Body) {
			return refuse(http.StatusUnprocessableEntity, apiError{Type: typeInvalid, Message: "The Idempotency-Key was used for another request"})
		}
		return held.Reply
	}
	if refusal, refused := refuseQuery(call.Query); refused {
		return refusal
	}
	link, refusal, refused := readRequest(call)
	if refused {
		return refusal
	}
	link.Project = project
	if refusal, refused := s.validationReply(link); refused {
		return refusal
	}
	s.complete(call, link)
	s.Put(project, link.ID, link)
	call.Commit()
	status := http.StatusCreated
	if s.Switch.CreateOK {
		status = http.StatusOK
	}
	reply := vendorapi.JSON(status, s.wire(link))
	if key != "" {
		s.replays[key] = vendorapi.Replay{Reply: reply, Body: string(call.Body), Until: s.Now().Add(idempotencyLifetime)}
	}
	return reply
}

// validationReply refuses what the state of the system does not allow.
func (s *Server) validationReply(link *Link) (vendorapi.Reply, bool) {
	if s.Switch.CheckDigits && len(link.User.TaxNumber) <= len("000.000.000-00") && !validCPF(link.User.TaxNumber) {
		return unprocessable("ebanx.user.taxNumber", "The check digits are wrong"), true
	}
	status, known := s.invoices[invoiceKey(link.Project, link.Invoice)]
	switch {
	case !known && s.Switch.UnknownInvoice == NotFound:
		return notFound("invoice"), true
	case !known && s.Switch.UnknownInvoice == Unprocessable:
		return unprocessable("invoice", "The invoice does not exist"), true
	case !known:
		s.invoices[invoiceKey(link.Project, link.Invoice)] = InvoiceFinalized
	case status != InvoiceFinalized: // contract 8.10, sandbox policy
		return unprocessable("invoice", fmt.Sprintf("The invoice is %s; only a finalized invoice can be paid", status)), true
	}
	for older := range s.Held(link.Project) {
		if older.Invoice != link.Invoice || older.Status != Active {
			continue
		}
		switch s.Switch.SecondActive {
		case Reject:
			return unprocessable("invoice", "The invoice has an active payment link"), true
		case Cancel:
			older.end(Canceled, s.Now())
		}
	}
	return vendorapi.Reply{}, false
}

// complete fills in what the vendor decides.
func (s *Server) complete(call *vendorapi.Call, link *Link) {
	if s.Switch.OtherInvoice {
		link.Invoice += "_other"
	}
	link.ID = "pml_" + vendorapi.Secret("")[:28] // 32 characters, as all samples (contract 4.5)
	link.Status = Active
	link.CreatedAt = s.Now().UTC().Truncate(time.Second)
	link.PaymentURL = call.Origin + "/pay/gigs/" + vendorapi.Secret("")
}
