package sandbox

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/page"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// servePage answers what people open in a browser:
//
//	GET   /                        all links; ?state= narrows them
//	GET   /pay/{vendor}/{page}     a link's payment page, to which its URL leads
//	POST  /pay/{vendor}/{page}     act=pay and so on; leads back to the page, or with from=index to all links
//	POST  /clock                   advance=24h
//	POST  /faults                  act=clear
//	GET   /{page}/{vendor}/...     another page of a vendor
func (s *Sandbox) servePage(w http.ResponseWriter, r *http.Request, path string) {
	segments, err := vendorapi.Segments(path)
	reply := noticePage(http.StatusForbidden, "Not from here", "The sandbox answers under its own address, and takes no forms of other sites.")
	switch {
	case err != nil:
		reply = notFound()
	case s.isLocal(r) && http.NewCrossOriginProtection().Check(r) == nil:
		reply = s.page(r, segments)
	}
	s.send(r.Context(), w, fault.Response{Reply: reply})
}

func (s *Sandbox) page(r *http.Request, path []string) vendorapi.Reply {
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	form := url.Values{}
	if !reads {
		// An unreadable form is an empty one, which asks for nothing.
		body, _ := io.ReadAll(io.LimitReader(r.Body, maxBody))
		form, _ = url.ParseQuery(string(body))
	}
	switch at := strings.Join(path, "/"); {
	case at == "" && reads:
		return s.index(r.URL.Query())
	case "/"+at == page.StylePath && reads:
		return vendorapi.Text(http.StatusOK, "text/css; charset=utf-8", string(page.Style))
	case at == "clock" && r.Method == http.MethodPost:
		return s.advanceClock(form.Get("advance"))
	case at == "faults" && r.Method == http.MethodPost:
		s.faults.Clear()
		return redirectTo("/", "faults")
	case path[0] == "pay" && len(path) == 3:
		return s.payment(r, path[1], path[2], form)
	case len(path) > 2 && reads:
		return s.vendorPage(path)
	}
	return notFound()
}

// index shows all links.
func (s *Sandbox) index(query url.Values) vendorapi.Reply {
	state := query.Get("state")
	if !slices.Contains(page.StateNames(), state) {
		state = ""
	}
	var faults []string
	for _, f := range s.faults.List() {
		faults = append(faults, f.String())
	}
	return shown(http.StatusOK, page.RenderIndex(page.Index{
		Links: s.Overview(), State: state, Now: s.Now(), Ahead: s.offsetFromClock(), Faults: faults, Note: page.Note{Done: query.Get("done")},
	}))
}

// payment shows a link, or does something to it first.
func (s *Sandbox) payment(r *http.Request, vendor, key string, form url.Values) vendorapi.Reply {
	link, ok := s.byPage(vendor, key)
	if !ok {
		return noticePage(http.StatusNotFound, "Not found", "There is nothing to pay here.")
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		return shown(statusFor(link), page.RenderLink(link, s.Now(), page.Note{Done: r.URL.Query().Get("done")}))
	case http.MethodPost:
		act := form.Get("act")
		if err := s.do(link, act); err != nil {
			return shown(http.StatusConflict, page.RenderLink(link, s.Now(), page.Note{Error: err.Error()}))
		}
		back := page.Path(link)
		if form.Get("from") == "index" || act == "delete" {
			back = "/"
			if state := form.Get("back"); state != "" {
				back += "?state=" + url.QueryEscape(state)
			}
		}
		return redirectTo(back, act)
	}
	return notFound()
}

// do does what a button of the link's page says; nothing else, not even what the control API could.
func (s *Sandbox) do(link vendorapi.Link, act string) error {
	if !slices.ContainsFunc(link.Buttons, func(b vendorapi.Button) bool { return b.Action == act }) {
		return errors.New("That cannot be done any more: the link is " + string(link.State) + ".") //nolint:staticcheck // a sentence for people
	}
	return s.Act(link.Vendor, link.ID, act, "")
}

// byPage finds a link by the end of its URL, or by its id where the URL leads elsewhere.
func (s *Sandbox) byPage(vendor, key string) (vendorapi.Link, bool) {
	v, ok := s.Vendor(vendor)
	if !ok || key == "" {
		return vendorapi.Link{}, false
	}
	for _, link := range v.Overview() {
		if link.CheckoutKey == key || link.ID == key {
			return link, true
		}
	}
	return vendorapi.Link{}, false
}

// vendorPage shows a page of the vendor's own.
func (s *Sandbox) vendorPage(path []string) vendorapi.Reply {
	v, _ := s.Vendor(path[1])
	if server, ok := v.(vendorapi.PageServer); ok {
		if text, ok := server.Page(path[0], path[2:]); ok {
			return noticePage(http.StatusOK, "Done", text)
		}
	}
	return notFound()
}

func (s *Sandbox) advanceClock(advance string) vendorapi.Reply {
	d, err := time.ParseDuration(advance)
	if err != nil || d < 0 {
		return noticePage(http.StatusBadRequest, "Time does not go that way", "How long is to pass is a duration such as 24h.")
	}
	s.Advance(d)
	return redirectTo("/", "clock")
}

// statusFor is what a browser is told beside the page: an address that has ended is gone.
func statusFor(link vendorapi.Link) int {
	if link.State == vendorapi.StateExpired || link.State == vendorapi.StateRevoked {
		return http.StatusGone
	}
	return http.StatusOK
}

func notFound() vendorapi.Reply {
	return noticePage(http.StatusNotFound, "Not found", "Nothing is served here.")
}

func noticePage(status int, title, text string) vendorapi.Reply {
	return shown(status, page.RenderNotice(title, text))
}

// shown is a page that can run nothing, load nothing foreign, and be shown in nobody's frame.
func shown(status int, body []byte) vendorapi.Reply {
	reply := vendorapi.Text(status, vendorapi.ContentTypeHTML, string(body))
	reply.Header.Set("Content-Security-Policy",
		"default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	reply.Header.Set("X-Content-Type-Options", "nosniff")
	reply.Header.Set("Referrer-Policy", "same-origin") // not "no-referrer": forms would come from nowhere
	reply.Header.Set("Cache-Control", "no-store")
	return reply
}

// redirectTo sends a browser on, so that reloading the page does nothing twice.
func redirectTo(path, act string) vendorapi.Reply {
	sep := "?"
	if strings.Contains(path, "?") {
		sep = "&"
	}
	return vendorapi.Reply{Status: http.StatusSeeOther, Header: http.Header{"Location": {path + sep + "done=" + url.QueryEscape(act)}}}
}
