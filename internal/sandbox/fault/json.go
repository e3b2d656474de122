package fault

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// wire is a Fault in the control API; delay is text such as "250ms".
type wire struct {
	Vendor      string            `json:"vendor"`
	Op          string            `json:"op"`
	Skip        int               `json:"skip"`
	Times       int               `json:"times"`
	Kind        Kind              `json:"kind"`
	Status      int               `json:"status"`
	Body        string            `json:"body"`
	ContentType string            `json:"content_type"`
	Header      map[string]string `json:"header"`
	Delay       string            `json:"delay"`
	After       bool              `json:"after"`
	Location    string            `json:"location"`
	Echo        bool              `json:"echo"`
	Pointer     string            `json:"pointer"`
	Value       json.RawMessage   `json:"value,omitempty"` // any JSON
}

// MarshalJSON writes the fault as the control API takes it.
func (f Fault) MarshalJSON() ([]byte, error) {
	if f.Kind == "" {
		f.Kind = Answer
	}
	w := wire{
		Vendor: f.Vendor, Op: f.Op, Skip: f.Skip, Times: f.Times, Kind: f.Kind, Status: f.Status, Body: f.Body,
		ContentType: f.ContentType, Header: map[string]string{}, Delay: f.Delay.String(), After: f.After, Location: f.Location, Echo: f.Echo,
		Pointer: f.Pointer, Value: json.RawMessage(f.Value),
	}
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
	read := Fault{
		Vendor: w.Vendor, Op: w.Op, Skip: w.Skip, Times: w.Times, Kind: w.Kind, Status: w.Status, Body: w.Body,
		ContentType: w.ContentType, After: w.After, Location: w.Location, Echo: w.Echo, Header: http.Header{},
		Pointer: w.Pointer, Value: string(w.Value),
	}
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
