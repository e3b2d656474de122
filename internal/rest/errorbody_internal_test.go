package rest

import (
	"fmt"
	"strings"
	"testing"
)

// A vendor's thousand complaints are not a thousand lines: the first are shown, and how many there are more.
func TestManyFields(t *testing.T) {
	t.Parallel()
	for n, lines := range map[int]int{1: 1, 20: 20, 21: 21, 5000: 21} {
		var said []string
		for i := range n {
			said = append(said, fmt.Sprintf(`{"code":"invalid","detail":"no %d","source":{"pointer":"/f%d"}}`, i, i))
		}
		e := &Error{Status: 422, Message: "Look"}
		describe(e, []byte(`{"message":"Look","errors":[`+strings.Join(said, ",")+`]}`), func(text string) string { return text })
		if len(e.Fields) != lines || n > 20 && !strings.Contains(e.Detail(), fmt.Sprintf("and %d more", n-20)) {
			t.Errorf("%d errors: %d fields: %.300s", n, len(e.Fields), e.Detail())
		}
	}
}
