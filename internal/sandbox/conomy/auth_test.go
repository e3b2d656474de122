package conomy_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

// TestWhoMayCall: the key first, then the token, then the rest (row 22).
func TestWhoMayCall(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	list := func(header ...string) sandboxtest.Response { return r.Call("GET", links, "", header...) }
	sandboxtest.Equal(t, "gateway", list("X-Api-Key", "", "Authorization", "", "User-Agent", "").Want(403).Body, `{"message":"Forbidden"}`)
	list("X-Api-Key", "x").Want(403)
	sandboxtest.Equal(t, "token", list("Authorization", "", "User-Agent", "").Want(401).At("type"), "unauthorized")
	r.Header["User-Agent"] = []string{""}
	sandboxtest.Equal(t, "agent", list().Want(400).At("code"), "12")
	r.Header.Set("User-Agent", "Test/1.0")
	list("Conomyhq-Api-Version", "24-04-2025").Want(200)
	sandboxtest.Equal(t, "version", list("Conomyhq-Api-Version", "2025-04-24").Want(400).At("code"), "11")
	r.Post(recipe, "Content-Type", "text/plain").Want(415)
}
