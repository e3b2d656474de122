package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// vendors asks the sandbox what the vendors hold and what they were asked.
type vendors struct{ base string }

// held is a link at a vendor. Status is the vendor's own word.
type held struct {
	Vendor  string `json:"vendor"`
	ID      string `json:"id"`
	Status  string `json:"status"`
	Payable bool   `json:"payable"`
}

// request is one call that reached a vendor.
type request struct {
	Vendor string `json:"vendor"`
	Op     string `json:"op"`
}

func (v *vendors) links(ctx context.Context) ([]held, error) {
	var answer struct {
		Links []held `json:"links"`
	}
	err := v.get(ctx, "/_sandbox/links", &answer)
	return answer.Links, err
}

func (v *vendors) requests(ctx context.Context) ([]request, error) {
	var answer struct {
		Requests []request `json:"requests"`
	}
	err := v.get(ctx, "/_sandbox/requests", &answer)
	return answer.Requests, err
}

// pay has somebody pay a link.
func (v *vendors) pay(ctx context.Context, link held) error {
	var after held
	return v.ask(ctx, http.MethodPost, "/_sandbox/links/"+link.Vendor+"/"+link.ID+"/pay", &after)
}

func (v *vendors) get(ctx context.Context, path string, into any) error {
	return v.ask(ctx, http.MethodGet, path, into)
}

func (v *vendors) ask(ctx context.Context, method, path string, into any) (err error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, v.base+path, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("asking the sandbox: %w", err)
	}
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("asking the sandbox for %s: %s: %s", path, resp.Status, body)
	}
	return json.Unmarshal(body, into)
}
