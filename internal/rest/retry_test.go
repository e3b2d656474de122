package rest

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestDecide(t *testing.T) {
	t.Parallel()
	ok := func(a attempt) attempt { // the parts that a case leaves out
		if a.number == 0 {
			a.number = 1
		}
		if a.remaining == 0 {
			a.remaining = time.Minute
		}
		if a.status != 0 {
			a.written = true
		}
		return a
	}
	tests := map[string]struct {
		attempt attempt
		again   bool
		wait    time.Duration
	}{
		"get 429":                    {attempt{method: "GET", status: 429}, true, 500 * time.Millisecond},
		"get 500":                    {attempt{method: "GET", status: 500}, true, 500 * time.Millisecond},
		"get 502":                    {attempt{method: "GET", status: 502}, true, 500 * time.Millisecond},
		"get 503":                    {attempt{method: "GET", status: 503}, true, 500 * time.Millisecond},
		"get 504":                    {attempt{method: "GET", status: 504}, true, 500 * time.Millisecond},
		"get 501":                    {attempt{method: "GET", status: 501}, false, 0},
		"get 400":                    {attempt{method: "GET", status: 400}, false, 0},
		"get 404":                    {attempt{method: "GET", status: 404}, false, 0},
		"get 302":                    {attempt{method: "GET", status: 302}, false, 0},
		"get lost":                   {attempt{method: "GET", trouble: lost, written: true}, true, 500 * time.Millisecond},
		"get body lost":              {attempt{method: "GET", status: 200, trouble: lost}, true, 500 * time.Millisecond},
		"get unreadable":             {attempt{method: "GET", status: 200, trouble: unreadable}, false, 0},
		"get final":                  {attempt{method: "GET", trouble: final}, false, 0},
		"get 503 but final":          {attempt{method: "GET", status: 503, trouble: final}, false, 0},
		"post 429":                   {attempt{method: "POST", status: 429}, true, 500 * time.Millisecond},
		"post 500":                   {attempt{method: "POST", status: 500}, false, 0},
		"post 503":                   {attempt{method: "POST", status: 503}, false, 0},
		"post lost":                  {attempt{method: "POST", trouble: lost, written: true}, false, 0},
		"post not sent":              {attempt{method: "POST", trouble: lost}, true, 500 * time.Millisecond},
		"post body lost":             {attempt{method: "POST", status: 201, trouble: lost}, false, 0},
		"post unreadable":            {attempt{method: "POST", status: 201, trouble: unreadable}, false, 0},
		"post certificate":           {attempt{method: "POST", trouble: final}, false, 0},
		"patch 500":                  {attempt{method: "PATCH", status: 500}, false, 0},
		"delete lost":                {attempt{method: "DELETE", trouble: lost, written: true}, false, 0},
		"repeatable 500":             {attempt{method: "POST", repeatable: true, status: 500}, true, 500 * time.Millisecond},
		"keyed 500":                  {attempt{method: "POST", keyed: true, status: 500}, false, 0},
		"keyed 503":                  {attempt{method: "POST", keyed: true, status: 503}, false, 0},
		"keyed 429":                  {attempt{method: "POST", keyed: true, status: 429}, true, 500 * time.Millisecond},
		"keyed 422":                  {attempt{method: "POST", keyed: true, status: 422}, false, 0},
		"keyed lost":                 {attempt{method: "POST", keyed: true, trouble: lost, written: true}, true, 500 * time.Millisecond},
		"keyed unreadable":           {attempt{method: "POST", keyed: true, status: 200, trouble: unreadable}, true, 500 * time.Millisecond},
		"repeatable 501":             {attempt{method: "POST", repeatable: true, status: 501}, false, 0},
		"repeatable lost":            {attempt{method: "POST", repeatable: true, trouble: lost, written: true}, true, 500 * time.Millisecond},
		"repeatable unreadable":      {attempt{method: "POST", repeatable: true, status: 200, trouble: unreadable}, true, 500 * time.Millisecond},
		"repeatable 422":             {attempt{method: "POST", repeatable: true, status: 422}, false, 0},
		"401":                        {attempt{method: "POST", status: 401}, false, 0},
		"401 with a new token":       {attempt{method: "POST", status: 401, newToken: true}, true, 0},
		"403 after a new token":      {attempt{method: "POST", status: 403, newToken: true}, false, 0},
		"second back-off":            {attempt{method: "GET", status: 503, number: 2}, true, time.Second},
		"fourth back-off, jitter":    {attempt{method: "GET", status: 503, number: 4, jitter: 0.5}, true, 6 * time.Second},
		"fifth attempt":              {attempt{method: "GET", status: 503, number: 5}, false, 0},
		"retry after":                {attempt{method: "GET", status: 429, retryAfter: 7 * time.Second}, true, 7 * time.Second},
		"retry after beyond budget":  {attempt{method: "GET", status: 429, retryAfter: time.Minute}, false, 0},
		"retry after just in budget": {attempt{method: "GET", status: 429, retryAfter: time.Minute - 1}, true, time.Minute - 1},
		"budget spent":               {attempt{method: "GET", status: 503, remaining: -1}, false, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := decide(ok(test.attempt)); got.again != test.again || got.wait != test.wait {
				t.Errorf("got %+v, want %t after %s", got, test.again, test.wait)
			}
		})
	}
}

