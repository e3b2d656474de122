package sandbox_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestGigsAuth(t *testing.T) {
	t.Parallel()
	r := newGigsRig(t)
	id := r.create(gigsBody)
	foreign, late := r.Gigs.AddProject("other"), r.Gigs.AddProject("gigs")
	r.get(gigsLinks + "/" + id).want(200)
	r.Gigs.ExpireKey(late)
	r.Gigs.ExpireKey("nobody's")
	for name, c := range map[string]struct {
		path, authorization string
		status              int
		kind                string
	}{
		"missing":                 {gigsLinks, "", 401, "unauthenticated"},
		"unknown":                 {gigsLinks, "Bearer nobody's", 401, "unauthenticated"},
		"basic":                   {gigsLinks, "Basic " + r.Env()["GIGS_API_KEY"], 401, "unauthenticated"},
		"expired":                 {gigsLinks, "Bearer " + late, 401, "unauthenticated"},
		"of another project":      {gigsLinks, "Bearer " + foreign, 403, "permissionDenied"},
		"missing, and bad query":  {gigsLinks + "?limit=x", "", 401, "unauthenticated"},
		"missing, unknown route":  {"/nothing", "", 401, "unauthenticated"},
		"unknown project":         {"/projects/nowhere/paymentLinks", r.header.Get("Authorization"), 404, "notFound"},
		"unknown project, query":  {"/projects/nowhere/paymentLinks?limit=x", r.header.Get("Authorization"), 404, "notFound"},
		"link of another project": {"/projects/other/paymentLinks/" + id, "Bearer " + foreign, 404, "notFound"},
	} {
		a := r.call(http.MethodGet, c.path, "", "Authorization", c.authorization).want(c.status)
		equal(t, name, a.at("object")+" "+a.at("type"), "error "+c.kind)
	}
}

// TestGigsRoutes: what no document names is no route, and no method ends a link (row 1).
func TestGigsRoutes(t *testing.T) {
	t.Parallel()
	r := newGigsRig(t)
	id := r.create(gigsBody)
	for _, c := range []struct {
		method, path string
		status       int
	}{
		{"GET", gigsLinks + "/pml_unknown", 404}, {"GET", gigsLinks + "/" + id + "/", 404}, {"GET", gigsLinks + "/", 404}, {"GET", gigsLinks + "//" + id, 404},
		{"GET", gigsLinks + "/" + url.PathEscape("../"+id), 404}, {"GET", gigsLinks + "/" + strings.ToUpper(id), 404}, {"POST", gigsLinks + "/" + id + "/cancel", 404},
		{"GET", "/projects/gigs/invoices", 404}, {"GET", "/projects//paymentLinks", 404}, {"GET", "/", 404},
		{"DELETE", gigsLinks + "/" + id, 405}, {"PATCH", gigsLinks + "/" + id, 405}, {"PUT", gigsLinks + "/" + id, 405}, {"POST", gigsLinks + "/" + id, 405},
		{"DELETE", gigsLinks, 405}, {"HEAD", gigsLinks, 405}, {"OPTIONS", gigsLinks, 405},
	} {
		a := r.call(c.method, c.path, "").want(c.status)
		if c.method != "HEAD" {
			equal(t, c.method+c.path, a.at("object"), "error")
		}
	}
	equal(t, "still active", r.Gigs.Payable(), 1)
	for _, q := range r.Requests(func(q Record) bool { return q.Method != "GET" && q.Status != 201 }) {
		equal(t, "call of "+q.Method, q.Op, "")
	}
	r.get(gigsLinks + "/" + id + "?expand=invoice").want(400)
	r.call("POST", gigsLinks+"?dry=true", gigsBody).want(400)
	for _, kind := range []string{"text/plain", ""} {
		r.post(gigsBody, "Content-Type", kind).want(415)
	}
	r.post(gigsBody, "Content-Type", "application/json; charset=utf-8").want(201)
}

func TestGigsPages(t *testing.T) {
	t.Parallel()
	r := newGigsRig(t)
	var ids []string
	for range 25 {
		ids = append([]string{r.create(gigsBody)}, ids...) // newest first
		r.Advance(time.Second)
	}
	some := func(from, to int) string { return strings.Join(ids[from:to], " ") }
	for query, want := range map[string]struct{ ids, after, before string }{
		"":                                 {some(0, 10), ids[9], "null"}, // the default limit
		"?limit=25":                        {some(0, 25), "null", "null"},
		"?limit=200":                       {some(0, 25), "null", "null"},
		"?limit=24":                        {some(0, 24), ids[23], "null"},
		"?limit=0":                         {"", "null", "null"},
		"?after=" + ids[9]:                 {some(10, 20), ids[19], ids[10]},
		"?after=" + ids[19]:                {some(20, 25), "null", ids[20]},
		"?after=" + ids[24]:                {"", "null", "null"},
		"?limit=5&before=" + ids[20]:       {some(15, 20), ids[19], ids[15]},
		"?limit=5&before=" + ids[3]:        {some(0, 3), ids[2], "null"},
		"?before=" + ids[0]:                {"", "null", "null"},
		"?limit=3&after=" + ids[1]:         {some(2, 5), ids[4], ids[2]},
		"?limit=200&after=" + ids[0]:       {some(1, 25), "null", ids[1]},
		"?limit=2&status=active":           {some(0, 2), ids[1], "null"},
		"?limit=2&invoice=" + gigsInvoice:  {some(0, 2), ids[1], "null"},
		"?limit=2&invoice=inv_nobody's":    {"", "null", "null"},
		"?status=canceled,completed":       {"", "null", "null"},
		"?status=completed,active&limit=1": {ids[0], ids[0], "null"},
		"?status=active&after=" + ids[22]:  {some(23, 25), "null", ids[23]},
	} {
		a := r.get(gigsLinks + query).want(200)
		equal(t, "items of "+query, a.ids(), want.ids)
		equal(t, "cursors of "+query, a.at("moreItemsAfter")+" "+a.at("moreItemsBefore"), want.after+" "+want.before)
		equal(t, "object", a.at("object"), "list")
	}
	equal(t, "an empty page is a list", r.get(gigsLinks+"?limit=0").at("items"), "[]")
}

