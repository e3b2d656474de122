package link

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestToSnakeCase(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"": "", "title": "title", "taxNumber": "tax_number", "tax_number": "tax_number", "Title": "title", "aBC": "a_b_c"} {
		if got := toSnakeCase(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// A vendor's pointer is followed as far as the type has its parts.
func TestResolvePath(t *testing.T) {
	t.Parallel()
	object := types.ObjectType{AttrTypes: map[string]attr.Type{"tax_number": types.StringType}}
	for _, tc := range []struct {
		in    attr.Type
		parts []string
		want  path.Path
	}{
		{object, []string{"taxNumber"}, path.Root("x").AtName("tax_number")},
		{object, []string{"name"}, path.Root("x")},
		{types.ListType{ElemType: object}, []string{"1", "taxNumber"}, path.Root("x").AtListIndex(1).AtName("tax_number")},
		{types.ListType{ElemType: object}, []string{"-1"}, path.Root("x")},
		{types.SetType{ElemType: types.StringType}, []string{"1"}, path.Root("x")},
		{types.MapType{ElemType: types.StringType}, []string{"orderNo"}, path.Root("x").AtMapKey("orderNo")},
		{types.StringType, []string{"y"}, path.Root("x")},
	} {
		if got := resolvePath(path.Root("x"), tc.in, tc.parts); !got.Equal(tc.want) {
			t.Errorf("%s %q: got %s, want %s", tc.in, tc.parts, got, tc.want)
		}
	}
}
