package redact

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact/redacttest"
)

// contexts are what stands around a value.
var contexts = []struct{ before, after string }{
	{"", ""}, {"unknown token ", " at gateway 7"}, {`{"detail":"bad `, `","x":1}`}, {"<title>", "</title>"}, {"https://host.test/cb?token=", "&state=9"}, {"Bearer ", "."}, {"ab", "cd"},
}

// Of no secret more than five characters are shown, however it is spelled, whatever stands around it, and wherever it was cut.
func TestSecretsAreRedactedInEverySpelling(t *testing.T) {
	t.Parallel()
	cases := 0
	for _, secret := range redacttest.Secrets {
		r := New([]string{secret})
		for name, spell := range redacttest.Spellings {
			spelled := spell(secret)
			if redacttest.Shown(spelled, secret) == "" {
				t.Fatalf("the search does not find %s of %q: %q", name, secret, spelled)
			}
			for _, context := range contexts {
				cuts := []int{len(spelled)}
				if context.before == "" || context.after == "</title>" || context.after == "." {
					for cut := range len(spelled) {
						cuts = append(cuts, cut)
					}
				}
				for _, cut := range cuts {
					text := context.before + spelled[:cut]
					if cut == len(spelled) {
						text += context.after
					}
					out := r.Redact(text)
					if part := redacttest.Shown(out, secret); part != "" {
						t.Fatalf("%s of %q, %q: %q shows %q", name, secret, text, out, part)
					}
					cases++
				}
			}
		}
		for cut := range len(secret) {
			if !utf8.RuneStart(secret[cut]) {
				continue
			}
			for _, before := range []string{"", "...", "ends in ...", `"`, "…"} {
				if part := redacttest.Shown(r.Redact(before+secret[cut:]+" was refused"), secret); part != "" {
					t.Fatalf("from %d of %q: %q is shown", cut, secret, part)
				}
				cases++
			}
		}
	}
	if cases < 50_000 {
		t.Errorf("%d cases", cases)
	}
	t.Logf("%d cases", cases)
}

// Ordinary words stay readable beside secrets that hold them, or parts of them.
func TestOrdinaryTextStays(t *testing.T) {
	t.Parallel()
	r := New([]string{"Anne", "service-account-7", "Paris", "EU", "client_credentials_1", "100% Ärger", "Jo Li", "aaaaaaaaaaaaaa"})
	for _, text := range []string{
		"this can never be", "503 Service Unavailable", "invalid client: it is not known", "EUR, neutral", "100% of them", "join", "https://api.example.com/v1/links?x=%20&y=1", `a\nb`, "",
	} {
		if got := r.Redact(text); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}

// FuzzRedact: no output holds a secret in any spelling, and redacting it again changes nothing.
func FuzzRedact(f *testing.F) {
	for i, secret := range redacttest.Secrets {
		for _, context := range contexts {
			f.Add(secret, context.before, context.after, uint(i), uint(3*i+1))
		}
	}
	var spells []func(string) string
	for _, spell := range redacttest.Spellings {
		spells = append(spells, spell)
	}
	f.Fuzz(func(t *testing.T, secret, before, after string, first, second uint) {
		if len(secret) > 200 || !utf8.ValidString(secret) || strings.Contains(secret, "*") {
			return
		}
		r := New([]string{secret})
		out := r.Redact(before + spells[second%uint(len(spells))](spells[first%uint(len(spells))](secret)) + after)
		for _, out := range []string{out, r.Sanitize(out, 1000), r.Redact(PlainText(out))} {
			for _, level := range levels(out) {
				for _, p := range r.patterns {
					if p.runes >= minSplit && strings.Contains(string(level.text), string(p.text)) {
						t.Fatalf("%q shows %q as %q", out, secret, p.text)
					}
				}
			}
		}
	})
}

func BenchmarkRedact(b *testing.B) {
	r := New(redacttest.Secrets)
	for name, text := range map[string]string{
		"message": `{"code":"invalid","detail":"The amount of the payment link must be above zero, and its currency one of EUR, USD and CHF."}`,
		"page":    "<html><body>" + strings.Repeat("<p class=\"text\">Service &amp; unavailable: see https://status.example.com/?a=%20b</p>\n", 700),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				r.Redact(text)
			}
		})
	}
	b.Run("new", func(b *testing.B) {
		for b.Loop() {
			New(redacttest.Secrets)
		}
	})
}
