package memdriver

import (
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Behavior is how the vendor behaves. It is changed while no call is in flight.
type Behavior struct {
	CreationTimes     bool          // answers hold the creation time
	NoDate            bool          // no answer tells the vendor's time
	Ahead             time.Duration // by so much answers say that the vendor's clock is ahead, at least
	Blur              time.Duration // by so much they leave that open
	IdempotencyKeys   bool          // creates carry a key, and a second one under a key answers the first one's link
	ForgetKeys        bool          // the vendor does not keep that promise
	ShowHidden        bool          // answers hold sensitive attributes
	UpperCaseIDs      bool          // answers hold ids in upper case
	FillDefaults      bool          // answers hold defaults for arguments that were left out
	InvalidAnswers    bool          // answers do not fit the schema
	InvalidActivation bool          // the answer to an activation does not fit the schema
	TerseActivation   bool          // the answer to an activation is the id and the status alone
	IgnoreActivation  bool          // an activation is accepted and changes nothing
	IgnoreRevoke      bool          // so is a revoke
	RevokeAnswers     bool          // a revoke is answered with the link
	BornEnded         string        // the status of a new link; "" for ATTEMPT
	Surcharge         int64         // added to every total
	UnseenReads       int           // how many of the next reads answer 404
	ReadsNothing      bool          // reads answer 404 although the list shows the link
	ListLag           time.Duration // the list leaves out links younger than that
	Life              time.Duration // of a new link, if it tells its end
	CreateTime        time.Duration // how long a create takes after it made the link
}

// answer returns a link as the vendor tells it: a copy, with decimals of many digits and sets in another order, and without hidden
// attributes.
func (b Behavior) answer(l *Link) Link {
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
		if !b.ShowHidden {
			out.Contact.Email = ""
		}
	}
	if !b.ShowHidden {
		out.Pin = ""
	}
	if !b.CreationTimes {
		out.Created = time.Time{}
	}
	if b.UpperCaseIDs {
		out.ID = strings.ToUpper(out.ID)
	}
	if b.FillDefaults {
		out.fillDefaults()
	}
	if b.InvalidAnswers {
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
