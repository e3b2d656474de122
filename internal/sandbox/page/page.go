// Package page draws what people see of the sandbox in a browser: one page over all links and a payment page for each. It is
// plain HTML that works without scripts; what a button does is a form that is sent.
package page

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

//go:embed templates/*.html
var files embed.FS

// Style is the pages' style sheet.
//
//go:embed templates/style.css
var Style []byte

// StylePath is where the pages expect it.
const StylePath = "/style.css"

// MaxListed is how many links the page over all links shows, the newest.
const MaxListed = 200

var (
	indexPage  = parse("index")
	linkPage   = parse("link")
	noticePage = parse("notice")
)

func parse(name string) *template.Template {
	functions := template.FuncMap{"vendor": vendorName, "moment": moment, "did": done}
	return template.Must(template.New("layout.html").Funcs(functions).
		ParseFS(files, "templates/layout.html", "templates/parts.html", "templates/"+name+".html"))
}

// Note is what the page says about what was just tried: what was done, or why it was not.
type Note struct {
	Done  string // the action
	Error string
}

// Index is the page over all links.
type Index struct {
	Links  []vendorapi.Link // each vendor's oldest first
	State  string           // the only one to show; "" is any
	Now    time.Time
	Ahead  time.Duration // of the machine's clock
	Faults []string
	Note   Note
}

// RenderIndex draws the page over all links.
func RenderIndex(all Index) []byte {
	view := indexView{Index: all, Total: len(all.Links)}
	counts := map[string]int{}
	newest := slices.Clone(all.Links)
	slices.Reverse(newest) // those of one vendor that were made in the same moment
	slices.SortStableFunc(newest, func(a, b vendorapi.Link) int { return b.CreatedAt.Compare(a.CreatedAt) })
	for _, link := range newest {
		counts[string(link.State)]++
		if all.State == "" || all.State == string(link.State) {
			view.Fitting++
			if len(view.Rows) < MaxListed {
				view.Rows = append(view.Rows, newView(link, all.Now))
			}
		}
	}
	view.Tabs = []tab{{Name: "all", Count: len(all.Links), Here: all.State == ""}}
	for _, state := range StateNames() {
		view.Tabs = append(view.Tabs, tab{Name: state, State: state, Count: counts[state], Here: all.State == state})
	}
	view.Days = int(all.Ahead.Hours() / 24)
	return draw(indexPage, view)
}

// StateNames returns the states to filter by.
func StateNames() []string {
	return []string{
		string(vendorapi.StateOpen), string(vendorapi.StateProcessing), string(vendorapi.StatePaid), string(vendorapi.StateExpired),
		string(vendorapi.StateRevoked), string(vendorapi.StateUnknown),
	}
}

// RenderLink draws a payment page.
func RenderLink(link vendorapi.Link, now time.Time, note Note) []byte {
	view := newView(link, now)
	view.Note = note
	return draw(linkPage, view)
}

// RenderNotice draws a page that only says something.
func RenderNotice(title, text string) []byte {
	return draw(noticePage, struct{ Title, Text string }{title, text})
}

// Path returns where the payment page of a link is.
func Path(link vendorapi.Link) string {
	key := link.CheckoutKey
	if key == "" {
		key = link.ID
	}
	return "/pay/" + link.Vendor + "/" + url.PathEscape(key)
}

// draw fills a template in. One that cannot be filled in is a mistake of ours, which the page says.
func draw(page *template.Template, view any) []byte {
	var out bytes.Buffer
	if err := page.Execute(&out, view); err != nil {
		return []byte(template.HTMLEscapeString(fmt.Sprint("the sandbox cannot draw this page: ", err)))
	}
	return out.Bytes()
}

type indexView struct {
	Index
	Rows           []view
	Tabs           []tab
	Total, Fitting int
	Days           int
}

type tab struct {
	Name, State string
	Count       int
	Here        bool
}

// view is a link with its words for people.
type view struct {
	vendorapi.Link
	Now    time.Time
	Note   Note
	Path   string
	Sum    string // "13.30 EUR", or what stands for it
	Says   string // what a payer is told
	Payer  []vendorapi.Button
	Others []vendorapi.Button
}

func newView(link vendorapi.Link, now time.Time) view {
	v := view{Link: link, Now: now, Path: Path(link), Sum: strings.TrimSpace(link.Amount + " " + link.Currency), Says: says(link)}
	if v.Label == "" {
		v.Label = "Payment link " + link.ID
	}
	for _, button := range link.Buttons {
		if button.Payer {
			v.Payer = append(v.Payer, button)
		} else {
			v.Others = append(v.Others, button)
		}
	}
	return v
}

// says is what the page tells whoever opened the link.
func says(link vendorapi.Link) string {
	switch {
	case link.State == vendorapi.StatePaid && link.Payable:
		return "It has been paid. This vendor's links can be paid again, until they are revoked."
	case link.State == vendorapi.StatePaid:
		return "It has been paid."
	case link.State == vendorapi.StateProcessing:
		return "Somebody is paying it."
	case link.State == vendorapi.StateExpired:
		return "Its time is over: it can no longer be paid."
	case link.State == vendorapi.StateRevoked:
		return "It was revoked: it can no longer be paid."
	case link.State == vendorapi.StateUnknown:
		return "The vendor says a status that no document names."
	case !link.Payable:
		return "It cannot be paid before it is activated."
	}
	return "It can be paid."
}

// done says what an action did; nothing for one that is none.
func done(action string) string {
	return map[string]string{
		"pay": "Paid.", "process": "Somebody has started to pay.", "fail": "The payment failed.", "reject": "The payment failed.",
		"expire": "Its time is over.", "cancel": "Revoked.", "delete": "Deleted.", "activate": "Activated.",
		"clock": "Time has passed.", "faults": "Nothing fails any more.",
	}[action]
}

// vendorName is a vendor's name as the vendor writes it.
func vendorName(name string) string {
	if name == "" {
		return ""
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

// moment is a time for people; "" for none.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04 UTC")
}
