package rest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
)

// A vendor's thousand complaints are not a thousand lines: the first are shown, and how many there are more.
func TestLongListsOfErrorsAreCut(t *testing.T) {
	t.Parallel()
	for n, lines := range map[int]int{1: 1, 20: 20, 21: 21, 5000: 21} {
		var texts []string
		for i := range n {
			texts = append(texts, fmt.Sprintf(`{"code":"invalid","detail":"no %d","source":{"pointer":"/f%d"}}`, i, i))
		}
		e := &Error{Status: 422, Message: "Look"}
		parseErrorBody(e, []byte(`{"message":"Look","errors":[`+strings.Join(texts, ",")+`]}`), &redact.Redactor{})
		if len(e.Fields) != lines || n > 20 && !strings.Contains(e.Detail(), fmt.Sprintf("and %d more", n-20)) {
			t.Errorf("%d errors: %d fields: %.300s", n, len(e.Fields), e.Detail())
		}
	}
}
