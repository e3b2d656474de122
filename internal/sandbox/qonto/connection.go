package qonto

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/strictjson"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// The states of the connection to the payment provider (contract 2.1, 8.21).
const (
	ConnectionNone     = "not_connected"
	ConnectionPending  = "pending"
	ConnectionEnabled  = "enabled"
	ConnectionDisabled = "disabled"
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

// getConnection is 404 while nothing was ever connected (contract 2.2).
func (s *Server) getConnection() vendorapi.Reply {
	if s.connection.Status == ConnectionNone {
		return refuse(http.StatusNotFound, apiError{Code: codeNotFound, Detail: "connection not found"})
	}
	return vendorapi.JSON(http.StatusOK, s.connection)
}

// listMethods is empty until the connection is enabled (contract 2.3); its two observed parameters are ignored.
func (s *Server) listMethods() vendorapi.Reply {
	methods := []method{}
	if s.connection.Status == ConnectionEnabled {
		methods = s.methods
	}
	return vendorapi.JSON(http.StatusOK, map[string]any{"payment_link_payment_methods": methods})
}

var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// connect starts the onboarding, which a person finishes at connection_location (contract 2.1). Asking again while it
// is pending repeats the answer (own choice).
func (s *Server) connect(call *vendorapi.Call) vendorapi.Reply {
	if !call.IsJSON() {
		return notJSON()
	}
	body, e := s.parse(call)
	account := readConnection(body, e)
	switch {
	case e.mismatch != nil:
		return refuse(http.StatusBadRequest, apiError{Code: codeInvalid, Detail: e.mismatch.Error()})
	case len(e.broken) > 0:
		return refuse(http.StatusUnprocessableEntity, e.broken...)
	case s.connection.Status == ConnectionEnabled, s.connection.Status == ConnectionDisabled: // contract 2.1, 8.22
		return refuse(http.StatusUnprocessableEntity, apiError{Code: codeConnected, Detail: "there is a connection already"})
	case s.connection.Status == ConnectionNone:
		s.connection = connection{
			ConnectionLocation: call.Origin + "/connect/qonto/" + vendorapi.UUID(s.Now()),
			Status:             ConnectionPending, BankAccountID: account,
		}
		call.Commit()
	}
	return vendorapi.JSON(http.StatusCreated, s.connection)
}

func readConnection(o strictjson.Object, e *requestErrors) (account string) {
	o.Allow("partner_callback_url", "user_bank_account_id", "user_phone_number", "business_description", "user_website_url")
	if callback := o.Text("partner_callback_url"); o.Require("partner_callback_url") && !isWebURL(callback) {
		e.violate(o.At("partner_callback_url"), codeInvalid, "partner_callback_url must be a URL")
	}
	if account = o.Text("user_bank_account_id"); o.Require("user_bank_account_id") && account == "" {
		e.violate(o.At("user_bank_account_id"), codeInvalid, "user_bank_account_id must not be empty")
	}
	if phone := o.Text("user_phone_number"); o.Require("user_phone_number") && !e164.MatchString(phone) {
		e.violate(o.At("user_phone_number"), codeInvalid, "user_phone_number must be in E.164 form")
	}
	if about := o.OptionalText("business_description"); about != nil && utf8.RuneCountInString(*about) < 80 {
		e.violate(o.At("business_description"), codeInvalid, "business_description must have at least 80 characters")
	}
	if site := o.OptionalText("user_website_url"); site != nil &&
		(!isWebURL(*site) || strings.Contains(*site, "@") || utf8.RuneCountInString(*site) > 255) {
		e.violate(o.At("user_website_url"), codeInvalid, "user_website_url must be a URL without @ of at most 255 characters")
	}
	return account
}

func isWebURL(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// SetConnection puts the connection into a state, one of the Connection constants or a word no document names.
func (s *Server) SetConnection(status string) {
	s.Lock()
	defer s.Unlock()
	s.connection.Status = status
}

// EnableMethod enables or disables a payment method, and adds one that is new (contract 8.16).
func (s *Server) EnableMethod(name string, enabled bool) {
	s.Lock()
	defer s.Unlock()
	for i := range s.methods {
		if s.methods[i].Name == name {
			s.methods[i].Enabled = enabled
			return
		}
	}
	s.methods = append(s.methods, method{name, enabled})
}
