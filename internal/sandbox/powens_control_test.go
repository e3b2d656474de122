package sandbox_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// TestPowensAttempts: a link can be tried and paid again and again, until it is revoked; what is under way goes on.
func TestPowensAttempts(t *testing.T) {
	t.Parallel()
	r := newPowens(t)
	id := r.create(powensLink)
	seen := func() string {
		a := r.get(id).want(200)
		return a.at("attempt_state") + " " + a.at("last_payment_id")
	}
	equal(t, "at first", seen(), "unavailable null")
	for _, step := range []struct{ action, want string }{
		{"reject", "rejected 70001"}, {"process", "pending 70002"}, {"pay", "done 70002"}, {"pay", "done 70003"}, {"expire", "expired 70004"}, {"process", "pending 70005"},
	} {
		r.send("POST", "/_sandbox/links/powens/"+id+"/"+step.action, "").want(200)
		equal(t, step.action, seen(), step.want)
		equal(t, "payable", r.Powens.Payable(), 1)
	}
	a := r.send("POST", "/_sandbox/links/powens/"+id+"/cancel", "").want(200)
	equal(t, "cancelled", a.at("status")+" "+a.at("payable"), "revoked false")
	r.send("POST", "/_sandbox/links/powens/"+id+"/pay", "").want(200) // it was under way
	equal(t, "paid after", seen(), "done 70005")
	r.send("POST", "/_sandbox/links/powens/"+id+"/pay", "").want(400)
	r.send("POST", "/_sandbox/links/powens/"+id+"/force?status=on_hold", "").want(200)
	equal(t, "forced", seen(), "on_hold 70005")
	r.send("POST", "/_sandbox/links/powens/"+id+"/force", "").want(400)
	r.send("POST", "/_sandbox/links/powens/"+id+"/refund", "").want(400)
	r.send("POST", "/_sandbox/links/powens/"+id+"/delete", "").want(200)
	r.get(id).want(404)
	r.send("POST", "/_sandbox/links/powens/"+id+"/pay", "").want(404)
	for _, err := range []error{
		r.Powens.Pay(id), r.Powens.Process(id), r.Powens.Reject(id), r.Powens.Expire(id), r.Powens.Force(id, "x"), r.Powens.Delete(id), r.Powens.Revoke(id, start),
	} {
		if !errors.Is(err, vendorapi.ErrNoLink) {
			t.Errorf("%v", err)
		}
	}
}

func TestPowensOverview(t *testing.T) {
	t.Parallel()
	r := newPowens(t)
	id := r.create(powensLink)
	a := r.send("GET", "/_sandbox/links", "").want(200)
	equal(t, "overview", a.at("links", "0", "vendor")+" "+a.at("links", "0", "status")+" "+a.at("links", "0", "payable")+" "+
		a.at("links", "0", "amount")+" "+a.at("links", "0", "currency"), "powens unavailable true 50.90 EUR")
	if err := r.Powens.Revoke(id, start.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	equal(t, "payable", r.Powens.Payable(), 1)
	r.Advance(time.Hour)
	equal(t, "an hour later", r.Powens.Payable(), 0)
	r.header.Set("Authorization", "Bearer "+r.Powens.Token("demo-sandbox"))
	links := r.Powens.Links()
	links[0].PayerIdentity["first_name"] = nil
	equal(t, "a snapshot", r.get(id).at("payer_identity", "first_name"), "Ada")
}

// TestPowensFaults are worded in the vendor's one format.
func TestPowensFaults(t *testing.T) {
	t.Parallel()
	for kind, want := range map[sandbox.FaultKind]string{
		sandbox.ExpireToken: "401 unauthorized", sandbox.TooMany: "429 tooManyRequests", sandbox.Echo: "400 invalidValue",
	} {
		for _, op := range []string{"create", "get", "list", "revoke", "token"} {
			r := newPowens(t)
			id := r.create(powensLink)
			r.Inject(sandbox.Fault{Vendor: "powens", Op: op, Kind: kind})
			a := map[string]func() reply{
				"create": func() reply { return r.post(powensLink) }, "get": func() reply { return r.get(id) }, "list": r.list,
				"revoke": func() reply { return r.revoke(id) }, "token": func() reply { return r.token("{}") },
			}[op]()
			equal(t, op, http.StatusText(a.status)+" "+a.at("code"), http.StatusText(map[string]int{"401": 401, "429": 429, "400": 400}[want[:3]])+want[3:])
			equal(t, "links", len(r.Powens.Links()), 1)
		}
	}
}
