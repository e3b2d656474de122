package abacus

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// What an answer's map holds is what a request sends; nothing is null either way.
func TestStringMap(t *testing.T) {
	t.Parallel()
	if m := stringMap(map[string]string{}); !m.IsNull() || stringsByKey(m) != nil {
		t.Errorf("an empty map is %s", m)
	}
	texts := map[string]string{"order": "42", "note": ""}
	if got := stringsByKey(stringMap(texts)); !maps.Equal(got, texts) {
		t.Errorf("got %v, want %v", got, texts)
	}
	written := types.MapValueMust(types.StringType, map[string]attr.Value{"order": types.StringValue("42"), "none": types.StringNull()})
	if got := stringsByKey(written); len(got) != 1 || got["order"] != "42" {
		t.Errorf("a null element is sent: %v", got)
	}
	if got := stringsByKey(types.MapUnknown(types.StringType)); got != nil {
		t.Errorf("an unknown map is sent: %v", got)
	}
}
