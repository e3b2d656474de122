package powens

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// fields is a JSON object under construction. A key that a switch leaves out is not there.
type fields map[string]json.RawMessage

var null = json.RawMessage("null")

// put sets a key as a switch of positions has it: absent, null, or as it is.
func (f fields) put(key, position string, value json.RawMessage) {
	switch position {
	case Omit:
	case Null:
		f[key] = null
	default:
		f[key] = value
	}
}

// wire shows a link as the switches say (2.3).
func (s *Server) wire(l *Link) fields {
	sw := s.switches
	w := fields{
		"id": rawText(l.ID), "amount": sw.show(l.Amount), "currency": rawText(l.Currency), "label": rawText(l.Label),
		"execution_date_type": rawText(l.ExecutionDateType), "beneficiary": sw.account(&l.Beneficiary, Echo),
		"beneficiary_identity": sw.identity(l.BeneficiaryIdentity), "payer": sw.account(l.Payer, sw.Sensitive),
		"payer_identity": sw.identity(l.PayerIdentity), "redirect": raw(l.Redirect), "url": rawText(l.URL),
		"last_payment_id": null, "revoked_at": null, "attempt_state": sw.attempt(l.AttemptState),
	}
	switch {
	case l.ReferenceID != "":
		w["reference_id"] = rawText(l.ReferenceID)
	case sw.ReferenceID != Omit:
		w["reference_id"] = null
	}
	if l.OperatorIdentity != nil {
		w["operator_identity"] = sw.identity(l.OperatorIdentity)
	} else {
		w.put("operator_identity", sw.NoOperator, json.RawMessage("{}"))
	}
	if l.Redirect {
		w["redirect_uri"], w["redirect_state"] = rawText(l.RedirectURI), rawText(l.RedirectState)
	} else {
		w.put("redirect_uri", sw.RedirectOff, rawText(""))
		w.put("redirect_state", sw.RedirectOff, rawText(""))
	}
	if l.LastPaymentID != 0 {
		w["last_payment_id"] = raw(l.LastPaymentID)
	}
	if !l.RevokedAt.IsZero() {
		w["revoked_at"] = rawText(sw.moment(l.RevokedAt))
	}
	if sw.ExtraFields {
		w["sandbox_extra"] = json.RawMessage(`{"since":"a later version","list":[1,null,{"deep":true}]}`)
	}
	return w
}

// show is how an amount comes back (row 20).
func (sw Switches) show(amount string) json.RawMessage {
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

// account shows a PaymentAccount; position is how number and label come back.
func (sw Switches) account(a *Account, position string) json.RawMessage {
	if a == nil {
		return null
	}
	number := a.Identification
	if sw.IBAN == Compact && a.SchemeName == "iban" {
		number = strings.ToUpper(strings.ReplaceAll(number, " ", ""))
	}
	w := fields{"scheme_name": rawText(a.SchemeName)}
	w.put("identification", position, rawText(number))
	w.put("label", position, rawText(a.Label))
	switch {
	case a.Issuer != "":
		w["issuer"] = rawText(a.Issuer)
	case sw.FillIssuer:
		w["issuer"] = rawText("AGRIFRPPXXX")
	}
	if sw.ExtraFields { // seen in payments (4.1)
		w["id"], w["bic"], w["id_account"], w["disabled_date"] = raw(4711), rawText("AGRIFRPPXXX"), null, null
		w["merchant_scheme_name"], w["merchant_identification"] = null, null
	}
	return raw(w)
}

// identity shows an Identity with the defaults of kind and pep (row 19), and without what is sensitive (row 18).
func (sw Switches) identity(i Identity) json.RawMessage {
	w := fields{}
	if !sw.OmitDefaults {
		w["kind"] = rawText("individual")
		w.put("pep", sw.Sensitive, raw(false))
	}
	for name, value := range i {
		if identityFields[name].sensitive {
			w.put(name, sw.Sensitive, value)
		} else {
			w[name] = value
		}
	}
	if sw.ExtraFields {
		w["id"], w["sandbox_extra"] = raw(12), json.RawMessage(`[{"deep":true}]`)
	}
	return raw(w)
}

// attempt shows the state of the latest attempt (row 30).
func (sw Switches) attempt(state string) json.RawMessage {
	switch {
	case sw.Outage:
		return rawText(Unavailable)
	case state != "":
		return rawText(state)
	case sw.NullAttemptState:
		return null
	}
	return rawText(Unavailable)
}

// moment writes a date and time (row 31).
func (sw Switches) moment(t time.Time) string {
	if sw.RevokedAtForm == RFC3339 {
		return t.UTC().Format(time.RFC3339)
	}
	return t.UTC().Format(time.DateTime)
}

// raw marshals a value of the sandbox's own; that never fails.
func raw(value any) json.RawMessage {
	b, _ := json.Marshal(value)
	return b
}
