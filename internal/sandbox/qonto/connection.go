package qonto

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// The states of the connection to the payment provider (section 2.1, row 21).
const (
	ConnectionNone    = "not_connected"
	ConnectionPending = "pending"
	ConnectionEnabled = "enabled"
)

type connection struct {
	ConnectionLocation string `json:"connection_location"`
	Status             string `json:"status"`
	BankAccountID      string `json:"bank_account_id"`
}

type method struct {
	Name    string `json:"name"`
	Enabled bool   `json:"enabled"`
}

func allMethods() []method {
	return []method{{"credit_card", true}, {"apple_pay", true}, {"paypal", true}, {"ideal", true}}
}

// getConnection is 404 while nothing was ever connected (section 2.2).
func (s *Server) getConnection() vendorapi.Reply {
	if s.connection.Status == ConnectionNone {
		return refuse(http.StatusNotFound, apiError{Code: codeNotFound, Detail: "connection not found"})
	}
	return vendorapi.JSON(http.StatusOK, s.connection)
}

// listMethods is empty until the connection is enabled (section 2.3); its two observed parameters are ignored.
func (s *Server) listMethods() vendorapi.Reply {
	methods := []method{}
	if s.connection.Status == ConnectionEnabled {
		methods = s.methods
	}
	return vendorapi.JSON(http.StatusOK, map[string]any{"payment_link_payment_methods": methods})
}

var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// connect starts the onboarding, which a person finishes at connection_location (section 2.1). Asking again while it is
// pending repeats the answer (own choice).
func (s *Server) connect(call *vendorapi.Call) vendorapi.Reply {
	if refusal, refused := wantJSON(call); refused {
		return refusal
	}
	b := &body{strict: s.switches.StrictUnknownFields}
	account := s.readConnection(b.parse(call.Body))
	switch {
	case b.mismatch != nil:
		return refuse(http.StatusBadRequest, apiError{Code: codeInvalid, Detail: b.mismatch.Error()})
	case len(b.broken) > 0:
		return refuse(http.StatusUnprocessableEntity, b.broken...)
	case s.connection.Status == ConnectionEnabled: // row 22
		return refuse(http.StatusUnprocessableEntity, apiError{Code: codeInvalid, Detail: "the connection is already enabled"})
	case s.connection.Status == ConnectionNone:
		s.connection = connection{
			ConnectionLocation: call.Origin + "/connect/qonto/" + vendorapi.UUID(s.now()),
			Status:             ConnectionPending, BankAccountID: account,
		}
		call.Commit()
	}
	return vendorapi.JSON(http.StatusCreated, s.connection)
}

func (s *Server) readConnection(o object) (account string) {
	o.allow("partner_callback_url", "user_bank_account_id", "user_phone_number", "business_description", "user_website_url")
	if callback := o.text("partner_callback_url"); o.require("partner_callback_url") && !isWebURL(callback) {
		o.violate("partner_callback_url", codeInvalid, "partner_callback_url must be a URL")
	}
	if account = o.text("user_bank_account_id"); o.require("user_bank_account_id") && account == "" {
		o.violate("user_bank_account_id", codeInvalid, "user_bank_account_id must not be empty")
	}
	if phone := o.text("user_phone_number"); o.require("user_phone_number") && !e164.MatchString(phone) {
		o.violate("user_phone_number", codeInvalid, "user_phone_number must be in E.164 form")
	}
	if about := o.optionalText("business_description"); about != nil && utf8.RuneCountInString(*about) < 80 {
		o.violate("business_description", codeInvalid, "business_description must have at least 80 characters")
	}
	if site := o.optionalText("user_website_url"); site != nil &&
		(!isWebURL(*site) || strings.Contains(*site, "@") || utf8.RuneCountInString(*site) > 255) {
		o.violate("user_website_url", codeInvalid, "user_website_url must be a URL without @ of at most 255 characters")
	}
	return account
}

func isWebURL(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// SetConnection puts the connection into a state, one of the Connection constants or a word no document names.
func (s *Server) SetConnection(status string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.connection.Status = status
}

// EnableMethod enables or disables a payment method, and adds one that is new (row 16).
func (s *Server) EnableMethod(name string, enabled bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.methods {
		if s.methods[i].Name == name {
			s.methods[i].Enabled = enabled
			return
		}
	}
	s.methods = append(s.methods, method{name, enabled})
}
