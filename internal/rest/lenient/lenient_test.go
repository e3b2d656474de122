package lenient_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"
)

type part struct {
	Title    string      `json:"title"`
	Quantity json.Number `json:"quantity"`
	Tax      *part       `json:"-"`
}

type shared struct {
	Label string `json:"label"`
}

type answer struct {
	lenient.Unread
	shared
	ID       string            `json:"id"`
	State    *string           `json:"state"`
	Flag     *bool             `json:"flag"`
	Number   json.Number       `json:"number"`
	Count    *int              `json:"count"`
	Amount   *money.Number     `json:"amount"`
	Price    string            `json:"price" lenient:"decimal"`
	Who      *part             `json:"who"`
	Parts    []part            `json:"parts"`
	Texts    []string          `json:"texts"`
	ByName   map[string]string `json:"by_name"`
	Anything any               `json:"anything"`
}

// plain writes what was decoded as JSON, without what is zero.
func (a answer) plain() string {
	var kept map[string]any
	data, _ := json.Marshal(a)
	_ = json.Unmarshal(data, &kept)
	for key, value := range kept {
		if list, ok := value.([]any); value == nil || value == "" && key != "state" || ok && len(list) == 0 {
			delete(kept, key)
		}
	}
	if a.Number == "" {
		delete(kept, "number")
	}
	data, _ = json.Marshal(kept)
	return string(data)
}

func TestUnmarshal(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		body, want string
		unread     []string
	}{
		{`{"id":"a","flag":true,"number":1.50,"count":3,"parts":[{"title":"t"}]}`, `{"count":3,"flag":true,"id":"a","number":1.5,"parts":[{"quantity":0,"title":"t"}]}`, nil},
		{` { "id" : "a" , "label" : "\u00e9\n" } `, `{"id":"a","label":"é\n"}`, nil},
		{`{"id":"a\ud800b","who":null,"other":{"deep":[1,"}",{}]},"label":"x"}`, `{"id":"a�b","label":"x"}`, nil},
		// plain meanings
		{`{"id":123,"label":1.50}`, `{"id":"123","label":"1.50"}`, nil},
		{`{"id":1.5e3,"label":-1E-2}`, `{"id":"1500","label":"-0.01"}`, nil},
		{`{"number":"12.50","count":"7","amount":"1.10"}`, `{"amount":1.1,"count":7,"number":12.5}`, nil},
		{`{"flag":"false"}`, `{"flag":false}`, nil},
		{`{"flag":"true","who":[],"parts":{},"texts":{},"by_name":[]}`, `{"flag":true,"who":{"quantity":0,"title":""}}`, nil},
		{`{"flag":"","number":"","count":"","amount":"","who":"","parts":"","by_name":"","id":""}`, `{}`, nil},
		{`{"state":"","texts":["",2]}`, `{"state":"","texts":["","2"]}`, nil},
		{`{"texts":["a",2]}`, `{"texts":["a","2"]}`, nil},
		{`{"price":12}`, `{"price":"12"}`, nil}, {`{"price":"-021.0"}`, `{"price":"-021.0"}`, nil}, {`{"price":" 1.50"}`, `{"price":"1.50"}`, nil}, {`{"price":"1.2e3"}`, `{"price":"1200"}`, nil}, {`{"price":""}`, `{}`, nil},
		{`{"price":"1,50"}`, `{}`, []string{"price"}}, {`{"price":true}`, `{}`, []string{"price"}}, {`{"price":"1e999"}`, `{}`, []string{"price"}},
		// keys
		{`{"id":"a","ID":"b","Id":"c"}`, `{"id":"a"}`, nil},
		{`{"id":"a","id":"b","who":{"title":"x"},"who":null}`, `{"id":"b"}`, nil},
		{`{"\u0069d":"a"}`, `{"id":"a"}`, nil},
		// left out
		{`{"id":{},"label":[],"flag":1,"number":"many","count":1.5,"amount":"x","who":"me","parts":3,"texts":true,"by_name":{"a":[]}}`, `{}`,
			[]string{"id", "label", "flag", "number", "count", "amount", "who", "parts", "texts", "by_name"}},
		{`{"id":true,"flag":"no","number":true,"amount":{},"who":[1],"parts":{"a":1},"count":99999999999999999999,"label":1e999}`, `{}`,
			[]string{"id", "flag", "number", "amount", "who", "parts", "count", "label"}},
		{`{"who":{"title":{},"quantity":"x"}}`, `{"who":{"quantity":0,"title":""}}`, []string{"who.title", "who.quantity"}},
		{`{"parts":[{"title":"a","quantity":1},{"title":["x"],"quantity":2}]}`, `{"parts":[{"quantity":1,"title":"a"},{"quantity":2,"title":""}]}`, []string{"parts[1].title"}},
		{`{"id":"a","parts":[{"title":"a"},"b"],"texts":["a",{}]}`, `{"id":"a"}`, []string{"parts[1]", "texts[1]"}},
		{`{"parts":[null],"texts":[null]}`, `{}`, []string{"parts[0]", "texts[0]"}},
		{`"text"`, `{}`, []string{""}}, {`[1]`, `{}`, []string{""}}, {`1`, `{}`, []string{""}}, {`null`, `{}`, nil}, {`[]`, `{}`, nil},
	} {
		var got answer
		err := lenient.Unmarshal([]byte(test.body), &got)
		if err != nil || got.plain() != test.want || !slices.Equal(got.UnreadFields(), test.unread) {
			t.Errorf("%s: %v\n%s, unread %q\nwant %s, unread %q", test.body, err, got.plain(), got.UnreadFields(), test.want, test.unread)
		}
	}
}

