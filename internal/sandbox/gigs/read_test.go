package gigs_test

import (
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

func TestPages(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	var made []string
	for range 25 {
		made = append([]string{r.Create(sample)}, made...) // newest first
		r.Advance(time.Second)
	}
	some := func(from, to int) string { return strings.Join(made[from:to], " ") }
	for query, want := range map[string]struct{ ids, after, before string }{
		"":                                 {some(0, 10), made[9], "null"}, // the default limit
		"?limit=25":                        {some(0, 25), "null", "null"},
		"?limit=200":                       {some(0, 25), "null", "null"},
		"?limit=24":                        {some(0, 24), made[23], "null"},
		"?limit=0":                         {"", "null", "null"},
		"?after=" + made[9]:                {some(10, 20), made[19], made[10]},
		"?after=" + made[19]:               {some(20, 25), "null", made[20]},
		"?after=" + made[24]:               {"", "null", "null"},
		"?limit=5&before=" + made[20]:      {some(15, 20), made[19], made[15]},
		"?limit=5&before=" + made[3]:       {some(0, 3), made[2], "null"},
		"?before=" + made[0]:               {"", "null", "null"},
		"?limit=3&after=" + made[1]:        {some(2, 5), made[4], made[2]},
		"?limit=200&after=" + made[0]:      {some(1, 25), "null", made[1]},
		"?limit=2&status=active":           {some(0, 2), made[1], "null"},
		"?limit=2&invoice=" + invoice:      {some(0, 2), made[1], "null"},
		"?limit=2&invoice=inv_nobody's":    {"", "null", "null"},
		"?status=canceled,completed":       {"", "null", "null"},
		"?status=completed,active&limit=1": {made[0], made[0], "null"},
		"?status=active&after=" + made[22]: {some(23, 25), "null", made[23]},
	} {
		a := r.Get(links + query).Want(200)
		sandboxtest.Equal(t, "items of "+query, strings.Join(ids(a), " "), want.ids)
		sandboxtest.Equal(t, "cursors of "+query, a.At("moreItemsAfter")+" "+a.At("moreItemsBefore"), want.after+" "+want.before)
		sandboxtest.Equal(t, "object", a.At("object"), "list")
	}
	sandboxtest.Equal(t, "an empty page is a list", r.Get(links+"?limit=0").At("items"), "[]")
}

func TestListFilters(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	first := r.Create(sample)
	r.Advance(time.Second)
	second := r.Create(swap(t, invoice, "inv_2"))
	r.Advance(time.Second)
	third := r.Create(sample)
	if err := gigs.From(r).Cancel(first); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string][]string{
		"":                                  {third, second, first},
		"?status=active":                    {third, second},
		"?status=canceled":                  {first},
		"?status=canceled,active":           {third, second, first},
		"?invoice=inv_2":                    {second},
		"?invoice=" + invoice:               {third, first},
		"?status=active&invoice=" + invoice: {third},
		"?status=canceled&after=" + second:  {first}, // the cursor need not fit the filter
	} {
		sandboxtest.Equal(t, query, strings.Join(ids(r.List(query).Want(200)), " "), strings.Join(want, " "))
	}
	foreign := gigs.From(r).AddProject("other")
	sandboxtest.Equal(t, "another project", r.Call("GET", "/projects/other/paymentLinks", "", "Authorization", "Bearer "+foreign).Want(200).At("items"), "[]")
}

// TestTies: links of one second are in the order of their ids.
func TestTies(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	for range 8 {
		r.Create(sample)
	}
	ids := ids(r.List(""))
	for i := 1; i < len(ids); i++ {
		if ids[i-1] >= ids[i] {
			t.Errorf("%s stands before %s", ids[i-1], ids[i])
		}
	}
}

func TestRefusesQueries(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	id := r.Create(sample)
	for query, name := range map[string]string{
		"limit=-1": "limit", "limit=201": "limit", "limit=x": "limit", "limit=": "limit", "limit=1.5": "limit", "limit=1&limit=2": "limit",
		"after=" + id + "&before=" + id: "before", "after=pml_nobody": "after", "before=pml_nobody": "before", "after=": "after",
		"status=expired": "status", "status=active,": "status", "status=": "status", "status=active&status=canceled": "status", "status=Active": "status",
		"invoice=": "invoice", "page=1": "page", "Limit=1": "Limit",
	} {
		a := r.Get(links + "?" + query).Want(400)
		sandboxtest.Equal(t, query, a.At("type")+" "+a.At("details", "0", "property"), "invalid "+name)
	}
}
