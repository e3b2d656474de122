package sandboxtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/strictjson"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Acme and Bolt are vendors that exist for tests, the smallest there can be: POST and GET of /links, GET and DELETE of one link. They
// differ in their names only.
var Acme, Bolt = smallVendor("acme"), smallVendor("bolt")

func smallVendor(name string) Vendor {
	return Vendor{
		Name: name, ID: []string{"id"},
		New: func(now func() time.Time) vendorapi.Vendor { return newAcme(name, now) },
		Header: func(_ *Rig, env map[string]string) http.Header {
			return http.Header{"Authorization": {"Bearer " + env[strings.ToUpper(name)+"_KEY"]}, "Content-Type": {"application/json"}}
		},
		Links:  func(map[string]string) string { return "/links" },
		Create: func(n int) string { return fmt.Sprintf(`{"title":"Tea %d"}`, n) },
		Revoke: func(id string) (method, path, body string) { return http.MethodDelete, "/" + id, "" },
		Routes: map[string]string{"create": "POST /links", "list": "GET /links", "get": "GET /links/1", "end": "DELETE /links/1"},
		Sample: "testdata/link.json", SampleID: "1", Wrappers: []string{`{"links":[%s]}`}, BadSeeds: []string{`[{"id":"1"},{"title":"no id"}]`},
		Refusals: map[fault.Kind]string{fault.TooMany: "429 429", fault.ExpireToken: "401 401", fault.Echo: "422 422"}, RefusalCode: []string{"code"},
		Words:    []string{"Tea 1", "1.00 EUR", "open", "2027-03-01 12:00 UTC"},
		Statuses: []string{"open", "paid", "ended", "expired"}, Undocumented: "on_hold",
	}
}

// acmeLink is a link as it goes over the wire. An open one expires by itself after a year.
type acmeLink struct {
	ID     string    `json:"id"`
	Title  string    `json:"title"`
	Status string    `json:"status"` // open, paid, ended or, after a year, expired
	URL    string    `json:"url"`
	Made   time.Time `json:"made"`
}

type acmeSwitches struct {
	// CreateOK answers a create with 200, in place of 201.
	CreateOK bool `json:"create_ok"`
	// Case is how titles come back.
	Case string `json:"case" values:"kept|lower|upper"`
	vendorapi.Delays
}

// acme has no more than it needs: a list, a key for each account, and pages of one route.
type acme struct {
	vendorapi.Base[acmeLink, acmeSwitches]
	keys vendorapi.Tokens
	home string
}

func newAcme(name string, now func() time.Time) vendorapi.Vendor {
	a := &acme{keys: vendorapi.Tokens{}}
	a.home = a.keys.Issue("key_", vendorapi.Token{Account: "home"})
	a.Init(now, acmeSwitches{}, vendorapi.Kind[acmeLink]{
		Vendor: name, Home: "home", Copy: acmeCopy, Describe: describeAcme, Lists: []string{"links"},
		Demo: []byte(`[{"id":"1","title":"A demo","status":"open","url":"${SANDBOX}/pay/` + name + `/demo","made":"2026-01-01T00:00:00Z"}]`),
		ReadSeed: func(data []byte) (string, *acmeLink, error) {
			var link acmeLink
			if err := json.Unmarshal(data, &link); err != nil || link.ID == "" {
				return "", nil, errors.Join(err, errors.New("a link needs an id"))
			}
			return link.ID, &link, nil
		},
		Actions: []vendorapi.Action{
			{Name: "pay", Do: func(id string) error { return a.become(id, "paid") }},
			{Name: "cancel", Do: func(id string) error { return a.become(id, "ended") }},
			{Name: "delete", Do: a.Delete},
		},
		Force: func(id, status string) error {
			return a.Update(id, func(l *acmeLink, _ time.Time) error { l.Status = status; return nil })
		},
	})
	return a
}

func (a *acme) become(id, status string) error {
	return a.Update(id, func(l *acmeLink, now time.Time) error {
		if acmeCopy(l, now).Status != "open" {
			return errors.New("it is not open")
		}
		l.Status = status
		return nil
	})
}

func acmeCopy(l *acmeLink, now time.Time) acmeLink {
	c := *l
	if c.Status == "open" && !now.Before(c.Made.AddDate(1, 0, 0)) {
		c.Status = "expired"
	}
	return c
}

func describeAcme(l acmeLink, _ time.Time) vendorapi.Link {
	link := vendorapi.Link{
		ID: l.ID, URL: l.URL, Status: l.Status, Payable: l.Status == "open", Amount: "1.00", Currency: "EUR", CreatedAt: l.Made, Label: l.Title,
		State: map[string]vendorapi.State{
			"open": vendorapi.StateOpen, "paid": vendorapi.StatePaid, "ended": vendorapi.StateRevoked, "expired": vendorapi.StateExpired,
		}[l.Status],
	}
	if link.State == "" {
		link.State = vendorapi.StateUnknown
	}
	if link.Payable {
		link.ExpiresAt = l.Made.AddDate(1, 0, 0)
		link.Buttons = []vendorapi.Button{{Action: "pay", Label: "Pay", Payer: true}, {Action: "cancel", Label: "End"}}
	}
	return link
}

