// Package control is a client of the sandbox's control API, which shows and does what happens at the vendors: see
// sandbox.Sandbox, whose methods do the same in process.
package control

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// timeout is that of one call.
const timeout = 10 * time.Second

// Client is a client of the control API of the sandbox at URL, as http://127.0.0.1:8787. An answer that is not 200 is an error
// with its text.
type Client struct{ URL string }

// Request is one request that reached a vendor.
type Request struct {
	Vendor    string              `json:"vendor"`
	Op        string              `json:"op"` // what the route means; "" for an unknown route
	Method    string              `json:"method"`
	Path      string              `json:"path"` // escaped as sent, without the vendor's prefix
	Query     map[string][]string `json:"query"`
	Header    map[string][]string `json:"header"`
	Body      string              `json:"body"`
	Status    int                 `json:"status"`    // 0 for a dropped connection
	Committed bool                `json:"committed"` // it changed the vendor's state
	At        time.Time           `json:"at"`        // by the sandbox's clock
}

// Links lists the links of all vendors, each vendor's oldest first.
func (c Client) Links(ctx context.Context) ([]vendorapi.Link, error) {
	var answer struct {
		Links []vendorapi.Link `json:"links"`
	}
	err := c.do(ctx, http.MethodGet, "links", nil, &answer)
	return answer.Links, err
}

// Act has something done to a link behind the provider's back: pay, process, fail, expire, cancel, delete and what else the
// vendor knows.
func (c Client) Act(ctx context.Context, vendor, id, action string) error {
	return c.do(ctx, http.MethodPost, "links/"+vendor+"/"+url.PathEscape(id)+"/"+action, nil, nil)
}

// ForceStatus sets a link's status, in the vendor's own word or in one that no document names.
func (c Client) ForceStatus(ctx context.Context, vendor, id, status string) error {
	return c.Act(ctx, vendor, id, "force?status="+url.QueryEscape(status))
}

// Seed adds links to a vendor, in the vendor's own JSON.
func (c Client) Seed(ctx context.Context, vendor string, data []byte) error {
	return c.do(ctx, http.MethodPost, "seed/"+vendor, data, nil)
}

// AddAccount makes another account of a vendor, and returns the variables that point the provider at it.
func (c Client) AddAccount(ctx context.Context, vendor string) (map[string]string, error) {
	var answer struct {
		Env map[string]string `json:"env"`
	}
	err := c.do(ctx, http.MethodPost, "accounts/"+vendor, nil, &answer)
	return answer.Env, err
}

// Requests lists what the vendors were asked, in the order of arrival.
func (c Client) Requests(ctx context.Context) ([]Request, error) {
	var answer struct {
		Requests []Request `json:"requests"`
	}
	err := c.do(ctx, http.MethodGet, "requests", nil, &answer)
	return answer.Requests, err
}

// ResetRequests forgets the requests so far.
func (c Client) ResetRequests(ctx context.Context) error {
	return c.do(ctx, http.MethodDelete, "requests", nil, nil)
}

// Advance moves the sandbox's time, by 0 too, and returns it.
func (c Client) Advance(ctx context.Context, d time.Duration) (time.Time, error) {
	var answer struct {
		Now time.Time `json:"now"`
	}
	err := c.send(ctx, http.MethodPost, "clock", map[string]vendorapi.Duration{"advance": vendorapi.Duration(d)}, &answer)
	return answer.Now, err
}

// Inject makes matching calls fail from now on, until RemoveFault.
func (c Client) Inject(ctx context.Context, f fault.Fault) (id int, err error) {
	var answer struct {
		ID int `json:"id"`
	}
	err = c.send(ctx, http.MethodPost, "faults", f, &answer)
	return answer.ID, err
}

// RemoveFault ends one fault.
func (c Client) RemoveFault(ctx context.Context, id int) error {
	return c.do(ctx, http.MethodDelete, "faults/"+strconv.Itoa(id), nil, nil)
}

// ClearFaults ends all faults.
func (c Client) ClearFaults(ctx context.Context) error {
	return c.do(ctx, http.MethodDelete, "faults", nil, nil)
}

// Switches reads a vendor's switches into a value, such as the vendor's own type of them.
func (c Client) Switches(ctx context.Context, vendor string, into any) error {
	return c.do(ctx, http.MethodGet, "switches/"+vendor, nil, into)
}

// SetSwitches changes the switches that data, a JSON object, names; on an error none.
func (c Client) SetSwitches(ctx context.Context, vendor string, data []byte) error {
	return c.do(ctx, http.MethodPost, "switches/"+vendor, data, nil)
}

// send is do with a value as body.
func (c Client) send(ctx context.Context, method, path string, value, into any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return c.do(ctx, method, path, body, into)
}

// do makes one call and reads its answer into a value, unless that is nil.
func (c Client) do(ctx context.Context, method, path string, body []byte, into any) (err error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, c.URL+"/_sandbox/"+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("asking the sandbox: %w", err)
	}
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("asking the sandbox for %s: %s: %s", path, resp.Status, text)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(text, into)
}
