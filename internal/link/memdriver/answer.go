package memdriver

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// answer returns a link as the vendor tells it: a copy, with decimals of many digits and sets in another order, and without hidden
// attributes.
func (s *Store) answer(l *Link) Link {
	out := *l
	out.Lines = nil
	for _, line := range l.Lines {
		if !l.minorUnits {
			line.Value = longDecimal(line.Value)
		}
		line.Weight = longDecimal(line.Weight)
		out.Lines = append(out.Lines, line)
	}
	out.Methods = slices.Clone(l.Methods)
	slices.Reverse(out.Methods)
	if l.Contact != nil {
		contact := *l.Contact
		out.Contact = &contact
		if !s.ShowHidden {
			out.Contact.Email = ""
		}
	}
	if !s.ShowHidden {
		out.Pin = ""
	}
	if !s.CreationTimes {
		out.Created = time.Time{}
	}
	if s.FillDefaults {
		out.fillDefaults()
	}
	if s.InvalidAnswers {
		out.Grade = InvalidGrade
	}
	return out
}

func (l *Link) fillDefaults() {
	if l.ReturnURL == "" {
		l.ReturnURL = "https://pay.example/thanks"
	}
	if l.Contact == nil {
		l.Contact = &Contact{}
	}
	if *l.Contact == (Contact{}) {
		l.Contact.Name, l.Contact.City = "Customer", "Nowhere"
	}
	if len(l.Methods) == 0 {
		l.Methods = []string{"transfer", "card"}
	}
	if l.Limit == 0 {
		l.Limit = 5
	}
}

// longDecimal writes "10" as "10.0000000000".
func longDecimal(text string) string {
	d, err := decimal.NewFromString(text)
	if err != nil {
		return text
	}
	return d.StringFixed(10)
}