func (*acme) Ops() []string { return []string{"create", "list", "get", "end"} }

func (*acme) Op(method string, path []string) string {
	one := len(path) == 2 && path[1] != ""
	switch {
	case path[0] != "links" || len(path) > 2:
		return ""
	case len(path) == 1 && method == http.MethodPost:
		return "create"
	case len(path) == 1 && method == http.MethodGet:
		return "list"
	case one && method == http.MethodGet:
		return "get"
	case one && method == http.MethodDelete:
		return "end"
	}
	return ""
}

func (a *acme) Env(base string) map[string]string {
	return a.env(base, a.home)
}

func (a *acme) AddAccount(base string) map[string]string {
	a.Lock()
	defer a.Unlock()
	return a.env(base, a.keys.Issue("key_", vendorapi.Token{Account: vendorapi.Secret("")}))
}

func (a *acme) env(base, key string) map[string]string {
	prefix := strings.ToUpper(a.Name())
	return map[string]string{prefix + "_ENDPOINT": base, prefix + "_KEY": key}
}

func (a *acme) Page(page string, path []string) (string, bool) {
	return "Welcome.", page == "hello" && len(path) == 1 && path[0] == "you"
}

func acmeError(status int, message string) vendorapi.Reply {
	return vendorapi.JSON(status, map[string]any{"code": status, "error": message})
}

func (a *acme) Refuse(_ *vendorapi.Call, why vendorapi.Refusal, detail string) vendorapi.Reply {
	return acmeError(map[vendorapi.Refusal]int{vendorapi.Expired: 401, vendorapi.TooMany: 429, vendorapi.Invalid: 422}[why], detail)
}

func (a *acme) Serve(call *vendorapi.Call) vendorapi.Reply {
	a.Lock()
	defer a.Unlock()
	secret, _ := call.Bearer()
	key, ok := a.keys[secret]
	if !ok {
		return acmeError(http.StatusUnauthorized, "who are you?")
	}
	switch call.Op {
	case "create":
		return a.create(call, key.Account)
	case "list":
		links := []acmeLink{}
		for link := range a.Listed(key.Account) {
			links = append(links, a.show(link))
		}
		return vendorapi.JSON(http.StatusOK, map[string]any{"links": links})
	case "get", "end":
		link, ok := a.Find(key.Account, call.Path[1])
		if !ok {
			break
		}
		if call.Op == "end" {
			link.Status = "ended"
			call.Commit()
		}
		return vendorapi.JSON(http.StatusOK, a.show(link))
	}
	return acmeError(http.StatusNotFound, "no such thing")
}

func (a *acme) create(call *vendorapi.Call, account string) vendorapi.Reply {
	e := &acmeErrors{}
	o := strictjson.Reader{Errors: e}.Parse(call.Body)
	o.Allow("title")
	o.Require("title")
	link := &acmeLink{ID: vendorapi.UUID(a.Now()), Title: o.Text("title"), Status: "open", Made: a.Now().UTC()}
	if len(*e) > 0 {
		return acmeError(http.StatusUnprocessableEntity, (*e)[0])
	}
	link.URL = call.Origin + "/pay/" + a.Name() + "/" + vendorapi.UUID(a.Now())
	a.Put(account, link.ID, link)
	call.Commit()
	status := http.StatusCreated
	if a.Switch.CreateOK {
		status = http.StatusOK
	}
	return vendorapi.JSON(status, a.show(link))
}

// show is a link as it goes over the wire.
func (a *acme) show(link *acmeLink) acmeLink {
	shown := acmeCopy(link, a.Now())
	switch a.Switch.Case {
	case "lower":
		shown.Title = strings.ToLower(shown.Title)
	case "upper":
		shown.Title = strings.ToUpper(shown.Title)
	}
	return shown
}

type acmeErrors []string

func (e *acmeErrors) add(at strictjson.Path, text string) { *e = append(*e, at.String()+" "+text) }

func (e *acmeErrors) Malformed(err error)        { e.add(nil, err.Error()) }
func (e *acmeErrors) Missing(at strictjson.Path) { e.add(at, "is missing") }
func (e *acmeErrors) Unknown(at strictjson.Path) { e.add(at, "is unknown") }
func (e *acmeErrors) WrongType(at strictjson.Path, got, want strictjson.Kind) {
	e.add(at, "is "+string(got)+", not "+string(want))
}
