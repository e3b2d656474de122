package gigs_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

func TestAuth(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	id := r.Create(sample)
	foreign, late := gigs.From(r).AddProject("other"), gigs.From(r).AddProject("gigs")
	r.Get(links + "/" + id).Want(200)
	gigs.From(r).ExpireKey(late)
	gigs.From(r).ExpireKey("nobody's")
	for name, c := range map[string]struct {
		path, authorization string
		status              int
		kind                string
	}{
		"missing":                 {links, "", 401, "unauthenticated"},
		"unknown":                 {links, "Bearer nobody's", 401, "unauthenticated"},
		"basic":                   {links, "Basic " + r.Env()["GIGS_API_KEY"], 401, "unauthenticated"},
		"expired":                 {links, "Bearer " + late, 401, "unauthenticated"},
		"of another project":      {links, "Bearer " + foreign, 403, "permissionDenied"},
		"missing, and bad query":  {links + "?limit=x", "", 401, "unauthenticated"},
		"missing, unknown route":  {"/nothing", "", 401, "unauthenticated"},
		"unknown project":         {"/projects/nowhere/paymentLinks", r.Header.Get("Authorization"), 404, "notFound"},
		"unknown project, query":  {"/projects/nowhere/paymentLinks?limit=x", r.Header.Get("Authorization"), 404, "notFound"},
		"link of another project": {"/projects/other/paymentLinks/" + id, "Bearer " + foreign, 404, "notFound"},
	} {
		a := r.Call(http.MethodGet, c.path, "", "Authorization", c.authorization).Want(c.status)
		sandboxtest.Equal(t, name, a.At("object")+" "+a.At("type"), "error "+c.kind)
	}
}

// TestRoutes: what no document names is no route, and no method ends a link (contract 8.1).
func TestRoutes(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	id := r.Create(sample)
	for _, c := range []struct {
		method, path string
		status       int
	}{
		{"GET", links + "/pml_unknown", 404}, {"GET", links + "/" + id + "/", 404}, {"GET", links + "/", 404}, {"GET", links + "//" + id, 404},
		{"GET", links + "/" + url.PathEscape("../"+id), 404}, {"GET", links + "/" + strings.ToUpper(id), 404}, {"POST", links + "/" + id + "/cancel", 404},
		{"GET", "/projects/gigs/invoices", 404}, {"GET", "/projects//paymentLinks", 404}, {"GET", "/", 404},
		{"DELETE", links + "/" + id, 405}, {"PATCH", links + "/" + id, 405}, {"PUT", links + "/" + id, 405}, {"POST", links + "/" + id, 405},
		{"DELETE", links, 405}, {"HEAD", links, 405}, {"OPTIONS", links, 405},
	} {
		a := r.Call(c.method, c.path, "").Want(c.status)
		if c.method != "HEAD" {
			sandboxtest.Equal(t, c.method+c.path, a.At("object"), "error")
		}
	}
	sandboxtest.Equal(t, "still active", gigs.From(r).Payable(), 1)
	for _, q := range r.Requests(func(q sandbox.Record) bool { return q.Method != "GET" && q.Status != 201 }) {
		sandboxtest.Equal(t, "call of "+q.Method, q.Op, "")
	}
	r.Get(links + "/" + id + "?expand=invoice").Want(400)
	r.Call("POST", links+"?dry=true", sample).Want(400)
	for _, kind := range []string{"text/plain", ""} {
		r.Post(sample, "Content-Type", kind).Want(415)
	}
	r.Post(sample, "Content-Type", "application/json; charset=utf-8").Want(201)
}
