package rest

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// What is repeated, by what happened and by the kind of request.
func TestWhatIsRepeated(t *testing.T) {
	t.Parallel()
	requests := []attemptFacts{ // the columns
		{method: "GET"}, {method: "POST"}, {method: "POST", hasIdempotencyKey: true}, {method: "POST", idempotent: true},
		{method: "POST", idempotent: true, observable: true},
	}
	const yes, no = true, false
	tests := map[string]struct {
		status   int
		failure  failureKind
		written  bool
		newToken bool
		repeated [5]bool // read, write, write with a key, idempotent write, observable write
	}{
		"302":                      {302, 0, yes, no, [5]bool{no, no, no, no, no}},
		"400":                      {400, 0, yes, no, [5]bool{no, no, no, no, no}},
		"401":                      {401, 0, yes, no, [5]bool{no, no, no, no, no}},
		"401, another token":       {401, 0, yes, yes, [5]bool{yes, yes, yes, yes, yes}},
		"403, another token":       {403, 0, yes, yes, [5]bool{no, no, no, no, no}},
		"404":                      {404, 0, yes, no, [5]bool{no, no, no, no, no}},
		"422":                      {422, 0, yes, no, [5]bool{no, no, no, no, no}},
		"429":                      {429, 0, yes, no, [5]bool{yes, yes, yes, yes, yes}},
		"500":                      {500, 0, yes, no, [5]bool{yes, no, no, yes, yes}},
		"501":                      {501, 0, yes, no, [5]bool{no, no, no, no, no}},
		"502":                      {502, 0, yes, no, [5]bool{yes, no, no, yes, yes}},
		"503":                      {503, 0, yes, no, [5]bool{yes, no, no, yes, yes}},
		"504":                      {504, 0, yes, no, [5]bool{yes, no, no, yes, yes}},
		"503, not to be repeated":  {503, notRetryable, yes, no, [5]bool{no, no, no, no, no}},
		"not sent":                 {0, connectionLost, no, no, [5]bool{yes, yes, yes, yes, yes}},
		"lost":                     {0, connectionLost, yes, no, [5]bool{yes, no, yes, yes, yes}},
		"lost within the body":     {201, connectionLost, yes, no, [5]bool{yes, no, yes, yes, no}},
		"a body of something else": {201, badBody, yes, no, [5]bool{no, no, yes, yes, no}},
		"certificate":              {0, notRetryable, no, no, [5]bool{no, no, no, no, no}},
	}
	for name, test := range tests {
		for column, a := range requests {
			a.status, a.failure, a.written, a.newToken, a.number, a.remaining = test.status, test.failure, test.written, test.newToken, 1, time.Minute
			if got := decide(a); got.retry != test.repeated[column] {
				t.Errorf("%s, %+v: %+v", name, requests[column], got)
			}
		}
	}
}

func TestWaitBeforeARetry(t *testing.T) {
	t.Parallel()
	base := attemptFacts{method: "GET", status: 503, written: true, number: 1, remaining: time.Minute}
	tests := map[string]struct {
		change func(*attemptFacts)
		wait   time.Duration // 0: no retry
	}{
		"first back-off":              {func(*attemptFacts) {}, 500 * time.Millisecond},
		"second back-off":             {func(a *attemptFacts) { a.number = 2 }, time.Second},
		"fourth back-off, jitter":     {func(a *attemptFacts) { a.number, a.jitter = 4, 0.5 }, 6 * time.Second},
		"fifth attempt":               {func(a *attemptFacts) { a.number = 5 }, 0},
		"Retry-After":                 {func(a *attemptFacts) { a.retryAfter = 7 * time.Second }, 7 * time.Second},
		"Retry-After, just in budget": {func(a *attemptFacts) { a.retryAfter = time.Minute - 1 }, time.Minute - 1},
		"Retry-After, beyond budget":  {func(a *attemptFacts) { a.retryAfter = time.Minute }, 0},
		"budget spent":                {func(a *attemptFacts) { a.remaining = -1 }, 0},
	}
	for name, test := range tests {
		a := base
		test.change(&a)
		if got := decide(a); got.wait != test.wait || got.retry != (test.wait > 0) {
			t.Errorf("%s: %+v, want a wait of %s", name, got, test.wait)
		}
	}
}

func TestDecisionSaysWhyThereIsNoRetry(t *testing.T) {
	t.Parallel()
	base := attemptFacts{method: "GET", status: 503, number: 1, remaining: time.Minute, written: true}
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

func TestBackoffDoublesToItsLimit(t *testing.T) {
	t.Parallel()
	for number, full := range map[int]time.Duration{1: time.Second, 2: 2 * time.Second, 3: 4 * time.Second, 6: 32 * time.Second, 9: 32 * time.Second} {
		if low, high := backoff(number, 0), backoff(number, 0.999); low != full/2 || high <= low || high >= full {
			t.Errorf("attempt %d: %s to %s, want %s to %s", number, low, high, full/2, full)
		}
	}
}

func TestOutcomeOfAnAttempt(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		facts attemptFacts
		want  Outcome
	}{
		"not sent":     {attemptFacts{}, NotApplied},
		"lost":         {attemptFacts{written: true}, Unknown},
		"400":          {attemptFacts{written: true, status: 400}, NotApplied},
		"401":          {attemptFacts{written: true, status: 401}, NotApplied},
		"408":          {attemptFacts{written: true, status: 408}, Unknown},
		"409":          {attemptFacts{written: true, status: 409}, Unknown},
		"409, taken":   {attemptFacts{written: true, status: 409, namedConflict: true}, NotApplied},
		"425":          {attemptFacts{written: true, status: 425}, Unknown},
		"429":          {attemptFacts{written: true, status: 429}, NotApplied},
		"499":          {attemptFacts{written: true, status: 499}, Unknown},
		"500":          {attemptFacts{written: true, status: 500}, Unknown},
		"501":          {attemptFacts{written: true, status: 501}, Unknown},
		"503":          {attemptFacts{written: true, status: 503}, Unknown},
		"303":          {attemptFacts{written: true, status: 303}, Unknown},
		"307":          {attemptFacts{written: true, status: 307}, Unknown},
		"unusable 201": {attemptFacts{written: true, status: 201, failure: badBody}, Unknown},
	}
	for name, test := range tests {
		if got := outcomeOf(test.facts); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func TestRetryAfterHeader(t *testing.T) {
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
func TestWhetherTheVendorMayHaveGotTheRequest(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		requested, connected, headers, timedOut, want bool
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
		var trace requestTrace
		trace.connRequested.Store(test.requested)
		trace.connected.Store(test.connected)
		trace.wroteHeaders.Store(test.headers)
		if got := trace.written(test.timedOut); got != test.want {
			t.Errorf("%s: %t, want %t", name, got, test.want)
		}
	}
}
