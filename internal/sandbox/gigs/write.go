package gigs

import (
	"fmt"
	"net/http"
	"regexp"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

const (
	idempotencyHeader   = "Idempotency-Key"
	maxIdempotencyKey   = 255
	idempotencyLifetime = 24 * time.Hour // (5)
)

// idempotent is the successful answer to a key.
type idempotent struct {
	body  string // of the request
	reply vendorapi.Reply
	until time.Time
}

// create makes a link (2.4). Failures are not kept for a key; successes are replayed before the body is looked at (5).
func (s *Server) create(call *vendorapi.Call) vendorapi.Reply {
	project, key := call.Path[1], call.Header.Get(idempotencyHeader)
	slot := project + "\n" + key // the scope of a key is not documented: own choice
	if held, ok := s.idempotent[slot]; ok && key != "" && !s.switches.IgnoreIdempotencyKeys && s.now().Before(held.until) {
		if s.switches.RejectReusedKey && held.body != string(call.Body) {
			return refuse(http.StatusUnprocessableEntity, apiError{Type: typeInvalid, Message: "The Idempotency-Key was used for another request"})
		}
		return held.reply
	}
	if refusal, refused := refuseQuery(call.Query); refused {
		return refusal
	}
	link, refusal, refused := readLink(call.Body)
	if refused {
		return refusal
	}
	link.Project = project
	if refusal, refused := s.judge(link); refused {
		return refusal
	}
	s.complete(call, link)
	s.links.Put(link.ID, link)
	call.Commit()
	status := http.StatusCreated
	if s.switches.CreateOK {
		status = http.StatusOK
	}
	reply := vendorapi.JSON(status, s.wire(link))
	if key != "" {
		s.idempotent[slot] = idempotent{body: string(call.Body), reply: reply, until: s.now().Add(idempotencyLifetime)}
	}
	return reply
}

var taxForm = regexp.MustCompile(`^(\d{11}|\d{3}\.\d{3}\.\d{3}-\d{2})$`)

// readLink reads the body of a create by exact key and type.
func readLink(data []byte) (*Link, vendorapi.Reply, bool) {
	top, err := parse(data)
	if err != nil {
		return nil, malformed(err), true
	}
	top.allow("ebanx", "invoice", "type")
	link := &Link{Invoice: top.required("invoice"), Type: top.required("type")}
	if link.Type != "" && link.Type != ebanx {
		top.note("type", codeInvalid, "Must be ebanx") // row 20
	}
	details := top.child("ebanx")
	if details.fields != nil {
		details.allow("redirectUrl", "user")
		link.RedirectURL = details.text("redirectUrl") // null is refused, anything else is echoed (row 4)
		user := details.child("user")
		if user.fields != nil {
			user.allow("email", "fullName", "taxNumber")
			link.User = User{FullName: user.required("fullName"), Email: user.required("email"), TaxNumber: user.required("taxNumber")}
			if tax := link.User.TaxNumber; tax != "" && !taxForm.MatchString(tax) {
				user.note("taxNumber", codeInvalid, "Must be a CPF: 11 digits, with or without punctuation") // row 3
			}
		}
	}
	refusal, refused := top.body.refusal()
	return link, refusal, refused
}

// judge refuses what the state of the system does not allow.
func (s *Server) judge(link *Link) (vendorapi.Reply, bool) {
	if s.switches.CheckDigits && !validCPF(link.User.TaxNumber) {
		return unprocessable("ebanx.user.taxNumber", "The check digits are wrong"), true
	}
	status, known := s.invoices[invoiceKey(link.Project, link.Invoice)]
	switch {
	case !known && s.switches.UnknownInvoice == NotFound:
		return notFound("invoice"), true
	case !known && s.switches.UnknownInvoice == Unprocessable:
		return unprocessable("invoice", "The invoice does not exist"), true
	case !known:
		s.invoices[invoiceKey(link.Project, link.Invoice)] = InvoiceFinalized
	case status != InvoiceFinalized: // row 10, sandbox policy
		return unprocessable("invoice", fmt.Sprintf("The invoice is %s; only a finalized invoice can be paid", status)), true
	}
	for older := range s.links.All() {
		if older.Project != link.Project || older.Invoice != link.Invoice || older.Status != Active {
			continue
		}
		switch s.switches.SecondActive {
		case Reject:
			return unprocessable("invoice", "The invoice has an active payment link"), true
		case Cancel:
			older.settle(Canceled, s.now())
		}
	}
	return vendorapi.Reply{}, false
}

// complete fills in what the vendor decides.
func (s *Server) complete(call *vendorapi.Call, link *Link) {
	link.ID = "pml_" + vendorapi.Secret("")[:28] // 32 characters, as all samples (1)
	link.Status, link.since = Active, s.now()
	link.CreatedAt = s.now().UTC().Truncate(time.Second)
	link.PaymentURL = call.Origin + "/pay/gigs/" + vendorapi.Secret("")
}

// validCPF checks the two check digits: each is the weighted sum of the digits before it, times ten, modulo eleven.
func validCPF(text string) bool {
	var d []int
	for _, c := range text {
		if c >= '0' && c <= '9' {
			d = append(d, int(c-'0'))
		}
	}
	if len(d) != 11 {
		return false
	}
	for n := 9; n < 11; n++ {
		sum := 0
		for i := range n {
			sum += d[i] * (n + 1 - i)
		}
		if sum*10%11%10 != d[n] {
			return false
		}
	}
	return true
}
