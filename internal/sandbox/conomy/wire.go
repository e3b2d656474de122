package conomy

import (
	"maps"
	"slices"
	"time"
)

// stamp has milliseconds, as the published samples (section 2.3).
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// wire shows a link as the switches say.
func (s *Server) wire(l *Link) values {
	status := l.status(s.now())
	if l.seeded != nil {
		out := maps.Clone(l.seeded)
		out["status"] = status
		return out
	}
	out := s.show(l.terms, linkFields(s.switches))
	out["id"], out["status"], out["url"], out["createdAt"] = l.ID, status, l.URL, stamp(l.CreatedAt)
	out["preTaxAmount"], out["totalAmount"] = s.switches.scale(l.preTaxAmount), s.switches.scale(l.TotalAmount)
	s.fill(out, l)
	switch s.switches.Customer {
	case Null:
		out["customer"] = nil
	case Omit:
		delete(out, "customer")
	}
	if s.switches.ReorderSets {
		for _, name := range []string{"paymentMethodsAllowed", "customerRequirements"} {
			if set, ok := out[name].([]string); ok {
				out[name] = reversed(set)
			}
		}
	}
	if s.switches.ExtraFields {
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
				out[f.name] = s.switches.scale(v)
			}
		default:
			out[f.name] = v
		}
	}
	return out
}

func (s *Server) omitted(f field) (shown any, there bool) {
	switch s.switches.OmittedFields {
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

// fill adds what the vendor may know by itself (row 13). out is a copy of its own.
func (s *Server) fill(out values, l *Link) {
	destinations, _ := out["destinations"].([]values)
	for _, destination := range destinations {
		if s.switches.DestinationName {
			fillIn(destination, values{"name": "conomy_hq"})
		}
		if account, ok := destination["account"].(values); ok && s.switches.FillAccount {
			fillIn(account, values{"type": "CHECKING", "currency": l.Currency, "accountHolder": "Conomy SpA"})
		}
		if s.switches.NullDestinationType {
			destination["type"] = nil
		}
	}
	if owner, ok := out["owner"].(values); ok && s.switches.FillOwner {
		fillIn(owner, values{"name": "Ana", "lastname": "Rojas", "nickname": "arojas", "documentNumber": "11111111-1", "entityType": "USER"})
	}
}

// fillIn sets what is absent or empty.
func fillIn(object, known values) {
	for name, value := range known {
		if held := object[name]; held == nil || held == "" {
			object[name] = value
		}
	}
}
