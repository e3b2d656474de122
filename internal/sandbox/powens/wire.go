package powens

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// fields is a JSON object under construction. A key that a switch leaves out is not there.
type fields map[string]json.RawMessage

// setOrOmit sets a key as the value of a switch has it: absent, null, or as it is.
func (f fields) setOrOmit(key, how string, value json.RawMessage) {
	switch how {
	case Omit:
	case Null:
		f[key] = vendorapi.Null
	default:
		f[key] = value
	}
}

// wire shows a link as the switches say (contract 2.3).
func (s *Server) wire(l *Link) fields {
	sw := s.Switch
	w := fields{
		"id": vendorapi.Raw(l.ID), "amount": sw.showAmount(l.Amount), "currency": vendorapi.Raw(l.Currency), "label": vendorapi.Raw(l.Label),
		"execution_date_type": vendorapi.Raw(l.ExecutionDateType), "beneficiary": sw.account(&l.Beneficiary, Echo),
		"beneficiary_identity": sw.identity(l.BeneficiaryIdentity), "payer": sw.account(l.Payer, sw.Sensitive),
		"payer_identity": sw.identity(l.PayerIdentity), "redirect": vendorapi.Raw(l.Redirect), "url": vendorapi.Raw(l.URL),
		"last_payment_id": vendorapi.Null, "revoked_at": vendorapi.Null, "attempt_state": sw.attempt(l.AttemptState),
	}
	switch {
	case l.ReferenceID != "":
		w["reference_id"] = vendorapi.Raw(l.ReferenceID)
	case sw.ReferenceID != Omit:
		w["reference_id"] = vendorapi.Null
	}
	if l.OperatorIdentity != nil {
		w["operator_identity"] = sw.identity(l.OperatorIdentity)
	} else {
		w.setOrOmit("operator_identity", sw.NoOperator, json.RawMessage("{}"))
	}
	if l.Redirect {
		w["redirect_uri"], w["redirect_state"] = vendorapi.Raw(l.RedirectURI), vendorapi.Raw(l.RedirectState)
	} else {
		w.setOrOmit("redirect_uri", sw.RedirectOff, vendorapi.Raw(""))
		w.setOrOmit("redirect_state", sw.RedirectOff, vendorapi.Raw(""))
	}
	if l.LastPaymentID != 0 {
		w["last_payment_id"] = vendorapi.Raw(l.LastPaymentID)
	}
	if !l.RevokedAt.IsZero() {
		w["revoked_at"] = vendorapi.Raw(sw.formatTime(l.RevokedAt))
	}
	if sw.ExtraFields {
		w["sandbox_extra"] = json.RawMessage(`{"since":"a later version","list":[1,null,{"deep":true}]}`)
	}
	return w
}

// showAmount is how an amount comes back (contract 8.20).
func (sw Switches) showAmount(amount string) json.RawMessage {
	d, err := decimal.NewFromString(amount)
	switch {
	case err != nil || sw.AmountForm == Echo:
		return json.RawMessage(amount)
	case sw.AmountForm == Padded:
		return json.RawMessage(d.StringFixed(10))
	case sw.AmountForm == Exponent:
		return json.RawMessage(d.Coefficient().String() + "e" + strconv.Itoa(int(d.Exponent())))
	}
	return json.RawMessage(d.String())
}

// account shows a PaymentAccount; how is how number and label come back.
func (sw Switches) account(a *Account, how string) json.RawMessage {
	if a == nil {
		return vendorapi.Null
	}
	number := a.Identification
	if sw.IBAN == Compact && a.SchemeName == "iban" {
		number = strings.ToUpper(strings.ReplaceAll(number, " ", ""))
	}
	w := fields{"scheme_name": vendorapi.Raw(a.SchemeName)}
	w.setOrOmit("identification", how, vendorapi.Raw(number))
	w.setOrOmit("label", how, vendorapi.Raw(a.Label))
	switch {
	case a.Issuer != "":
		w["issuer"] = vendorapi.Raw(a.Issuer)
	case sw.FillIssuer:
		w["issuer"] = vendorapi.Raw("AGRIFRPPXXX")
	}
	if sw.ExtraFields { // seen in payments (contract 4.1)
		w["id"], w["bic"], w["id_account"], w["disabled_date"] = vendorapi.Raw(4711), vendorapi.Raw("AGRIFRPPXXX"), vendorapi.Null, vendorapi.Null
		w["merchant_scheme_name"], w["merchant_identification"] = vendorapi.Null, vendorapi.Null
	}
	return vendorapi.Raw(w)
}

// identity shows an Identity with the defaults of kind and pep (contract 8.19), and without what is sensitive (contract 8.18).
func (sw Switches) identity(i Identity) json.RawMessage {
	w := fields{}
	if !sw.OmitDefaults {
		w["kind"] = vendorapi.Raw("individual")
		w.setOrOmit("pep", sw.Sensitive, vendorapi.Raw(false))
	}
	for name, value := range i {
		if identityFields[name].sensitive {
			w.setOrOmit(name, sw.Sensitive, value)
		} else {
			w[name] = value
		}
	}
	if sw.ExtraFields {
		w["id"], w["sandbox_extra"] = vendorapi.Raw(12), json.RawMessage(`[{"deep":true}]`)
	}
	return vendorapi.Raw(w)
}

// attempt shows the state of the latest attempt (contract 8.30).
func (sw Switches) attempt(state string) json.RawMessage {
	switch {
	case sw.Outage:
		return vendorapi.Raw(Unavailable)
	case state != "":
		return vendorapi.Raw(state)
	case sw.NullAttemptState:
		return vendorapi.Null
	}
	return vendorapi.Raw(Unavailable)
}

// formatTime writes a date and time (contract 8.31).
func (sw Switches) formatTime(t time.Time) string {
	layout := time.DateTime
	if sw.RevokedAtForm == RFC3339 {
		layout = time.RFC3339
	}
	return vendorapi.FormatTime(t, sw.RevokedAtForm, layout)
}
