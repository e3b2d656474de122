package powens_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

func TestWhoMayCall(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	token := powens.From(r).IssueToken("demo-sandbox")
	for header, detail := range map[string]string{
		"": "the Authorization header is missing", "Bearer x": "the token is invalid", token: "the Authorization header is missing",
		"bearer " + token: "the Authorization header is missing",
	} {
		a := r.Call("GET", links, "", "Authorization", header).Want(401)
		sandboxtest.Equal(t, header, a.At("description"), detail)
	}
	r.Call("GET", links, "", "Authorization", "Bearer "+token).Want(200)
	powens.From(r).ExpireTokens()
	sandboxtest.Equal(t, "expired", r.List("").Want(401).At("description"), "the token has expired")
}

// TestClientOfAnotherDomain: a further client sees what its domain has.
func TestClientOfAnotherDomain(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	id := r.Create(least)
	for domain, want := range map[string]int{"acme": 404, powens.DefaultDomain: 200} {
		client := powens.From(r).AddClient(domain)
		a := token(r.Rig, grant(client.ID, client.Secret, `"payment-links:admin"`)).Want(200)
		r.Call("GET", links+"/"+id, "", "Authorization", "Bearer "+a.At("token")).Want(want)
	}
}
