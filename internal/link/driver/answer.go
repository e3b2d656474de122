package driver

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// IDOf returns the id of an answer; "" for one that an import would not take, which names no link. check is the vendor's own
// (Info.CheckID), or nil.
func IDOf(answered string, check func(id string) error) string {
	if ValidateSegment("ID", answered) != nil || check != nil && check(answered) != nil {
		return ""
	}
	return answered
}

// URLOf returns the URL of an answer; "" for one that nobody should be sent to, which is not shown either: it must be https, or plain http
// to this machine, and hold no blank, control or invisible character.
func URLOf(answered string) string {
	parsed, err := url.Parse(answered)
	if err != nil || len(answered) > maxURL || parsed.Hostname() == "" || parsed.User != nil || strings.ContainsFunc(answered, isUnseen) {
		return ""
	}
	if parsed.Scheme == "https" || parsed.Scheme == "http" && rest.IsLoopback(parsed.Hostname()) {
		return answered
	}
	return ""
}

// Limits of what an answer may say a link is, in bytes.
const (
	maxSegment = 256
	maxURL     = 4096
)

// ValidateSegment returns an error for a text that cannot be one segment of a URL's path.
func ValidateSegment(name, text string) error {
	switch {
	case text == "":
		return fmt.Errorf("the %s is missing", name)
	case len(text) > maxSegment:
		return fmt.Errorf("the %s is longer than %d characters", name, maxSegment)
	case text == "." || text == "..":
		return fmt.Errorf("%q is not a valid %s", text, name)
	case strings.ContainsFunc(text, func(r rune) bool { return r == '/' || r == '\\' || isUnseen(r) }):
		return errors.New("it contains a slash, whitespace or a control character")
	}
	return nil
}

// isUnseen reports whether a character shows nothing, or stands for a byte that is no text.
func isUnseen(r rune) bool {
	return unicode.IsSpace(r) || !unicode.IsGraphic(r) || r == unicode.ReplacementChar
}

// ValidateUUID is an Info.CheckID for ids that are UUIDs of any version.
func ValidateUUID(id string) error {
	if !tfvalue.IsUUID(id) {
		return errors.New("an ID is a UUID such as 3c90c3cc-0d44-4b50-8888-8dd25736052a")
	}
	return nil
}