// Numbers are what was written, to the last digit.
func TestNumbersKeepTheirDigits(t *testing.T) {
	t.Parallel()
	const digits = "12345678901234567890.12345678901234567890"
	var got answer
	if err := lenient.Unmarshal([]byte(`{"id":`+digits+`,"number":`+digits+`,"amount":`+digits+`,"anything":`+digits+`}`), &got); err != nil {
		t.Fatal(err)
	}
	if got.ID != digits || got.Number != digits || got.Amount.String() != digits[:len(digits)-1] || got.Anything != json.Number(digits) {
		t.Errorf("%+v", got)
	}
}

// A number that takes seconds to convert, and that no vendor means, cannot be read.
func TestLongNumbersAreLeftOut(t *testing.T) {
	t.Parallel()
	digits := strings.Repeat("9", 100_000)
	for body, want := range map[string]string{
		`{"price":` + digits + `}`: "price", `{"price":"` + digits + `"}`: "price", `{"price":` + digits + `e1}`: "price", `{"id":0.` + digits + `e1}`: "id",
	} {
		var got answer
		if err := lenient.Unmarshal([]byte(body), &got); err != nil || got.plain() != "{}" || !slices.Equal(got.UnreadFields(), []string{want}) {
			t.Errorf("%.20s: %v, %.20s, unread %q", body, err, got.plain(), got.UnreadFields())
		}
	}
}

// What an answer cannot note is an error: nothing is lost in silence.
func TestWithoutUnreadItIsAnError(t *testing.T) {
	t.Parallel()
	var page struct {
		Meta struct {
			Next *int `json:"next"`
		} `json:"meta"`
	}
	for body, want := range map[string]string{
		`{"meta":{"next":"x"}}`: "meta.next cannot be read", `{"meta":1}`: "meta cannot be read", `[1]`: "it is of another type than expected",
		`{"meta":`: "unexpected end of JSON input", `{"meta":{}} 1`: "invalid character '1' after top-level value",
	} {
		if err := lenient.Unmarshal([]byte(body), &page); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %q", body, err, want)
		}
	}
	if err := lenient.Unmarshal([]byte(`{}`), page); err == nil {
		t.Error("the target is no pointer")
	}
}

