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

// PageOf writes a page of n links as a vendor answers it: form holds %s where the links stand, which are copies of a
// published sample with ids of their own.
func PageOf(b *testing.B, sample, form string, n int) []byte {
	b.Helper()
	text, err := os.ReadFile(sample)
	if err != nil {
		b.Fatal(err)
	}
	links := make([]string, n)
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
	return fmt.Appendf(nil, form, strings.Join(links, ","))
}

// canned is a vendor that always answers the same.
type canned []byte

func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Request: r,
		Body: io.NopCloser(bytes.NewReader(c)), ContentLength: int64(len(c)),
	}, nil
}

// BenchmarkPage measures what a page of n links costs: read from the wire, and mapped to models.
func BenchmarkPage[M, L any](b *testing.B, vendor driver.Vendor[M, L], pager func(*rest.Client) driver.Pager[L], page []byte, n int) {
	api, err := rest.New(rest.Config{BaseURL: "https://vendor.example", Transport: canned(page)})
	if err != nil {
		b.Fatal(err)
	}
	reader := pager(api)
	read := func() []L {
		got, err := reader.PageAt(b.Context(), "scope", "")
		if err != nil || len(got.Links) != n {
			b.Fatalf("%d links, %v", len(got.Links), err)
		}
		return got.Links
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