func TestDecideSaysWhyItStops(t *testing.T) {
	t.Parallel()
	base := attempt{method: "GET", status: 503, number: 1, remaining: time.Minute, written: true}
	late, last, refused := base, base, base
	late.remaining, late.retryAfter = 48*time.Second, 2*time.Minute
	last.number = maxAttempts
	refused.status = 404
	if got := decide(late).reason; !strings.Contains(got, "2m0s") || !strings.Contains(got, "48s") {
		t.Errorf("budget: %q", got)
	}
	if got := decide(last).reason; !strings.Contains(got, "5 attempts") {
		t.Errorf("attempts: %q", got)
	}
	if got := decide(refused).reason; got != "" {
		t.Errorf("a plain refusal needs no reason: %q", got)
	}
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	for number, full := range map[int]time.Duration{1: time.Second, 2: 2 * time.Second, 3: 4 * time.Second, 6: 32 * time.Second, 9: 32 * time.Second} {
		if low, high := backoff(number, 0), backoff(number, 0.999); low != full/2 || high <= low || high >= full {
			t.Errorf("attempt %d: %s to %s, want %s to %s", number, low, high, full/2, full)
		}
	}
}

func TestJudge(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		attempt attempt
		want    Outcome
	}{
		"not sent":     {attempt{}, NotApplied},
		"lost":         {attempt{written: true}, Unknown},
		"400":          {attempt{written: true, status: 400}, NotApplied},
		"401":          {attempt{written: true, status: 401}, NotApplied},
		"409":          {attempt{written: true, status: 409}, NotApplied},
		"429":          {attempt{written: true, status: 429}, NotApplied},
		"500":          {attempt{written: true, status: 500}, Unknown},
		"501":          {attempt{written: true, status: 501}, Unknown},
		"503":          {attempt{written: true, status: 503}, Unknown},
		"303":          {attempt{written: true, status: 303}, Unknown},
		"307":          {attempt{written: true, status: 307}, NotApplied},
		"unusable 201": {attempt{written: true, status: 201, trouble: unreadable}, Unknown},
	}
	for name, test := range tests {
		if got := judge(test.attempt); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	at := func(d time.Duration) string { return now.Add(d).Format(http.TimeFormat) }
	tests := map[string]struct {
		value, date string
		want        time.Duration
	}{
		"seconds":           {"7", "", 7 * time.Second},
		"spaces":            {" 7 ", "", 7 * time.Second},
		"zero":              {"0", "", 0},
		"negative":          {"-3", "", 0},
		"missing":           {"", "", 0},
		"malformed":         {"soon", "", 0},
		"fraction":          {"1.5", "", 0},
		"huge":              {"9223372036854775807", "", 9223372036 * time.Second},
		"beyond any number": {"99999999999999999999", "", 9223372036 * time.Second},
		"date":              {at(90 * time.Second), "", 90 * time.Second},
		"past date":         {at(-time.Hour), "", 0},
		"server's own time": {at(time.Hour + 10*time.Second), at(time.Hour), 10 * time.Second},
	}
	for name, test := range tests {
		header := http.Header{"Retry-After": {test.value}, "Date": {test.date}}
		if got := retryAfter(header, now); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

// What has got onto a connection may be on its way even when the time runs out before the headers are reported written.
func TestWritten(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		asked, connected, headers, timedOut, want bool
	}{
		"transport does not trace":   {false, false, false, false, true},
		"dial failed":                {true, false, false, false, false},
		"dial took too long":         {true, false, false, true, false},
		"connection was dead":        {true, true, false, false, false},
		"timed out while writing":    {true, true, false, true, true},
		"lost after the headers":     {true, true, true, false, true},
		"timed out after the header": {true, true, true, true, true},
	}
	for name, test := range tests {
		var p progress
		p.asked.Store(test.asked)
		p.connected.Store(test.connected)
		p.headers.Store(test.headers)
		if got := p.written(test.timedOut); got != test.want {
			t.Errorf("%s: %t, want %t", name, got, test.want)
		}
	}
}