type wrapped struct {
	answer
	Inner *answer `json:"inner"`
	List  []answer
}

// A field is noted in the nearest struct with an Unread.
func TestNearestUnread(t *testing.T) {
	t.Parallel()
	var got wrapped
	err := lenient.Unmarshal([]byte(`{"id":{},"inner":{"id":{},"who":{"title":[]}},"List":[{"flag":{}}]}`), &got)
	if err != nil || !slices.Equal(got.UnreadFields(), []string{"id"}) || !slices.Equal(got.Inner.UnreadFields(), []string{"id", "who.title"}) || !slices.Equal(lenient.Fields(got.List[0]), []string{"flag"}) {
		t.Errorf("%v: %q, %q, %q", err, got.UnreadFields(), got.Inner.UnreadFields(), lenient.Fields(got.List))
	}
	if inner := got.Inner; inner.CouldRead("id") || inner.CouldRead("who") || !inner.CouldRead("whoever") || !inner.CouldRead("label") {
		t.Errorf("%q", inner.UnreadFields())
	}
	if lenient.Fields(page{}) != nil {
		t.Error("there is no Unread")
	}
}

type page struct{}

type picky struct{ Got string }

func (p *picky) UnmarshalJSON(data []byte) error {
	if p.Got = string(data); p.Got == "null" {
		return errors.New("nothing")
	}
	return nil
}

// An answer that decodes itself says itself what it takes.
func TestOwnUnmarshaler(t *testing.T) {
	t.Parallel()
	var got picky
	if err := lenient.Unmarshal([]byte(`[1]`), &got); err != nil || got.Got != "[1]" {
		t.Errorf("%+v, %v", got, err)
	}
	if err := lenient.Unmarshal([]byte(`null`), &got); err == nil || err.Error() != "nothing" {
		t.Error(err)
	}
}

// FuzzUnmarshal: what encoding/json takes whole is read as encoding/json reads it; what is no JSON is an error, and nothing panics.
func FuzzUnmarshal(f *testing.F) {
	for _, body := range []string{
		`{"id":"a","parts":[{"title":"b","quantity":1}]}`, `{"id":1e5}`, `{"who":[]}`, `[]`, `null`, `{`, `{"id":"\u00e9"}`, "{\"id\":\"\xff\"}", `{"texts":["a",null]}`, `{"by_name":{"a":"b"}}`, `{"flag":"true"}`, `{"anything":[{"a":1e999}]}`,
		`{"parts":[],"texts":[[[]]]}`, `{"id":"a","id":{}}`, ` {"a" : [ ] , "b":{ } } `,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var got, again, want answer
		err := lenient.Unmarshal(body, &got)
		if (err == nil) != json.Valid(body) {
			t.Fatalf("valid is %t: %v", json.Valid(body), err)
		}
		if err != nil {
			return
		}
		if lenient.Unmarshal(body, &again) != nil || !reflect.DeepEqual(got, again) {
			t.Fatal("one body, two answers")
		}
		var keys map[string]json.RawMessage
		if json.Unmarshal(body, &keys) != nil || len(got.UnreadFields()) > 0 {
			return
		}
		got.Who, got.Parts, got.Anything = nil, nil, nil
		exact, _ := json.Marshal(onlyFlat(keys))
		if json.Unmarshal(exact, &want) == nil && got.plain() != want.plain() {
			t.Fatalf("read %s, encoding/json %s", got.plain(), want.plain())
		}
	})
}

// onlyFlat drops the keys that encoding/json takes for another one, and those below which it could.
func onlyFlat(keys map[string]json.RawMessage) map[string]json.RawMessage {
	out := map[string]json.RawMessage{}
	for _, name := range []string{"id", "label", "flag", "count", "number", "amount", "texts", "by_name"} {
		if value, ok := keys[name]; ok {
			out[name] = value
		}
	}
	return out
}
