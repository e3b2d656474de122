package diff

import "testing"

// The state's form of an equal value stays, element by element; nothing else is touched.
func TestKeepEqual(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ state, plan, want object }{
		"number":                {object{"amount": "10.00"}, object{"amount": "10"}, object{"amount": "10.00"}},
		"another number":        {object{"amount": "10.00"}, object{"amount": "10.01"}, object{"amount": "10.01"}},
		"first value":           {object{}, object{"name": "a"}, object{"name": "a"}},
		"removed":               {object{"name": "a"}, object{}, object{}},
		"emptied":               {object{}, object{"name": ""}, object{"name": ""}},
		"not known yet":         {object{"name": "a"}, object{"name": unknown}, object{"name": unknown}},
		"text":                  {object{"name": "a\n"}, object{"name": "a"}, object{"name": "a\n"}},
		"set":                   {object{"tags": []any{"a"}}, object{"tags": []any{"a", nil}}, object{"tags": []any{"a"}}},
		"map":                   {object{"labels": object{"x": "1"}}, object{"labels": object{"x": "1.0"}}, object{"labels": object{"x": "1"}}},
		"beside a change":       {object{"payer": object{"note": "a", "amount": "1"}}, object{"payer": object{"note": "b", "amount": "1.0"}}, object{"payer": object{"note": "b", "amount": "1"}}},
		"in a list":             {object{"parts": []any{object{"amount": "1", "note": "x"}}}, object{"parts": []any{object{"amount": "1.0"}}}, object{"parts": []any{object{"amount": "1"}}}},
		"in a list that grows":  {object{"parts": []any{object{"amount": "1"}}}, object{"parts": []any{object{"amount": "1.0"}, object{"amount": "2.0"}}}, object{"parts": []any{object{"amount": "1"}, object{"amount": "2.0"}}}},
		"of an object that was": {object{}, object{"payer": object{"note": "a"}}, object{"payer": object{"note": "a"}}},
	} {
		plan := testValue(tc.plan)
		if got := testSchema().KeepEqual(testValue(tc.state), plan); !got.Equal(testValue(tc.want)) || !plan.Equal(testValue(tc.plan)) {
			t.Errorf("%s: got %s", name, got)
		}
	}
}
