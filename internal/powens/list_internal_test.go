package powens

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/bulkread"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// longList answers with so many links, copies of a sample that are made as they are read.
type longList struct {
	links  int
	sample []byte
}

const sampleID = "3c90c3cc-0d44-4b50-8888-8dd25736052a"

func numberedID(i int) string { return fmt.Sprintf("3c90c3cc-0d44-4b50-8888-%012d", i) }

func (l longList) RoundTrip(r *http.Request) (*http.Response, error) {
	reader, writer := io.Pipe()
	go func() {
		separator := "["
		for i := range l.links {
			if _, err := io.WriteString(writer, separator+string(bytes.Replace(l.sample, []byte(sampleID), []byte(numberedID(i)), 1))); err != nil {
				return
			}
			separator = ","
		}
		_, err := io.WriteString(writer, "]")
		_ = writer.CloseWithError(err)
	}()
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Request: r, Body: reader, ContentLength: -1}, nil
}

func liveHeap() int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// Of a list without pages nothing is held but the links that may still be asked for, as text, and a number for each other: about 1.5 kB
// and 20 bytes.
func TestLongListIsNotHeld(t *testing.T) {
	const links, kept = 25_000, 10_000
	sample, err := os.ReadFile("testdata/documented_link.json")
	if err != nil || !bytes.Contains(sample, []byte(sampleID)) {
		t.Fatal("no sample", err)
	}
	api, err := rest.New(rest.Config{BaseURL: "https://vendor.example", Transport: longList{links, sample}, RequestTimeout: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	before := liveHeap()
	reader := bulkread.New(bulkread.Config[Link]{Pager: &client{driver.NewBase(api, driver.Account{})}, ListOnly: true, Clock: clock.System{}, Vendor: "powens"})
	read := func(i int) {
		l, listed, err := reader.Read(t.Context(), driver.Key{ID: numberedID(i)}, time.Hour, nil, func(Link) bool { return true })
		if err != nil || !listed || l.ID != numberedID(i) {
			t.Errorf("%s: listed %t, %v", l.ID, listed, err)
		}
	}
	read(links - 1)
	if listed, complete := reader.ListedAtEnd(t.Context(), driver.Key{ID: "gone"}); listed || !complete {
		t.Errorf("listed %t, complete %t", listed, complete)
	}
	if held, most := liveHeap()-before, kept*(len(sample)+700)+links*30; held > most {
		t.Errorf("%d kB are held, more than %d kB", held>>10, most>>10)
	}
	read(7)
}
