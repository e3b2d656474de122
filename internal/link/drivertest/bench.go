package drivertest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// Page is a page of a vendor's list: Form holds %s where the Links stand, which are copies of a published sample with ids of their
// own.
type Page struct {
	Sample, Form string
	Links        int
}

func (p Page) body(b *testing.B) []byte {
	b.Helper()
	text, err := os.ReadFile(p.Sample)
	if err != nil {
		b.Fatal(err)
	}
	links := make([]string, p.Links)
	for i := range links {
		var one map[string]any
		if err := json.Unmarshal(text, &one); err != nil {
			b.Fatal(err)
		}
		for _, inner := range one { // a sample may be wrapped
			if object, ok := inner.(map[string]any); ok && object["id"] != nil && one["id"] == nil {
				one = object
			}
		}
		one["id"] = fmt.Sprintf("link-%04d", i)
		data, err := json.Marshal(one)
		if err != nil {
			b.Fatal(err)
		}
		links[i] = string(data)
	}
	return fmt.Appendf(nil, p.Form, strings.Join(links, ","))
}

// canned is a vendor that always answers the same.
type canned []byte

func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Request: r,
		Body: io.NopCloser(bytes.NewReader(c)), ContentLength: int64(len(c)),
	}, nil
}

// BenchmarkPage measures what a page of links costs: read from the wire, and mapped to models.
func BenchmarkPage[M, L any](b *testing.B, vendor driver.Vendor[M, L], pager func(*rest.Client) driver.Pager[L], page Page) {
	n := page.Links
	api, err := rest.New(rest.Config{BaseURL: "https://vendor.example", Transport: canned(page.body(b))})
	if err != nil {
		b.Fatal(err)
	}
	reader := pager(api)
	read := func() []L {
		var links []L
		if _, err := reader.PageAt(b.Context(), "scope", "", func(_ string, link func() L) { links = append(links, link()) }); err != nil || len(links) != n {
			b.Fatalf("%d links, %v", len(links), err)
		}
		return links
	}
	b.Run("decode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			read()
		}
		b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/link")
	})
	b.Run("map", func(b *testing.B) {
		links := read()
		b.ReportAllocs()
		for b.Loop() {
			for _, l := range links {
				vendor.Model(l)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/link")
	})
}
