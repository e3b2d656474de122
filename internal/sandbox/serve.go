package sandbox

import (
	"io"
	"net/http"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// maxBody bounds what the sandbox reads of one request, in bytes.
const maxBody = 16 << 20

// ServeHTTP routes by the first segment of the path: a vendor, the control API, or a page for people. There is no
// http.ServeMux, because it would redirect the unclean paths that a strict server has to refuse.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.EscapedPath()
	first, rest, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if first == "_sandbox" {
		s.serveControl(w, r, rest)
		return
	}
	if v, ok := s.Vendor(first); ok {
		s.serveVendor(w, r, v, strings.TrimPrefix(path, "/"+first))
		return
	}
	s.servePage(w, r, path)
}

func (s *Sandbox) serveVendor(w http.ResponseWriter, r *http.Request, v vendorapi.Vendor, path string) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		panic(http.ErrAbortHandler) // the client left in the middle of its request
	}
	segments, err := vendorapi.Segments(path)
	if err != nil {
		segments = []string{path}
	}
	call := &vendorapi.Call{
		Vendor: v.Name(), Op: v.Op(r.Method, segments), Method: r.Method, Path: segments,
		Query: r.URL.Query(), Header: r.Header, Body: body, Origin: s.linkBase(r),
	}
	record := s.recorder.add(Record{
		Vendor: call.Vendor, Op: call.Op, Method: call.Method, Path: path, Query: call.Query,
		Header: r.Header.Clone(), Body: body, At: s.Now(),
	})
	a, ok := s.respond(r, v, call, record)
	if !ok {
		panic(http.ErrAbortHandler)
	}
	s.recorder.update(record, func(rec *Record) { rec.Status = a.Status })
	s.send(r.Context(), w, a)
}

// respond lets the vendor do its work, before or after a fault's delay or not at all. It is not ok when the client left
// during the delay.
func (s *Sandbox) respond(r *http.Request, v vendorapi.Vendor, call *vendorapi.Call, record *Record) (fault.Response, bool) {
	observed := s.faults.Observe(call)
	observed.Before()
	serve := func() vendorapi.Reply {
		reply := v.Serve(call)
		s.recorder.update(record, func(rec *Record) { rec.Committed = call.Committed() })
		observed.After(reply, call.Committed())
		return reply
	}
	f, hit := s.faults.Take(call, observed)
	if !hit {
		return fault.Response{Reply: serve()}, true
	}
	var realReply *vendorapi.Reply
	if f.After {
		reply := serve()
		realReply = &reply
	}
	if f.Kind != fault.Drip && f.Delay > 0 && s.clock.Sleep(r.Context(), f.Delay) != nil {
		return fault.Response{}, false
	}
	if realReply == nil && f.Kind.AltersResponse() {
		reply := serve()
		realReply = &reply
	}
	return f.Response(v, call, realReply), true
}

// linkBase is the address to build links with.
func (s *Sandbox) linkBase(r *http.Request) string {
	if s.url != "" {
		return s.url
	}
	return "http://" + r.Host
}