func TestGigsListFilters(t *testing.T) {
	t.Parallel()
	r := newGigsRig(t)
	first := r.create(gigsBody)
	r.Advance(time.Second)
	second := r.create(swapGigs(t, gigsInvoice, "inv_2"))
	r.Advance(time.Second)
	third := r.create(gigsBody)
	if err := r.Gigs.Cancel(first); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string][]string{
		"":                                      {third, second, first},
		"?status=active":                        {third, second},
		"?status=canceled":                      {first},
		"?status=canceled,active":               {third, second, first},
		"?invoice=inv_2":                        {second},
		"?invoice=" + gigsInvoice:               {third, first},
		"?status=active&invoice=" + gigsInvoice: {third},
		"?status=canceled&after=" + second:      {first}, // the cursor need not fit the filter
	} {
		equal(t, query, r.get(gigsLinks+query).want(200).ids(), strings.Join(want, " "))
	}
	foreign := r.Gigs.AddProject("other")
	equal(t, "another project", r.call("GET", "/projects/other/paymentLinks", "", "Authorization", "Bearer "+foreign).want(200).at("items"), "[]")
}

// TestGigsTies: links of one second are in the order of their ids.
func TestGigsTies(t *testing.T) {
	t.Parallel()
	r := newGigsRig(t)
	for range 8 {
		r.create(gigsBody)
	}
	ids := strings.Split(r.get(gigsLinks).ids(), " ")
	for i := 1; i < len(ids); i++ {
		if ids[i-1] >= ids[i] {
			t.Errorf("%s stands before %s", ids[i-1], ids[i])
		}
	}
}

func TestGigsRefusesQueries(t *testing.T) {
	t.Parallel()
	r := newGigsRig(t)
	id := r.create(gigsBody)
	for query, name := range map[string]string{
		"limit=-1": "limit", "limit=201": "limit", "limit=x": "limit", "limit=": "limit", "limit=1.5": "limit", "limit=1&limit=2": "limit",
		"after=" + id + "&before=" + id: "before", "after=pml_nobody": "after", "before=pml_nobody": "before", "after=": "after",
		"status=expired": "status", "status=active,": "status", "status=": "status", "status=active&status=canceled": "status", "status=Active": "status",
		"invoice=": "invoice", "page=1": "page", "Limit=1": "Limit",
	} {
		a := r.get(gigsLinks + "?" + query).want(400)
		equal(t, query, a.at("type")+" "+a.at("details", "0", "property"), "invalid "+name)
	}
}

func TestGigsLife(t *testing.T) {
	t.Parallel()
	r := newGigsRig(t)
	show := func(id string) string {
		t.Helper()
		a := r.get(gigsLinks + "/" + id).want(200)
		return a.at("status") + " " + a.at("completedAt") + " " + a.at("canceledAt")
	}
	number := 0
	link := func() string {
		number++
		return r.create(swapGigs(t, gigsInvoice, fmt.Sprintf("inv_%d", number)))
	}
	for name, c := range map[string]struct {
		act  func(string) error
		want string
	}{
		"pay":     {r.Gigs.Pay, "completed 2026-03-01T12:00:00Z null"},
		"cancel":  {r.Gigs.Cancel, "canceled null 2026-03-01T12:00:00Z"},
		"strange": {func(id string) error { return r.Gigs.ForceStatus(id, "disputed") }, "disputed null null"},
	} {
		id := link()
		if err := c.act(id); err != nil {
			t.Fatal(err)
		}
		equal(t, name, show(id), c.want)
		for _, act := range []func(string) error{r.Gigs.Pay, r.Gigs.Cancel} {
			if err := act(id); err == nil {
				t.Errorf("%s: it ended twice", name)
			}
		}
		if err := r.Gigs.Delete(id); err != nil {
			t.Fatal(err)
		}
		r.get(gigsLinks + "/" + id).want(404)
		if err := c.act(id); err == nil {
			t.Errorf("%s of a link that is gone", name)
		}
	}
	id := link()
	r.Advance(10 * 365 * 24 * time.Hour)
	equal(t, "nothing expires", show(id), "active null null")
}

func TestGigsControl(t *testing.T) {
	t.Parallel()
	r := newGigsRig(t)
	act := func(id, action string) reply { return r.send("POST", "/_sandbox/links/gigs/"+id+"/"+action, "") }
	for action, want := range map[string]string{"pay": "completed", "cancel": "canceled", "force?status=odd": "odd"} {
		id := r.create(swapGigs(t, gigsInvoice, "inv_"+want))
		a := act(id, action).want(200)
		equal(t, action, a.at("status")+" "+a.at("payable")+" "+a.at("vendor"), want+" false gigs")
	}
	id := r.create(gigsBody)
	for action, status := range map[string]int{"expire": 400, "process": 400, "force": 400, "sing": 400} {
		act(id, action).want(status)
	}
	act(id, "delete").want(200)
	act(id, "pay").want(404)
	equal(t, "listed", len(r.Overview()), 3)
	r.send("GET", "/pay/gigs/nothing", "").want(404)
	r.send("GET", "/connect/gigs/nothing", "").want(404)
}
