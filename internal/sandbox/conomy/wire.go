package conomy

import (
	"maps"
	"regexp"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// formatTime has milliseconds, as the published samples (contract 2.3), unless a switch says otherwise.
func (sw Switches) formatTime(t time.Time) string {
	return vendorapi.FormatTime(t, sw.TimeForm, "2006-01-02T15:04:05.000Z")
}

// wire shows a link as the switches say.
func (s *Server) wire(l *Link) values {
	status := l.status(s.Now())
	if l.seeded != nil {
		out := maps.Clone(l.seeded)
		out["status"] = status
		return out
	}
	out := s.show(l.terms, linkFields(s.Switch))
	out["id"], out["status"], out["url"], out["createdAt"] = l.ID, status, l.URL, s.Switch.formatTime(l.CreatedAt)
	out["preTaxAmount"], out["totalAmount"] = s.Switch.scale(l.preTaxAmount), s.Switch.scale(l.TotalAmount)
	s.addKnown(out, l)
	switch s.Switch.Customer {
	case Null:
		out["customer"] = nil
	case Omit:
		delete(out, "customer")
	}
	if s.Switch.ReorderSets {
		for _, name := range []string{"paymentMethodsAllowed", "customerRequirements"} {
			if set, ok := out[name].([]string); ok {
				out[name] = reversed(set)
			}
		}
	}
	if s.Switch.ExtraFields {
		out["sandboxExtra"] = values{"since": "a later version", "list": []any{1, nil, values{"deep": true}}}
	}
	return out
}

func reversed(in []string) []string {
	out := slices.Clone(in)
	slices.Reverse(out)
	return out
}

// show copies an object, and shows as Switches.OmittedFields says what was not sent.
func (s *Server) show(in values, fields []field) values {
	out := values{}
	for _, f := range fields {
		switch v := in[f.name].(type) {
		case nil:
			if shown, there := s.omitted(f); there {
				out[f.name] = shown
			}
		case values:
			out[f.name] = s.show(v, f.of)
		case []values:
			elements := []values{}
			for _, element := range v {
				elements = append(elements, s.show(element, f.of))
			}
			out[f.name] = elements
		case string:
			out[f.name] = v
			if f.amount {
				out[f.name] = s.Switch.scale(v)
			}
		default:
			out[f.name] = v
		}
	}
	return out
}

func (s *Server) omitted(f field) (shown any, there bool) {
	switch s.Switch.OmittedFields {
	case Null:
		return nil, true
	case Empty:
		switch f.kind {
		case texts, objects:
			return []any{}, true
		case object:
			return values{}, true
		}
		return "", true
	}
	return nil, false
}

// addKnown adds what the vendor may know by itself (contract 8.13). out is a copy of its own.
func (s *Server) addKnown(out values, l *Link) {
	destinations, _ := out["destinations"].([]values)
	for _, destination := range destinations {
		if s.Switch.DestinationName {
			fillDefaults(destination, values{"name": "conomy_hq"})
		}
		if account, ok := destination["account"].(values); ok && s.Switch.FillAccount {
			fillDefaults(account, values{"type": "CHECKING", "currency": l.Currency, "accountHolder": "Conomy SpA"})
		}
		if s.Switch.NullDestinationType {
			destination["type"] = nil
		}
	}
	if owner, ok := out["owner"].(values); ok && s.Switch.FillOwner {
		fillDefaults(owner, values{"name": "Ana", "lastname": "Rojas", "nickname": "arojas", "documentNumber": "11111111-1", "entityType": "USER"})
	}
}

// fillDefaults sets what is absent or empty.
func fillDefaults(object, known values) {
	for name, value := range known {
		if held := object[name]; held == nil || held == "" {
			object[name] = value
		}
	}
}

// amountForm is that of account balances; that it holds for links is inferred (contract 4.9). The lengths are our own choice.
var amountForm = regexp.MustCompile(`^[0-9]{1,18}(\.[0-9]{1,18})?$`)

func isAmount(text string) bool { return amountForm.MatchString(text) }

// sum adds the amounts of a field, with the greatest scale seen (contract 8.10). The elements have passed their checks.
func sum(elements []values, name string) decimal.Decimal {
	total := decimal.Zero
	for _, element := range elements {
		total = total.Add(number(element[name]))
	}
	return total
}

// number is an amount's; anything else is 0.
func number(amount any) decimal.Decimal {
	s, _ := amount.(string)
	d, err := decimal.NewFromString(s)
	if err != nil {
		return decimal.Zero
	}
	return d
}

// shown is a sum as text, with the decimals of its parts.
func shown(d decimal.Decimal) string { return d.StringFixed(max(0, -d.Exponent())) }

// scale is how an amount comes back (contract 8.10).
func (sw Switches) scale(amount string) string {
	d, err := decimal.NewFromString(amount)
	switch {
	case err != nil || sw.AmountScale == Verbatim:
		return amount
	case sw.AmountScale == Trimmed:
		return d.String()
	default:
		return d.StringFixed(max(2, -d.Exponent()))
	}
}
