package sandboxtest

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

var pageButtons = regexp.MustCompile(`<button name="act" value="(\w+)"`)

// testPaymentPage: what a new link's page shows, and that every button does what it says and the page can do nothing else.
func testPaymentPage(t *testing.T, v Vendor) {
	c := v.Client(t)
	link := c.Next()
	shown := c.Send(http.MethodGet, link.URL, "").Want(http.StatusOK)
	for _, word := range v.Words {
		if !strings.Contains(shown.Body, word) {
			t.Errorf("no %q in %s", word, shown.Body)
		}
	}
	offered := map[string]bool{}
	for _, button := range pageButtons.FindAllStringSubmatch(shown.Body, -1) {
		offered[button[1]] = true
		a := c.Press(c.Next().URL, button[1]).Want(http.StatusSeeOther)
		Equal(t, "leads on", strings.HasSuffix(a.Header.Get("Location"), "?done="+button[1]), true)
		if status := c.Send(http.MethodGet, a.Header.Get("Location"), "").Status; status != http.StatusOK && status != http.StatusGone {
			t.Errorf("%s leads to a %d", button[1], status)
		}
	}
	Equal(t, "buttons", len(offered), len(link.Buttons))
	for _, action := range []string{"pay", "process", "fail", "reject", "expire", "cancel", "activate", "delete", "force", ""} {
		if !offered[action] {
			c.Press(link.URL, action).Want(http.StatusConflict)
		}
	}
	Equal(t, "not changed", c.Find(v.Name, link.ID).Status, link.Status)
}

// testStatuses: whatever a page offers in a status is accepted; the control API refuses other actions, and forces any status.
func testStatuses(t *testing.T, v Vendor) {
	c := v.Client(t)
	forced := func(status string) vendorapi.Link {
		link := c.Next()
		c.Must(c.Act(v.Name, link.ID, "force", status))
		return c.Find(v.Name, link.ID)
	}
	for _, status := range append(slices.Clone(v.Statuses), v.Undocumented) {
		link := forced(status)
		Equal(t, status+" is unknown", link.State == vendorapi.StateUnknown, status == v.Undocumented)
		for _, button := range link.Buttons {
			if err := c.Act(v.Name, forced(status).ID, button.Action, ""); err != nil {
				t.Errorf("%s: %s is offered: %v", status, button.Label, err)
			}
		}
	}
	link := c.Next()
	for _, action := range []string{"force", "sing"} {
		if err := c.Act(v.Name, link.ID, action, ""); err == nil {
			t.Errorf("%s was accepted", action)
		}
	}
	c.Do(link.ID, "delete")
	c.Read(link.ID).Want(http.StatusNotFound)
	for _, action := range []string{"pay", "cancel", "delete"} {
		if err := c.Act(v.Name, link.ID, action, ""); err == nil {
			t.Errorf("%s of a link that is gone", action)
		}
	}
}
