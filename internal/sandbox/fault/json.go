package fault

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// wire is a Fault in the control API.
type wire struct {
	fields
	Header map[string]string `json:"header"`
	Delay  string            `json:"delay"`           // such as "250ms"
	Value  json.RawMessage   `json:"value,omitempty"` // any JSON
}

// fields are those of a Fault, without its methods.
type fields Fault

// MarshalJSON writes the fault as the control API takes it.
func (f Fault) MarshalJSON() ([]byte, error) {
	f.Kind = cmp.Or(f.Kind, Answer)
	w := wire{fields: fields(f), Header: map[string]string{}, Delay: f.Delay.String(), Value: json.RawMessage(f.Value)}
	for name := range f.Header {
		w.Header[name] = f.Header.Get(name)
	}
	return json.Marshal(w)
}

// UnmarshalJSON reads what MarshalJSON writes. It refuses unknown keys and a fault without a kind.
func (f *Fault) UnmarshalJSON(data []byte) error {
	var w wire
	if err := vendorapi.UnmarshalStrict(data, &w); err != nil {
		return err
	}
	read := Fault(w.fields)
	read.Value, read.Header = string(w.Value), http.Header{}
	for name, value := range w.Header {
		read.Header.Set(name, value)
	}
	if w.Delay != "" {
		var err error
		if read.Delay, err = time.ParseDuration(w.Delay); err != nil {
			return err
		}
	}
	*f = read
	return f.check()
}

// check refuses a kind that there is not, a status that no answer can have, and a deviation that changes nothing.
func (f *Fault) check() error {
	switch {
	case !slices.Contains(Kinds(), f.Kind):
		return fmt.Errorf("no kind %q: an HTTP status, or one of %v", f.Kind, Kinds())
	case f.Status != 0 && (f.Status < 200 || f.Status > 599):
		return fmt.Errorf("status %d is not an answer", f.Status)
	case f.Pointer != "" && f.Pointer[0] != '/':
		return fmt.Errorf("pointer %q does not begin with a slash", f.Pointer)
	case f.Value != "" && !json.Valid([]byte(f.Value)):
		return fmt.Errorf("value %s is not JSON", f.Value)
	case f.Kind == Deviate && f.Pointer == "" && f.Value == "":
		return fmt.Errorf("%s needs pointer=POINTER or value=JSON", f.Kind)
	}
	return nil
}
