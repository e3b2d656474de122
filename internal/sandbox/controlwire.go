package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// faultBody is a Fault in the control API; delay is text such as "250ms".
type faultBody struct {
	Vendor      string            `json:"vendor"`
	Op          string            `json:"op"`
	Skip        int               `json:"skip"`
	Times       int               `json:"times"`
	Kind        FaultKind         `json:"kind"`
	Status      int               `json:"status"`
	Body        string            `json:"body"`
	ContentType string            `json:"content_type"`
	Header      map[string]string `json:"header"`
	Delay       string            `json:"delay"`
	After       bool              `json:"after"`
	Location    string            `json:"location"`
	Echo        bool              `json:"echo"`
}

func parseFault(data []byte) (Fault, error) {
	var b faultBody
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&b); err != nil {
		return Fault{}, err
	}
	if !b.Kind.known() {
		return Fault{}, fmt.Errorf("unknown fault kind %q", b.Kind)
	}
	if b.Status != 0 && (b.Status < 200 || b.Status > 599) {
		return Fault{}, fmt.Errorf("status %d is not an answer", b.Status)
	}
	f := Fault{
		Vendor: b.Vendor, Op: b.Op, Skip: b.Skip, Times: b.Times, Kind: b.Kind, Status: b.Status, Body: b.Body,
		ContentType: b.ContentType, After: b.After, Location: b.Location, Echo: b.Echo, Header: http.Header{},
	}
	for name, value := range b.Header {
		f.Header.Set(name, value)
	}
	if b.Delay != "" {
		delay, err := time.ParseDuration(b.Delay)
		if err != nil {
			return Fault{}, err
		}
		f.Delay = delay
	}
	return f, nil
}

// requestView is a Record in the control API.
type requestView struct {
	Vendor    string              `json:"vendor"`
	Op        string              `json:"op"`
	Method    string              `json:"method"`
	Path      string              `json:"path"`
	Query     map[string][]string `json:"query"`
	Header    map[string][]string `json:"header"`
	Body      string              `json:"body"`
	Status    int                 `json:"status"`
	Committed bool                `json:"committed"`
	At        time.Time           `json:"at"`
}

func (s *Sandbox) requestViews() []requestView {
	views := []requestView{}
	for _, r := range s.Requests() {
		views = append(views, requestView{
			Vendor: r.Vendor, Op: r.Op, Method: r.Method, Path: r.Path, Query: r.Query, Header: r.Header,
			Body: string(r.Body), Status: r.Status, Committed: r.Committed, At: r.At.UTC(),
		})
	}
	return views
}
