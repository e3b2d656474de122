package rest

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
)

// minCredential is the length, in characters, from which a credential is looked for in what would be stored: a short one may be a word.
const minCredential = 12

// unusable stands for a text that is not used. No target takes it, so that its field counts as left out (package lenient).
const unusable = `[[]]`

// usable returns a JSON value of an answer without the texts that must get into no state: those with control characters, which would drive
// a terminal, and those that hold a credential. A call for tokens is answered with some.
func (x *execution) usable(raw json.RawMessage) json.RawMessage {
	holdsSecret := func([]byte) bool { return false }
	if !x.request.AnswersTokens {
		holdsSecret = x.client.longCredentials().Holds
	}
	if !mayHoldControl(raw) && !holdsSecret(raw) {
		return raw
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return raw // whoever reads it meets the error
	}
	out, err := json.Marshal(mapTexts(value, func(text string) any {
		if strings.ContainsFunc(text, isForbidden) || holdsSecret([]byte(text)) {
			return json.RawMessage(unusable)
		}
		return text
	}))
	if err != nil {
		return raw
	}
	return out
}

// isForbidden reports whether a character is a control character; line ends and tabs are text.
func isForbidden(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }

// mayHoldControl reports whether JSON may hold a text with a control character: escaped, or as one of those above ASCII.
func mayHoldControl(raw []byte) bool {
	return bytes.Contains(raw, []byte(`\u00`)) || bytes.Contains(raw, []byte(`\b`)) || bytes.Contains(raw, []byte(`\f`)) || bytes.IndexByte(raw, 0x7f) >= 0 ||
		bytes.IndexByte(raw, 0xc2) >= 0
}

// longCredentials returns the redactor of the credentials that are no words.
func (c *Client) longCredentials() *redact.Redactor {
	var secrets []string
	for _, secret := range c.credentials() {
		if utf8.RuneCountInString(secret) >= minCredential {
			secrets = append(secrets, secret)
		}
	}
	return c.stored.get(secrets)
}
