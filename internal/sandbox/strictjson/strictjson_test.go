package strictjson_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/strictjson"
)

// collected is what is wrong, a word and a path each.
type collected []string

func (c *collected) add(word string, at strictjson.Path) { *c = append(*c, word+" "+at.String()) }

func (c *collected) Malformed(error)            { c.add("malformed", nil) }
func (c *collected) Missing(at strictjson.Path) { c.add("missing", at) }
func (c *collected) Unknown(at strictjson.Path) { c.add("unknown", at) }
func (c *collected) WrongType(at strictjson.Path, got, want strictjson.Kind) {
	c.add(fmt.Sprintf("%s for %s", got, want), at)
}

// TestObject reads a body as a vendor does, by exact key and type.
func TestObject(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"name":"x","number":1e2,"flag":true,"list":[{"name":"a"},{"name":"b"}]}`: `x 1e2 true a b`,
		`{"Name":"x","flag":null}`:                        `false|missing name,unknown Name,null for bool flag`,
		`{"name":7,"number":"1","flag":"true","list":{}}`: `false|number for string name,string for number number,string for bool flag,object for array list`,
		`{"name":"","list":[{"name":"a","x":1},"b",{}]}`:  `false a|unknown list.0.x,string for object list.1,missing list.2.name`,
		`{"name":"x","b":1,"a":2}`:                        `x false|unknown a,unknown b`,
		`{"name":"x"}{}`:                                  `x false|malformed `,
		`{"name":`:                                        `false|malformed ,missing name`,
		`["x"]`:                                           `false|array for object ,missing name`,
		`null`:                                            `false|null for object ,missing name`,
	} {
		var errs collected
		o := strictjson.Reader{Errors: &errs}.Parse([]byte(body))
		o.Require("name")
		o.Allow("name", "number", "flag", "list")
		words := []string{o.Text("name"), o.Number("number"), fmt.Sprint(o.Bool("flag"))}
		list, indices := o.Array("list")
		for _, index := range indices {
			if each := list.Object(index); each.Found() {
				each.Allow("name")
				each.Require("name")
				words = append(words, each.Text("name"))
			}
		}
		got := strings.Join(strings.Fields(strings.Join(words, " ")), " ")
		if len(errs) > 0 {
			got += "|" + strings.Join(errs, ",")
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", body, got, want)
		}
	}
}

// TestNullIsAbsent: for a vendor that takes null for a key that is not there.
func TestNullIsAbsent(t *testing.T) {
	t.Parallel()
	var errs collected
	o := strictjson.Reader{Errors: &errs, NullIsAbsent: true, AllowUnknown: true}.Parse([]byte(`{"a":null,"b":"x","c":1}`))
	o.Allow("b")
	if o.Has("a") || !o.Has("b") || o.OptionalText("a") != nil || o.Object("a").Found() || o.Require("a", "b") || strings.Join(errs, ",") != "missing a" {
		t.Errorf("%v", errs)
	}
}
