package release

import (
	"strings"
	"testing"
)

// Which version may break what another promises, and what is said when it may not.
func TestCheck(t *testing.T) {
	t.Parallel()
	const section = "\nBREAKING CHANGES:\n\n* amount is gone\n"
	for name, test := range map[string]struct {
		frozen, changelog string
		want              string // empty: allowed
	}{
		"not released yet":             {"0.1.0", "## 0.1.0 (Unreleased)\n" + section, `with "make freeze"`},
		"released, no next version":    {"0.1.0", "## 0.1.0 (May 1, 2026)\n", "newest version 0.2.0"},
		"patch before 1.0.0":           {"0.1.0", "## 0.1.1 (Unreleased)\n" + section + "\n## 0.1.0 (May 1, 2026)\n", "newest version 0.2.0"},
		"minor before 1.0.0":           {"0.1.0", "## 0.2.0 (Unreleased)\n" + section + "\n## 0.1.0 (May 1, 2026)\n", ""},
		"minor before 1.0.0, unsaid":   {"0.1.0", "## 0.2.0 (Unreleased)\n\nFEATURES:\n\n* x\n\n## 0.1.0 (May 1, 2026)\n", "0.2.0 may do so"},
		"first major":                  {"0.3.1", "## 1.0.0 (Unreleased)\n" + section + "\n## 0.3.1 (May 1, 2026)\n", ""},
		"patch":                        {"1.2.0", "## 1.2.1 (Unreleased)\n" + section + "\n## 1.2.0 (May 1, 2026)\n", "newest version 2.0.0"},
		"minor":                        {"1.2.0", "## 1.3.0 (Unreleased)\n" + section + "\n## 1.2.0 (May 1, 2026)\n", "newest version 2.0.0"},
		"major":                        {"1.2.0", "## 2.0.0 (Unreleased)\n" + section + "\n## 1.2.0 (May 1, 2026)\n", ""},
		"pre-release of a major":       {"1.2.0", "## 2.0.0-beta1 (Unreleased)\n" + section + "\n## 1.2.0 (May 1, 2026)\n", ""},
		"pre-release of a minor":       {"1.2.0", "## 1.3.0-beta1 (Unreleased)\n" + section + "\n## 1.2.0 (May 1, 2026)\n", "newest version 2.0.0"},
		"after a pre-release":          {"2.0.0-beta1", "## 2.0.0 (Unreleased)\n" + section + "\n## 2.0.0-beta1 (May 1, 2026)\n", ""},
		"released, but not frozen":     {"0.1.0", "## 0.2.0 (May 2, 2026)\n" + section + "\n## 0.1.0 (May 1, 2026)\n", "the last release is 0.2.0, the frozen schema is that of 0.1.0"},
		"frozen ahead of its release":  {"0.2.0", "## 0.2.0 (Unreleased)\n\n## 0.1.0 (May 1, 2026)\n", "the last release is 0.1.0, the frozen schema is that of 0.2.0"},
		"frozen without a good number": {"soon", "## 0.2.0 (Unreleased)\n", "the frozen schema"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			entries, err := ParseChangelog(test.changelog)
			if err != nil {
				t.Fatal(err)
			}
			now := read(t, base)
			delete(now.ResourceSchemas["paymentlinks_x_link"].Block.Attributes, "amount")
			err = Check(FrozenSchema{Version: test.frozen, Schema: read(t, base)}, now, entries)
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("error %v, want one with %q", err, test.want)
			case test.want != "" && strings.Contains(err.Error(), "breaks") && !strings.Contains(err.Error(), "paymentlinks_x_link, amount: is gone"):
				t.Errorf("the error does not name what is gone: %v", err)
			}
			if err := Check(FrozenSchema{Version: test.frozen, Schema: read(t, base)}, read(t, base), entries); err != nil && !strings.Contains(err.Error(), "frozen schema") {
				t.Errorf("an unchanged schema is refused: %v", err)
			}
		})
	}
}

func TestThawRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "{}", `{"version": "1.0.0"}`, `{"version": "1.0.0", "schema": {}}`} {
		if _, err := ReadFrozen([]byte(text)); err == nil {
			t.Errorf("%q is taken for a schema", text)
		}
	}
	if _, err := ReadSchema([]byte(`{"format_version": "1.0", "provider_schemas": {"other": {}}}`)); err == nil {
		t.Error("another provider's schema is taken for ours")
	}
}
